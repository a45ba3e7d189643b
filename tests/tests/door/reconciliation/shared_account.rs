//! Two shops that use one account of Stripe.

use std::sync::Arc;

use chrono::TimeDelta;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use vitrine_adapters::config::Secret;
use vitrine_entity::{provider_event, staff_member::StaffRole};
use vitrine_tests::{Client, TestShop, memory::TestClock, stripe_stand_in::StripeStandIn};

use super::{Bought, counts, report, start_of};

async fn shop_of(stripe: &StripeStandIn) -> TestShop {
    TestShop::open_with(|config| {
        config.payment.provider = "stripe".to_owned();
        config.payment.stripe.secret_key = Some(Secret::new(StripeStandIn::KEY));
        config.payment.stripe.webhook_secrets = vec![Secret::new(StripeStandIn::WEBHOOK_SECRET)];
        config.payment.stripe.api_url = stripe.url();
    })
    .await
}

async fn compared(shop: &TestShop, staff: &Client) -> Value {
    shop.advance(TimeDelta::seconds(1)).await;
    let id = start_of("stripe", shop, staff).await;
    shop.settle().await;
    report(staff, &id).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn neither_finds_the_others_charges_missing() {
    let stripe = StripeStandIn::start(Arc::new(TestClock::default())).await.unwrap();
    let other = shop_of(&stripe).await;
    let bought = Bought::of(shop_of(&stripe).await, "pm_card_visa").await;
    let staff = other.staff(StaffRole::Administrator).await;
    let here = compared(&bought.shop, &bought.staff).await;
    assert_eq!(counts(&here), [1, 0, 0, 0, 0, 0]);
    let there = compared(&other, &staff).await;
    assert_eq!(counts(&there), [0, 1, 0, 0, 0, 0]);
    assert_eq!(there["findings"]["nodes"], json!([]));

    for event in stripe.take_events() {
        for shop in [&other, &bought.shop] {
            assert_eq!(stripe.deliver(shop.guest().base(), &event).await.unwrap(), 200);
        }
    }
    let heard = async |shop: &TestShop| provider_event::Entity::find().count(&shop.shop().db).await.unwrap();
    assert_eq!(heard(&other).await, 0);
    assert!(heard(&bought.shop).await > 0);
    bought.shop.close().await;
    other.close().await;
}
