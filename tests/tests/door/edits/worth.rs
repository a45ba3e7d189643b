//! What an order in another currency is worth in the shop's own.

use sea_orm::EntityTrait;
use serde_json::{Value, json};
use vitrine_entity::order;
use vitrine_tests::{Client, TestShop};

use super::EDIT;

/// Of the shop's only order: also where a change left nothing to pay of it, and another one something again.
pub(crate) async fn is_that_of_its_day(shop: &TestShop, staff: &Client, id: &Value, shipping: &Value) {
    let read = async || {
        let orders = order::Entity::find().all(&shop.shop().db).await.unwrap();
        assert_eq!(orders.len(), 1);
        (
            orders[0].total_minor,
            orders[0].base_total_minor.expect("another currency"),
        )
    };
    let (total_minor, base_minor) = read().await;
    assert!(
        0 < base_minor && base_minor < total_minor,
        "{base_minor} of {total_minor}"
    );
    for (discount, shipping, is_free) in [
        (json!("54.99"), json!("0"), true),
        (json!("0"), shipping.clone(), false),
    ] {
        let changes = json!({ "discount": { "amount": discount }, "shipping": { "amount": shipping } });
        let input = json!({ "orderId": id, "changes": changes, "idempotencyKey": shipping });
        staff.done(EDIT, json!({ "input": input })).await;
        shop.settle().await;
        let (now_minor, worth_minor) = read().await;
        assert_eq!(now_minor == 0, is_free, "{now_minor}");
        let expected = base_minor * now_minor / total_minor;
        assert!((worth_minor - expected).abs() <= 1, "{worth_minor} of {now_minor}");
    }
    assert_eq!(read().await.0, total_minor, "shipping is taxed again, too");
}
