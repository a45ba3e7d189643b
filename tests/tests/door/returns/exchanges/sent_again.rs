//! What a shopper is told of goods that are sent again.

use serde_json::{Value, json};
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

/// Nobody is thanked for an order, or told of a bank, who is sent something again.
pub(super) async fn is_told(shop: &TestShop, ada: &Client, placed: &PlacedOrder, again: &Value) {
    let of = "query($id: ID!) { order(id: $id) { number resends { orderId orderNumber } exchange { orderId } } }";
    let order = ada.data(of, json!({ "id": again })).await["order"].take();
    assert_eq!(
        (&order["resends"], &order["exchange"]),
        (
            &json!({ "orderId": placed.id, "orderNumber": placed.number }),
            &Value::Null
        )
    );
    let number = order["number"].as_str().unwrap();
    let subject = format!("We send goods of your order {} again: {number}", placed.number);
    let mails = shop.mails().await;
    let told: Vec<_> = mails.iter().filter(|mail| mail.text.contains(number)).collect();
    assert!(told.iter().any(|mail| mail.subject == subject), "{told:?}");
    let bank = told.iter().find(|mail| mail.text.contains("Should your bank ask"));
    assert!(bank.is_none(), "{bank:?}");
}
