//! Staff make, change, try, switch on and off.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;

use super::{ACTIVATE, CREATE, DEACTIVATE, UPDATE, USES, cart, cart_of, download, open, switched_on};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_told_field_by_field() {
    let (shop, staff) = open().await;
    let base = json!({ "title": "Summer", "method": "CODE", "kind": "PRODUCTS", "value": { "percentage": "10" } });
    let eur = |amount: &str| json!([{ "amount": amount, "currencyCode": "EUR" }]);
    for (field, change) in [
        ("title", json!({ "title": " " })),
        ("value", json!({ "value": null })),
        ("value", json!({ "value": { "percentage": "10", "amounts": eur("1") } })),
        ("value.percentage", json!({ "value": { "percentage": "100.01" } })),
        ("value.percentage", json!({ "value": { "percentage": "0" } })),
        (
            "value.amounts.0.amount",
            json!({ "value": { "amounts": eur("1.234") } }),
        ),
        ("value.amounts.0.amount", json!({ "value": { "amounts": eur("-1") } })),
        // nopcommerce#7271: one that takes nothing off was made by mistake.
        ("value.amounts.0.amount", json!({ "value": { "amounts": eur("0") } })),
        (
            "value.amounts.0.currencyCode",
            json!({ "value": { "amounts": [{ "amount": "1", "currencyCode": "XXX" }] } }),
        ),
        (
            "value",
            json!({ "kind": "ORDER", "value": { "fixedPrices": eur("1") } }),
        ),
        ("getQuantity", json!({ "kind": "BUY_X_GET_Y", "buyQuantity": 2 })),
        ("buyQuantity", json!({ "kind": "BUY_X_GET_Y", "getQuantity": 1 })),
        (
            "tiers.1",
            json!({ "value": null, "tiers": [
            { "quantity": 5, "value": { "percentage": 5 } }, { "quantity": 5, "value": { "percentage": 6 } }] }),
        ),
        (
            "minimumQuantity",
            json!({ "minimumQuantity": 2, "minimumSpend": eur("1") }),
        ),
        (
            "endsAt",
            json!({ "startsAt": "2026-06-01T00:00:00Z", "endsAt": "2026-06-01T00:00:00Z" }),
        ),
        ("usageLimit", json!({ "usageLimit": 0 })),
        (
            "usageLimitPerCode",
            json!({ "method": "AUTOMATIC", "usageLimitPerCode": 1 }),
        ),
        (
            "goods.productIds",
            json!({ "goods": { "productIds": ["prod_01h455vb4pex5vsknk084sn02q"] } }),
        ),
        ("goods.productIds.0", json!({ "goods": { "productIds": ["nothing"] } })),
        ("countries", json!({ "kind": "SHIPPING", "countries": ["ZZ"] })),
        (
            "marketIds.0",
            json!({ "marketIds": ["market_01h455vb4pex5vsknk084sn02q"] }),
        ),
    ] {
        let mut discount = base.clone();
        discount
            .as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        let payload = staff
            .payload(CREATE, json!({ "input": { "discount": discount } }))
            .await;
        let expected: Vec<_> = ["input", "discount"].into_iter().chain(field.split('.')).collect();
        assert_eq!(
            payload["userErrors"][0]["field"],
            json!(expected),
            "{change}: {payload}"
        );
    }
    let bad_code = json!({ "discount": base, "codes": ["OK", "so/so"] });
    let payload = staff.payload(CREATE, json!({ "input": bad_code })).await;
    assert_eq!(
        payload["userErrors"][0]["field"],
        json!(["input", "codes", "1"]),
        "{payload}"
    );
    let packer = shop.staff(StaffRole::Fulfilment).await;
    assert_eq!(
        packer.refusals(CREATE, json!({ "input": { "discount": base } })).await,
        ["FORBIDDEN"]
    );
    assert_eq!(
        shop.guest()
            .refusals(CREATE, json!({ "input": { "discount": base } }))
            .await,
        ["UNAUTHENTICATED"]
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_discount_is_found_changed_and_switched_off_and_carts_follow() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let song = download(&staff, "SONG-1", "10.00").await;
    let tenth =
        json!({ "title": "A tenth off", "method": "AUTOMATIC", "kind": "ORDER", "value": { "percentage": "10" } });
    let id = switched_on(&staff, tenth.clone(), &[]).await;
    let basket = cart_of(&guest, "ada@example.com", &[(&song, 2)]).await;
    assert_eq!(basket["cost"]["total"]["amount"], "18.00", "{basket}");
    assert_eq!(basket["cost"]["discount"]["amount"], "2.00");
    assert_eq!(basket["adjustments"][0]["title"], "A tenth off");
    assert_eq!(basket["adjustments"][0]["code"], Value::Null);

    let mut fifth = tenth;
    (fifth["title"], fifth["value"]["percentage"]) = (json!("A fifth off"), json!(20));
    let stale = json!({ "id": id, "expectedVersion": 1, "discount": fifth });
    assert_eq!(
        staff.refusals(UPDATE, json!({ "input": stale })).await,
        ["VERSION_CONFLICT"]
    );
    let changed = json!({ "id": id, "expectedVersion": 2, "discount": fifth });
    let changed = staff.done(UPDATE, json!({ "input": changed })).await["discount"].take();
    assert_eq!(
        (&changed["version"], &changed["title"]),
        (&json!(3), &json!("A fifth off"))
    );
    assert_eq!(cart(&guest, &basket["id"]).await["cost"]["total"]["amount"], "16.00");

    let found = "query($query: String, $status: DiscountStatus) { discounts(first: 5, query: $query, status: $status) { nodes { id } } }";
    for (asked, count) in [
        (json!({ "query": "FIFTH" }), 1),
        (json!({ "query": "tenth" }), 0),
        (json!({ "status": "ACTIVE" }), 1),
        (json!({ "status": "DRAFT" }), 0),
    ] {
        let nodes = staff.data(found, asked.clone()).await["discounts"]["nodes"].take();
        assert_eq!(nodes.as_array().unwrap().len(), count, "{asked}");
    }
    let off = staff.done(DEACTIVATE, json!({ "input": { "id": id } })).await;
    assert_eq!(off["discount"]["status"], "DRAFT");
    assert_eq!(cart(&guest, &basket["id"]).await["cost"]["total"]["amount"], "20.00");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_begins_and_ends_with_its_time() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let song = download(&staff, "SONG-1", "10.00").await;
    let now = shop.shop().now();
    let (starts_at, ends_at) = (now + TimeDelta::hours(1), now + TimeDelta::hours(2));
    let hour = json!({ "title": "Happy hour", "method": "CODE", "kind": "ORDER", "value": { "percentage": 10 },
        "startsAt": starts_at, "endsAt": ends_at });
    let id = switched_on(&staff, hour, &["HAPPY"]).await;
    // Time passes, and whoever works here signs in again.
    let stands = async || {
        let staff = shop.sign_in(StaffRole::Administrator).await;
        staff.data(USES, json!({ "id": id })).await["discount"]["status"].take()
    };
    let basket = cart_of(&guest, "ada@example.com", &[(&song, 1)]).await;
    let typed = json!({ "cartId": basket["id"], "codes": ["happy"] });
    assert_eq!(stands().await, "SCHEDULED");
    // Of what is still to come nobody is told.
    let unknown = super::refused(&guest, "cartDiscountCodesAdd", typed.clone()).await;
    assert_eq!(unknown, [("NOT_FOUND".to_owned(), "input.codes.0".to_owned())]);
    shop.clock.advance(TimeDelta::hours(1));
    assert_eq!(stands().await, "ACTIVE");
    let had = super::change(&guest, "cartDiscountCodesAdd", typed.clone()).await;
    assert_eq!(had["cost"]["total"]["amount"], "9.00");
    shop.clock.advance(TimeDelta::hours(1));
    assert_eq!(stands().await, "EXPIRED");
    // Whoever has typed it is told before they pay more.
    let late = cart(&guest, &basket["id"]).await;
    assert_eq!(late["cost"]["total"]["amount"], "10.00");
    assert_eq!(
        (&late["problems"][0]["code"], &late["readyToPlace"]),
        (&json!("DISCOUNT_CODE"), &json!(false))
    );
    assert_eq!(late["discountCodes"][0]["reason"], "EXPIRED");
    let placed = super::place(&guest, &late, "late").await;
    assert_eq!(placed["userErrors"][0]["code"], "DISCOUNT_UNAVAILABLE");
    let without = super::change(&guest, "cartDiscountCodesRemove", typed.clone()).await;
    assert_eq!(
        (&without["readyToPlace"], &without["discountCodes"]),
        (&json!(true), &json!([]))
    );
    let again = super::refused(&guest, "cartDiscountCodesAdd", typed).await;
    assert_eq!(again[0].0, "DISCOUNT_UNAVAILABLE");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_is_tried_before_anybody_has_it() {
    let (shop, staff) = open().await;
    let song = download(&staff, "SONG-1", "10.00").await;
    let preview = "query($input: DiscountPreviewInput!) { discountPreview(input: $input) { applies message
        costWithout { total { amount } } cart { cost { total { amount } } adjustments { title amount { amount } } } } }";
    let draft = json!({ "title": "Third for free", "method": "CODE", "kind": "BUY_X_GET_Y", "buyQuantity": 2, "getQuantity": 1,
        "value": { "percentage": 100 } });
    let three = json!([{ "variantId": song, "quantity": 3 }]);
    let tried = staff
        .data(preview, json!({ "input": { "discount": draft, "lines": three } }))
        .await["discountPreview"]
        .take();
    assert_eq!(
        (&tried["applies"], &tried["message"]),
        (&json!(true), &Value::Null),
        "{tried}"
    );
    assert_eq!(tried["costWithout"]["total"]["amount"], "30.00");
    assert_eq!(tried["cart"]["cost"]["total"]["amount"], "20.00");
    let made = staff
        .done(CREATE, json!({ "input": { "discount": draft, "codes": ["THIRD"] } }))
        .await;
    let two = json!({ "discountId": made["discount"]["id"], "lines": [{ "variantId": song, "quantity": 2 }] });
    let tried = staff.data(preview, json!({ "input": two })).await["discountPreview"].take();
    assert_eq!(tried["applies"], false);
    assert_eq!(tried["cart"]["cost"]["total"]["amount"], "20.00");
    assert!(tried["message"].as_str().unwrap().contains("Third for free"), "{tried}");

    // What is switched on already is told apart from what there is without it.
    let id = made["discount"]["id"].clone();
    staff.done(ACTIVATE, json!({ "input": { "id": id } })).await;
    let again = json!({ "discountId": id, "lines": three });
    let tried = staff.data(preview, json!({ "input": again })).await["discountPreview"].take();
    assert_eq!(tried["costWithout"]["total"]["amount"], "30.00");
    assert_eq!(tried["cart"]["cost"]["total"]["amount"], "20.00");
    shop.close().await;
}
