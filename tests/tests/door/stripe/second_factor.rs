//! A second factor that failed leaves an intent that the shopper's browser can still confirm, with
//! another card. Until it is cancelled at Stripe, no other payment opens beside it.

use chrono::TimeDelta;
use vitrine_tests::{purchase::PlacedOrder, stripe_stand_in::Fault};

use super::{RETRY, StripeShop, pay_again, retry};

const CANCEL_INTENT: &str = "POST /v1/payment_intents/*/cancel";

/// An order whose second factor has failed, while the intent cannot be cancelled `times` times.
async fn failed_with(shop: &StripeShop, fault: Fault, times: usize) -> PlacedOrder {
    let placed = shop.buy("pm_card_authenticationRequired").await;
    shop.stripe.fail(CANCEL_INTENT, times, fault);
    shop.stripe.authenticate(&shop.intent(), false);
    shop.deliver_all().await;
    placed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_other_payment_opens_until_the_failed_one_is_cancelled() {
    let shop = StripeShop::open().await;
    for fault in [
        Fault::RateLimited { retry_after: Some(3) },
        Fault::LockTimeout,
        Fault::Forbidden,
        Fault::ErrorBeforeActing,
        Fault::ErrorInsteadOfActing,
        Fault::CutBeforeActing,
        Fault::CutAfterActing,
    ] {
        let placed = failed_with(&shop, fault, 3).await;
        let (failed, mut refused) = (shop.intent(), 0);
        while shop.statuses(&placed).await.1 != "DECLINED" {
            assert_eq!(
                shop.guest.refusals(RETRY, retry(&placed, "pm_card_visa")).await,
                ["PAYMENT_IN_PROGRESS"],
                "{fault:?}"
            );
            refused += 1;
            assert!(refused < 60, "{fault:?}: {:#}", shop.guest.order(&placed).await);
            shop.shop.advance(TimeDelta::seconds(10)).await;
        }
        // What was cancelled although its answer was lost may be told by its webhook before anybody asks.
        assert!(refused > 0 || fault == Fault::CutAfterActing, "{fault:?}");
        let intents = shop.stripe.intents();
        let intent = intents.iter().find(|intent| intent["id"] == *failed).unwrap();
        assert_eq!(intent["status"], "canceled", "{fault:?}");
        assert!(!shop.stripe.confirm_again(&failed), "{fault:?}");
        shop.assert_statuses(&placed, "PAYMENT_FAILED", "DECLINED").await;
        shop.stripe.heal();
        pay_again(&shop, &placed).await;
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_that_is_faster_than_the_cancellation_pays_once() {
    let shop = StripeShop::open().await;
    let placed = failed_with(&shop, Fault::CutBeforeActing, 2).await;
    shop.assert_statuses(&placed, "PAYMENT_PENDING", "PENDING").await;
    assert!(shop.stripe.confirm_again(&shop.intent()));
    shop.until(&placed, "CONFIRMED").await;
    shop.assert_statuses(&placed, "CONFIRMED", "CAPTURED").await;
    let payment = shop.guest.order(&placed).await["payment"].take();
    assert!(payment["declineCode"].is_null(), "{payment}");
    let refused = shop.guest.refusals(RETRY, retry(&placed, "pm_card_visa")).await;
    assert_eq!(refused, ["ORDER_STATE"]);
    shop.deliver_all().await;
    assert_eq!(shop.stripe.intents().len(), 1);
    shop.close().await;
}
