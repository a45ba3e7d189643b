//! What the provider tells by itself: verified, once, in any order.

use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use vitrine_entity::{provider_event, staff_member::StaffRole};
use vitrine_tests::TestShop;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn doubled_and_disordered_webhooks_end_alike() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let told = async || provider_event::Entity::find().count(&shop.shop().db).await.unwrap();
    for token in ["tok_webhook_twice", "tok_webhook_out_of_order"] {
        let before = told().await;
        let placed = guest.buy(&[(&mug, 1)], token).await;
        shop.settle().await;
        shop.advance(chrono::TimeDelta::minutes(5)).await;
        assert_eq!(
            guest.history(&placed).await,
            ["CREATED", "PAYMENT_PENDING", "PAYMENT_SUCCEEDED", "CONFIRMED"],
            "{token}"
        );
        assert!(told().await > before, "{token}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_that_is_not_the_providers_is_refused() {
    let shop = TestShop::open().await;
    let guest = shop.guest();
    let response = guest
        .post(
            "/webhooks/simulated",
            json!({ "id": "evt_1", "type": "charge.captured" }),
        )
        .await;
    assert_eq!(response.status(), 400);
    let response = guest.post("/webhooks/nobody", json!({})).await;
    assert_eq!(response.status(), 404);
    assert_eq!(provider_event::Entity::find().count(&shop.shop().db).await.unwrap(), 0);
    shop.close().await;
}
