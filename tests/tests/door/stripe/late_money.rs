//! Money that comes late, or that nobody tells of.

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use vitrine_commerce::{
    money::Money,
    ports::payment::{Charge, ChargeState},
};
use vitrine_entity::payment;
use vitrine_tests::{purchase::PlacedOrder, stripe_stand_in::Fault};

use super::{
    StripeShop, on_dispatch,
    refunds::{CANCEL, cancel},
};

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

/// A call comes to Stripe when its order is cancelled and its attempt given up, which nobody ever heard of: what it holds is let
/// go.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_held_after_it_was_given_up_is_let_go() {
    let shop = StripeShop::open_with(on_dispatch).await;
    shop.stripe.fail("POST /v1/payment_intents", 1, Fault::CutBeforeActing);
    let placed = shop.buy("pm_card_visa").await;
    shop.guest.done(CANCEL, cancel(&placed)).await;
    shop.until_payment(&placed, "VOIDED").await;
    assert!(shop.stripe.intents().is_empty());
    let inner = shop.shop.shop();
    let given_up = payment::Entity::find().one(&inner.db).await.unwrap().unwrap();
    let late = Charge {
        payment: given_up.id,
        key: given_up.id.to_string(),
        order_number: placed.number.clone(),
        amount: Money::new(given_up.amount_minor, given_up.currency),
        tax_basis_points: 0,
        country: "DE".to_owned(),
        locale: "en".to_owned(),
        method_token: "pm_card_visa".to_owned(),
        capture: false,
        return_url: "https://shop.example.com/".to_owned(),
        customer: None,
        saves_method: false,
        approved: None,
    };
    let held = inner.payment_providers.get("stripe").unwrap().charge(&late).await;
    assert_eq!(held.unwrap().state, ChargeState::Authorized);
    shop.deliver_all().await;
    assert_eq!(shop.stripe.intents()[0]["status"], "canceled");
    shop.assert_statuses(&placed, "CANCELLED", "VOIDED").await;
    shop.close().await;
}
