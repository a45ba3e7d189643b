//! Money that comes late, or that nobody tells of.

use chrono::TimeDelta;
use vitrine_tests::purchase::PlacedOrder;

use super::StripeShop;

/// The subjects of the mails about an order.
async fn mails_about(shop: &StripeShop, placed: &PlacedOrder) -> Vec<String> {
    let mails = shop.shop.mails().await.into_iter();
    let about = mails.filter(|mail| mail.subject.contains(&placed.number));
    about.map(|mail| mail.subject).collect()
}

/// A debit takes days and cannot be called back. Meanwhile its goods are let go, and are another's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_pays_after_the_last_unit_has_gone_is_paid_back_and_told() {
    let shop = StripeShop::open().await;
    let cup = shop.staff.sell("CUP-1", "10.00", 1).await;
    let late = shop.guest.buy(&[(&cup, 1)], "pm_usBankAccount_processing").await;
    shop.shop.settle().await;
    let debit = shop.intent();
    let cart = shop.guest.check_out(&shop.guest.cart_with(&[(&cup, 1)]).await).await;
    let refused = shop.guest.place(&cart, "too early", "pm_card_visa").await;
    assert_eq!(refused["userErrors"][0]["code"], "INSUFFICIENT_STOCK");

    for _ in 0..9 {
        shop.shop.advance(TimeDelta::days(1)).await;
    }
    assert_eq!(shop.statuses(&late).await.0, "CANCELLED");
    let lucky = shop.guest.buy(&[(&cup, 1)], "pm_card_visa").await;
    shop.shop.settle().await;
    shop.assert_statuses(&lucky, "CONFIRMED", "CAPTURED").await;

    shop.stripe.finish_processing(&debit, true);
    shop.deliver_all().await;
    shop.until_payment(&late, "REFUNDED").await;
    shop.assert_statuses(&late, "CANCELLED", "REFUNDED").await;
    shop.assert_statuses(&lucky, "CONFIRMED", "CAPTURED").await;
    let history = shop.guest.history(&late).await;
    assert_eq!(
        history[2..],
        ["CANCELLED", "REFUND_REQUESTED", "REFUNDED"],
        "{history:?}"
    );
    let told = mails_about(&shop, &late).await;
    for what in ["was cancelled", "paid you back"] {
        assert!(told.iter().any(|subject| subject.contains(what)), "{what}: {told:?}");
    }
    assert!(!mails_about(&shop, &lucky).await.is_empty());
    shop.close().await;
}

/// No webhook ever comes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_debit_that_nobody_tells_of_is_found_by_asking() {
    let shop = StripeShop::open().await;
    for succeeds in [true, false] {
        let placed = shop.buy("pm_usBankAccount_processing").await;
        shop.shop.advance(TimeDelta::minutes(5)).await;
        shop.assert_statuses(&placed, "PAYMENT_PENDING", "PENDING").await;
        shop.stripe.finish_processing(&shop.intent(), succeeds);
        let decided = shop.shop.shop().now();
        match succeeds {
            true => shop.until(&placed, "CONFIRMED").await,
            false => shop.until(&placed, "PAYMENT_FAILED").await,
        }
        let took = shop.shop.shop().now() - decided;
        assert!(took <= TimeDelta::minutes(5), "{took}");
    }
    shop.close().await;
}
