use serde_json::{Value, json};
use vitrine_tests::purchase::cart_mutation;

use super::{chair, each, errors, mutation, open, wrong};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn variants_change_in_part_and_all_or_none() {
    let (shop, staff) = open().await;
    let chair = chair(&staff).await;
    let ids = each(&chair, "id");
    let update = format!(
        "mutation($input: VariantsUpdateInput!) {{ variantsUpdate(input: $input) {{ {} variants {{ id }} warnings {{ message field }} userErrors {{ code message }} }} }}",
        super::PRODUCT
    );
    let input = json!({ "productId": chair["id"], "expectedVersion": chair["version"], "variants": [
        { "id": ids[1], "sku": "OAK-CHAIR-OAK", "barcode": "4006381333932", "price": "85.50" },
        { "id": ids[0], "sku": "OAK-CHAIR-ASH", "compareAt": null, "options": [{ "name": "Color", "value": "Walnut" }] }] });
    let payload = staff.done(&update, json!({ "input": input })).await;
    assert_eq!(payload["variants"], json!([{ "id": ids[1] }, { "id": ids[0] }]));
    assert_eq!(
        payload["warnings"][0]["field"],
        json!(["input", "variants", "0", "barcode"])
    );
    let after = &payload["product"];
    assert_eq!(
        each(after, "sku"),
        ["OAK-CHAIR-ASH", "OAK-CHAIR-OAK"],
        "they have exchanged their SKUs"
    );
    assert_eq!(each(after, "title"), ["Walnut", "Ash"]);
    assert_eq!(after["options"][0]["values"], json!(["Oak", "Ash", "Walnut"]));
    assert_eq!(
        each(after, "price"),
        [&json!({ "amount": "99.00" }), &json!({ "amount": "85.50" })]
    );
    assert_eq!(each(after, "compareAtPrice"), [&Value::Null, &Value::Null]);
    assert_eq!(after["version"], chair["version"].as_i64().unwrap() + 1);

    let bad = json!({ "productId": chair["id"], "variants": [
        { "id": ids[0], "price": "1.00" },
        { "id": ids[1], "options": [{ "name": "Color", "value": "Walnut" }], "sku": "LMP-ORRN", "lowStockThreshold": -1 }] });
    assert_eq!(
        errors(&staff, "variantsUpdate", bad).await,
        [
            wrong("input.variants.1.lowStockThreshold", "INVALID"),
            wrong("input.variants.1.options", "TAKEN"),
            wrong("input.variants.1.sku", "TAKEN")
        ]
    );
    let stale =
        json!({ "productId": chair["id"], "expectedVersion": chair["version"], "variants": [{ "id": ids[0] }] });
    assert_eq!(
        errors(&staff, "variantsUpdate", stale).await,
        [wrong("input.expectedVersion", "VERSION_CONFLICT")]
    );
    let nothing = json!({ "productId": chair["id"], "variants": [{ "id": ids[0], "active": true, "weightGrams": 0 }] });
    let same = staff
        .done(&mutation("variantsUpdate"), json!({ "input": nothing }))
        .await;
    assert_eq!(
        same["product"]["version"], after["version"],
        "what changes nothing is no new version"
    );
    let foreign = json!({ "productId": chair["id"], "variants": [{ "id": shop.guest().variant("orrin-stone-lamp", "LMP-ORRN").await }] });
    assert_eq!(
        errors(&staff, "variantsUpdate", foreign).await,
        [wrong("input.variants.0.id", "NOT_FOUND")]
    );
    assert_eq!(
        errors(
            &staff,
            "variantsUpdate",
            json!({ "productId": chair["id"], "variants": [] })
        )
        .await,
        [wrong("input.variants", "INVALID")]
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_variant_is_gone_for_shoppers_and_comes_back_as_it_was() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let chair = chair(&staff).await;
    let ids = each(&chair, "id");
    let oak = ids[0].as_str().unwrap();
    let cart = guest.cart_with(&[(oak, 1)]).await;
    guest.buy(&[(oak, 1)], "tok_approve").await;
    shop.settle().await;

    let select = json!({ "productId": chair["id"], "variantIds": [oak] });
    let left = staff
        .done(&mutation("variantsDelete"), json!({ "input": select }))
        .await["product"]
        .take();
    assert_eq!(each(&left, "sku"), ["OAK-CHAIR-ASH"]);
    let query = "query($id: ID!) { node(id: $id) { id } product(slug: \"oak-chair\") { variants { sku } } }";
    let seen = guest.data(query, json!({ "id": oak })).await;
    assert_eq!(
        (&seen["node"], &seen["product"]["variants"]),
        (&Value::Null, &json!([{ "sku": "OAK-CHAIR-ASH" }]))
    );
    let query = "query($id: ID!) { cart(id: $id) { lines { variant { sku deletedAt } } problems { code } } }";
    let held = guest.data(query, json!({ "id": cart["id"] })).await["cart"].take();
    assert_eq!(
        (&held["problems"][0]["code"], &held["lines"][0]["variant"]["sku"]),
        (&json!("NOT_FOR_SALE"), &json!("OAK-CHAIR-OAK"))
    );
    let refused = guest
        .refusals(
            &cart_mutation("cartCreate"),
            json!({ "input": { "lines": [{ "variantId": oak, "quantity": 1 }] } }),
        )
        .await;
    assert_eq!(refused, ["NOT_FOR_SALE"]);
    let kept = "query($slug: String!) { product(slug: $slug) { allVariants(deleted: true) { id sku deletedAt } } }";
    let kept = staff.data(kept, json!({ "slug": "oak-chair" })).await["product"]["allVariants"].take();
    assert_eq!(
        (&kept[0]["id"], &kept[0]["sku"]),
        (&json!(oak), &json!("OAK-CHAIR-OAK"))
    );
    assert!(kept[0]["deletedAt"].is_string());

    // Its SKU is free meanwhile, and its place among the choices too.
    let input = json!({ "productId": chair["id"], "variants": [{ "sku": "OAK-CHAIR-OAK", "options": [{ "name": "Color", "value": "Oak" }] }] });
    let other =
        staff.done(&mutation("variantsCreate"), json!({ "input": input })).await["product"]["allVariants"][1].take();
    assert_eq!(
        errors(&staff, "variantsRestore", select.clone()).await,
        [
            wrong("input.variantIds.0", "TAKEN"),
            wrong("input.variantIds.0", "TAKEN")
        ]
    );
    let gone = json!({ "productId": chair["id"], "variantIds": [other["id"]] });
    staff.done(&mutation("variantsDelete"), json!({ "input": gone })).await;
    let back = staff
        .done(&mutation("variantsRestore"), json!({ "input": select }))
        .await["product"]
        .take();
    assert_eq!(each(&back, "sku"), ["OAK-CHAIR-OAK", "OAK-CHAIR-ASH"]);
    assert_eq!(each(&back, "price"), each(&chair, "price"));
    let held = guest
        .data(
            "query($id: ID!) { cart(id: $id) { problems { code } } }",
            json!({ "id": cart["id"] }),
        )
        .await;
    assert!(!held["cart"]["problems"].to_string().contains("NOT_FOR_SALE"), "{held}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn variants_are_shown_in_the_order_that_staff_chose() {
    let (shop, staff) = open().await;
    let chair = chair(&staff).await;
    let ids = each(&chair, "id");
    let input = json!({ "productId": chair["id"], "variantIds": [ids[1]] });
    let after = staff
        .done(&mutation("variantsReorder"), json!({ "input": input }))
        .await["product"]
        .take();
    assert_eq!(each(&after, "id"), [ids[1], ids[0]]);
    assert_eq!(each(&after, "position"), [0, 1]);
    let twice = json!({ "productId": chair["id"], "variantIds": [ids[1], ids[1]] });
    assert_eq!(
        errors(&staff, "variantsReorder", twice).await,
        [wrong("input.variantIds.1", "INVALID")]
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_variant_is_found_by_choice_sku_and_barcode() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let chair = chair(&staff).await;
    let ids = each(&chair, "id");
    let by_choice = "query($selected: [SelectedOptionInput!]!) { product(slug: \"oak-chair\") { variantBySelectedOptions(selectedOptions: $selected) { id } } }";
    for (value, found) in [
        ("Oak", json!({ "id": ids[0] })),
        ("Ash", json!({ "id": ids[1] })),
        ("Elm", Value::Null),
    ] {
        let selected = json!({ "selected": [{ "name": "Color", "value": value }] });
        assert_eq!(
            guest.data(by_choice, selected).await["product"]["variantBySelectedOptions"],
            found,
            "{value}"
        );
    }
    for selected in [json!([]), json!([{ "name": "Size", "value": "Oak" }])] {
        let found = guest.data(by_choice, json!({ "selected": selected })).await;
        assert_eq!(found["product"]["variantBySelectedOptions"], Value::Null, "{selected}");
    }
    let find =
        "query($id: ID, $sku: String, $barcode: String) { variant(id: $id, sku: $sku, barcode: $barcode) { id } }";
    for by in [
        json!({ "id": ids[1] }),
        json!({ "sku": "OAK-CHAIR-ASH" }),
        json!({ "barcode": "4006381333931" }),
    ] {
        assert_eq!(guest.data(find, by.clone()).await["variant"]["id"], *ids[1], "{by}");
    }
    for by in [
        json!({ "sku": "no\u{0}" }),
        json!({ "barcode": "" }),
        json!({ "id": chair["id"] }),
    ] {
        assert_eq!(guest.data(find, by.clone()).await["variant"], Value::Null, "{by}");
    }
    let both = guest.answer(find, json!({ "sku": "A", "barcode": "B" })).await;
    assert_eq!(both["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    let off = json!({ "productId": chair["id"], "variants": [{ "id": ids[1], "active": false }] });
    staff.done(&mutation("variantsUpdate"), json!({ "input": off })).await;
    let by = json!({ "barcode": "4006381333931" });
    assert_eq!(guest.data(find, by.clone()).await["variant"], Value::Null);
    assert_eq!(staff.data(find, by).await["variant"]["id"], *ids[1]);
    shop.close().await;
}
