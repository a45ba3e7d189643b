use serde_json::{Value, json};

use super::{attributes::define, chair, mutation, open};

/// A variant has values of its own, by which its product is found like by those of the product.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn variants_have_values_and_lists_filter_by_them() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let chair = chair(&staff).await;
    define(
        &staff,
        json!({ "name": "Depth", "kind": "NUMBER_WITH_UNIT", "unit": "CM", "filterable": true }),
    )
    .await;
    define(&staff, json!({ "name": "Tone", "kind": "COLOUR" })).await;
    let set = "mutation($input: VariantAttributesSetInput!) { variantAttributesSet(input: $input) {
        variant { sku attributes { key name value numberValue colour } } userErrors { code field } } }";
    let (oak, ash) = (&chair["allVariants"][0]["id"], &chair["allVariants"][1]["id"]);
    let values = json!([{ "key": "depth", "values": ["405 mm"] }, { "key": "tone", "values": ["#D2B48C"] },
        { "name": "Size code", "values": ["S2"] }]);
    let input = json!({ "variantId": oak, "expectedVersion": chair["version"], "attributes": values });
    let done = staff.done(set, json!({ "input": input.clone() })).await["variant"].take();
    assert_eq!(
        done["attributes"],
        json!([
            { "key": "depth", "name": "Depth", "value": "40.5 cm", "numberValue": "40.5", "colour": null },
            { "key": "tone", "name": "Tone", "value": "#d2b48c", "numberValue": null, "colour": "#d2b48c" },
            { "key": null, "name": "Size code", "value": "S2", "numberValue": null, "colour": null }])
    );
    let refused = staff.payload(set, json!({ "input": input })).await["userErrors"].take();
    assert_eq!(refused[0]["code"], "VERSION_CONFLICT");
    let wrong = json!({ "variantId": ash, "attributes": [{ "key": "depth", "values": ["deep"] }] });
    let refused = staff.payload(set, json!({ "input": wrong })).await["userErrors"].take();
    assert_eq!(refused[0]["field"], json!(["input", "attributes", "0", "values", "0"]));

    shop.settle().await;
    let found = async |filter: Value| {
        let query = "query($where: ProductWhere) { products(first: 9, where: $where) { nodes { slug } }
            productSearch(first: 9, where: $where) { nodes { slug } } }";
        let data = guest.data(query, json!({ "where": { "attributes": [filter] } })).await;
        assert_eq!(data["products"]["nodes"], data["productSearch"]["nodes"]);
        data["products"]["nodes"].as_array().unwrap().len()
    };
    let code = || json!({ "name": "Size code", "values": ["S2"] });
    assert_eq!(found(code()).await, 1);
    assert_eq!(
        found(json!({ "name": "Depth", "min": "0.4", "max": "1", "unit": "M" })).await,
        1
    );
    assert_eq!(found(json!({ "name": "Depth", "min": "41" })).await, 0);
    // A variant that nobody can buy is no reason to find its product.
    let off = json!({ "productId": chair["id"], "variants": [{ "id": oak, "active": false }] });
    staff.done(&mutation("variantsUpdate"), json!({ "input": off })).await;
    shop.settle().await;
    assert_eq!(found(code()).await, 0);
    shop.close().await;
}
