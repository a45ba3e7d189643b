use serde_json::{Value, json};

use super::{errors, mutation, open, wrong};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_price_is_told_per_unit_wherever_the_variant_is_shown() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let input = json!({ "title": "Linseed oil", "status": "ACTIVE", "variants": [
        { "price": "3.95", "onHand": 9, "unitPriceMeasurement": { "quantityValue": "250", "quantityUnit": "ML" } }] });
    let made = staff.done(&mutation("productCreate"), json!({ "input": input })).await["product"].take();
    let query = "{ product(slug: \"linseed-oil\") { variants { id unitPrice { amount currencyCode }
        unitPriceMeasurement { quantityValue quantityUnit referenceValue referenceUnit } } } }";
    let variant = guest.data(query, json!({})).await["product"]["variants"][0].take();
    assert_eq!(
        variant["unitPrice"],
        json!({ "amount": "15.80", "currencyCode": "EUR" })
    );
    let per_litre =
        json!({ "quantityValue": "250", "quantityUnit": "ML", "referenceValue": "1", "referenceUnit": "L" });
    assert_eq!(variant["unitPriceMeasurement"], per_litre);
    let cart = guest.cart_with(&[(variant["id"].as_str().unwrap(), 2)]).await;
    let lines = "query($id: ID!) { cart(id: $id) { lines { variant { unitPrice { amount } } } } }";
    let lines = guest.data(lines, json!({ "id": cart["id"] })).await["cart"]["lines"].take();
    assert_eq!(lines[0]["variant"]["unitPrice"]["amount"], "15.80");

    let change = |measurement: Value| json!({ "productId": made["id"], "variants": [{ "id": variant["id"], "unitPriceMeasurement": measurement }] });
    let per_100 =
        json!({ "quantityValue": "250", "quantityUnit": "ML", "referenceValue": "100", "referenceUnit": "ML" });
    staff
        .done(&mutation("variantsUpdate"), json!({ "input": change(per_100) }))
        .await;
    assert_eq!(
        guest.data(query, json!({})).await["product"]["variants"][0]["unitPrice"]["amount"],
        "1.58"
    );
    for bad in [
        json!({ "quantityValue": "0", "quantityUnit": "ML" }),
        json!({ "quantityValue": "1", "quantityUnit": "ML", "referenceUnit": "KG" }),
    ] {
        assert_eq!(
            errors(&staff, "variantsUpdate", change(bad)).await,
            [wrong("input.variants.0.unitPriceMeasurement", "INVALID")]
        );
    }
    staff
        .done(&mutation("variantsUpdate"), json!({ "input": change(Value::Null) }))
        .await;
    let variant = guest.data(query, json!({})).await["product"]["variants"][0].take();
    assert_eq!(
        (&variant["unitPrice"], &variant["unitPriceMeasurement"]),
        (&Value::Null, &Value::Null)
    );
    shop.close().await;
}

/// An order tells it as it was when it was placed, and so do its mails.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_keeps_the_price_per_unit() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let input = json!({ "title": "Linseed oil", "status": "ACTIVE", "variants": [
        { "price": "3.95", "onHand": 9, "unitPriceMeasurement": { "quantityValue": "250", "quantityUnit": "ML" } }] });
    let made = staff.done(&mutation("productCreate"), json!({ "input": input })).await["product"].take();
    let id = &made["allVariants"][0]["id"];
    let placed = guest.buy(&[(id.as_str().unwrap(), 2)], "tok_approve").await;
    let change = json!({ "productId": made["id"], "variants": [{ "id": id, "unitPriceMeasurement": null }] });
    staff
        .done(&mutation("variantsUpdate"), json!({ "input": change }))
        .await;
    shop.settle().await;
    let query = "query($id: ID!) { order(id: $id) { lines { measuredPrice { amount }
        unitPriceMeasurement { quantityValue quantityUnit referenceUnit } } } }";
    let order = staff.data(query, json!({ "id": placed.payload["order"]["id"] })).await["order"].take();
    assert_eq!(
        order["lines"],
        json!([{ "measuredPrice": { "amount": "15.80" },
            "unitPriceMeasurement": { "quantityValue": "250", "quantityUnit": "ML", "referenceUnit": "L" } }])
    );
    let mails = shop.mails().await;
    assert!(mails.iter().any(|mail| mail.text.contains("15.80 / l)")), "{mails:?}");
    shop.close().await;
}
