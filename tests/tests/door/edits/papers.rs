//! An invoice that says something else than the order is taken back whole, and another one is made.

use sea_orm::EntityTrait;
use serde_json::{Value, json};
use vitrine_entity::{document, staff_member::StaffRole};
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

use super::{EDIT, cents, change, line, order};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_that_is_changed_is_invoiced_anew() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 50).await;
    let update =
        "mutation($input: ShopUpdateInput!) { shopUpdate(input: $input) { userErrors { code message field } } }";
    let address = json!({ "name": "Vitrine GmbH", "line1": "Torstraße 1", "city": "Berlin", "postalCode": "10119", "countryCode": "DE" });
    let input = json!({ "address": address, "vatNumber": "DE 136695976", "contactEmail": "shop@example.com" });
    staff.done(update, json!({ "input": input })).await;
    let settings = "mutation($input: DocumentSettingsUpdateInput!) { documentSettingsUpdate(input: $input) {
        userErrors { code message field } } }";
    staff
        .done(settings, json!({ "input": { "invoiceAt": "PAYMENT" } }))
        .await;
    let guest = shop.guest();
    let placed = guest.buy(&[(&mug, 3)], "tok_approve").await;
    shop.settle().await;
    let before = order(&staff, &placed).await;
    let refund = "mutation($input: OrderRefundInput!) { orderRefund(input: $input) { userErrors { code message } } }";
    let goodwill = json!({ "input": { "orderId": placed.id, "amount": "2.00", "idempotencyKey": "goodwill" } });
    staff.done(refund, goodwill).await;
    shop.settle().await;

    let seen = order(&staff, &placed).await;
    let fewer = json!({ "lines": [{ "lineId": line(&seen, "MUG-1"), "quantity": 2 }] });
    staff.done(EDIT, change(&seen, "fewer", fewer)).await;
    shop.settle().await;
    let told = documents(&staff, &placed.id).await;
    let total = cents(&before["cost"]["total"]);
    // The note of what was paid back before is for the new invoice, too; what the change has paid back is in none.
    assert_eq!(
        told,
        [
            (json!("INVOICE"), total),
            (json!("CREDIT_NOTE"), 200),
            (json!("CREDIT_NOTE"), total - 200),
            (json!("INVOICE"), total - 1000),
            (json!("CREDIT_NOTE"), 200),
        ]
    );

    // Nor is what a change puts back onto a gift card.
    let issue =
        "mutation($input: GiftCardCreateInput!) { giftCardCreate(input: $input) { code userErrors { code message } } }";
    let code = staff.done(issue, json!({ "input": { "amount": "20.00" } })).await["code"].take();
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 2)]).await).await;
    let add =
        "mutation($input: CartGiftCardAddInput!) { cartGiftCardAdd(input: $input) { userErrors { code message } } }";
    guest
        .done(add, json!({ "input": { "cartId": cart["id"], "code": code } }))
        .await;
    let paid = guest.place(&cart, "partly by card", "tok_approve").await;
    shop.settle().await;
    let id = paid["order"]["id"].as_str().unwrap();
    let placed = PlacedOrder {
        id: id.to_owned(),
        access_token: paid["orderAccessToken"].as_str().unwrap().to_owned(),
        ..placed
    };
    let seen = order(&staff, &placed).await;
    let fewer = json!({ "lines": [{ "lineId": line(&seen, "MUG-1"), "quantity": 1 }] });
    staff.done(EDIT, change(&seen, "onto the card", fewer)).await;
    shop.settle().await;
    let total = cents(&paid["order"]["cost"]["total"]);
    assert_eq!(
        documents(&staff, id).await,
        [
            (json!("INVOICE"), total),
            (json!("CREDIT_NOTE"), total),
            (json!("INVOICE"), total - 1000),
        ]
    );

    // What takes an invoice back shows the prices and discounts of that, and not those that the order has by now.
    for amount in ["1.00", "2.00"] {
        let seen = order(&staff, &placed).await;
        let less = json!({ "discount": { "amount": amount, "label": "Goodwill" } });
        staff.done(EDIT, change(&seen, amount, less)).await;
        shop.settle().await;
    }
    let written = document::Entity::find().all(&shop.shop().db).await.unwrap();
    let rows = |document: &document::Model| {
        let content: Value = serde_json::from_str(document.content.as_deref().unwrap()).unwrap();
        content["sheet"]["rows"].clone()
    };
    let of = |note: &document::Model| {
        let mut invoices = written.iter();
        invoices.find(|of| Some(of.id) == note.corrects_id && of.total_minor == note.total_minor)
    };
    let taken_back: Vec<_> = written
        .iter()
        .filter_map(|note| Some((rows(note), rows(of(note)?))))
        .collect();
    assert_eq!(taken_back.len(), 3);
    for (note, invoice) in &taken_back {
        assert_eq!(note, invoice);
    }
    assert!(taken_back.iter().any(|(note, _)| note.to_string().contains("Goodwill")));
    shop.close().await;
}

/// Of which kind each document of an order is, and over how much, the first first.
async fn documents(staff: &Client, order: &str) -> Vec<(Value, i64)> {
    let query = "query($id: ID!) { order(id: $id) { documents { kind total { amount } } } }";
    let documents = staff.data(query, json!({ "id": order })).await["order"]["documents"].take();
    let documents = documents.as_array().unwrap().iter();
    documents
        .map(|row| (row["kind"].clone(), cents(&row["total"])))
        .collect()
}
