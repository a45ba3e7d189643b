use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;

use super::{chair, each, open};

const SET: &str = "mutation($input: MetafieldsSetInput!) { metafieldsSet(input: $input) { metafields { namespace key kind value jsonValue public version } userErrors { code message field } } }";
const DELETE: &str = "mutation($input: MetafieldsDeleteInput!) { metafieldsDelete(input: $input) { metafields { key value } userErrors { code } } }";

fn rating(owner: &Value, value: &str) -> Value {
    json!({ "ownerId": owner, "namespace": "reviews", "key": "rating", "kind": "DECIMAL", "value": value, "public": true })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn apps_keep_values_with_products_and_variants_and_shoppers_see_public_ones() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let chair = chair(&staff).await;
    let (id, variant) = (&chair["id"], each(&chair, "id")[0]);
    let hidden =
        json!({ "ownerId": id, "namespace": "erp", "key": "cost", "kind": "JSON", "value": "{\"minor\": 4200}" });
    let input = json!({ "metafields": [rating(id, "4.50"), hidden, rating(variant, "5")] });
    let payload = staff.done(SET, json!({ "input": input })).await;
    assert_eq!(payload["metafields"][0]["value"], "4.5");
    assert_eq!(payload["metafields"][1]["jsonValue"], json!({ "minor": 4200 }));
    let query = "{ product(slug: \"oak-chair\") {
        metafield(namespace: \"reviews\", key: \"rating\") { value } cost: metafield(namespace: \"erp\", key: \"cost\") { value }
        metafields(first: 10) { nodes { namespace key } pageInfo { hasNextPage } } one: metafields(first: 1) { nodes { key } pageInfo { hasNextPage endCursor } }
        variants { metafield(namespace: \"reviews\", key: \"rating\") { value } } } }";
    let seen = guest.data(query, json!({})).await["product"].take();
    assert_eq!(
        (&seen["metafield"]["value"], &seen["cost"]),
        (&json!("4.5"), &Value::Null)
    );
    assert_eq!(
        seen["metafields"]["nodes"],
        json!([{ "namespace": "reviews", "key": "rating" }])
    );
    assert_eq!(
        (
            &seen["variants"][0]["metafield"]["value"],
            &seen["variants"][1]["metafield"]
        ),
        (&json!("5"), &Value::Null)
    );
    let all = staff.data(query, json!({})).await["product"].take();
    assert_eq!(all["metafields"]["nodes"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&all["one"]["nodes"][0]["key"], &all["one"]["pageInfo"]["hasNextPage"]),
        (&json!("cost"), &json!(true))
    );
    let next = "query($after: String!) { product(slug: \"oak-chair\") { metafields(first: 5, after: $after) { nodes { key } } } }";
    let next = staff
        .data(next, json!({ "after": all["one"]["pageInfo"]["endCursor"] }))
        .await;
    assert_eq!(next["product"]["metafields"]["nodes"], json!([{ "key": "rating" }]));

    let names = json!([{ "ownerId": id, "namespace": "erp", "key": "cost" }, { "ownerId": id, "namespace": "erp", "key": "none" }]);
    let gone = staff.done(DELETE, json!({ "input": { "metafields": names } })).await;
    assert_eq!(
        gone["metafields"],
        json!([{ "key": "cost", "value": "{\"minor\":4200}" }])
    );
    assert_eq!(staff.data(query, json!({})).await["product"]["cost"], Value::Null);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_version_that_was_expected_is_compared_and_all_are_set_or_none() {
    let (shop, staff) = open().await;
    let chair = chair(&staff).await;
    let id = &chair["id"];
    let with = |value: &str, version: Value| {
        let mut field = rating(id, value);
        field["expectedVersion"] = version;
        json!({ "input": { "metafields": [field] } })
    };
    let first = staff.done(SET, with("1", Value::Null)).await;
    assert_eq!(first["metafields"][0]["version"], 1);
    assert_eq!(staff.refusals(SET, with("2", Value::Null)).await, ["VERSION_CONFLICT"]);
    assert_eq!(staff.refusals(SET, with("2", json!(7))).await, ["VERSION_CONFLICT"]);
    let second = staff.done(SET, with("2", json!(1))).await;
    assert_eq!(second["metafields"][0]["version"], 2);
    let same = staff.done(SET, with("2", json!(2))).await;
    assert_eq!(
        same["metafields"][0]["version"], 2,
        "what changes nothing is no new version"
    );

    let bad = json!({ "ownerId": id, "namespace": "no space", "key": "", "kind": "INTEGER", "value": "1.5" });
    let payload = staff
        .payload(
            SET,
            json!({ "input": { "metafields": [rating(id, "9"), bad, rating(id, "8")] } }),
        )
        .await;
    let fields: Vec<_> = payload["userErrors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].to_string())
        .collect();
    assert_eq!(
        fields,
        [
            r#"["input","metafields","1","namespace"]"#,
            r#"["input","metafields","1","key"]"#,
            r#"["input","metafields","1","value"]"#,
            r#"["input","metafields","2","key"]"#,
        ]
    );
    let kept = staff
        .data(
            "{ product(slug: \"oak-chair\") { metafield(namespace: \"reviews\", key: \"rating\") { value } } }",
            json!({}),
        )
        .await;
    assert_eq!(kept["product"]["metafield"]["value"], "2");
    let many: Vec<_> = (0..26)
        .map(|n| json!({ "ownerId": id, "namespace": "n", "key": n.to_string(), "kind": "TEXT", "value": "x" }))
        .collect();
    assert_eq!(
        staff.refusals(SET, json!({ "input": { "metafields": many } })).await,
        ["INVALID"]
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_right_is_that_of_the_thing() {
    let (shop, staff) = open().await;
    let packer = shop.staff(StaffRole::Fulfilment).await;
    let guest = shop.guest();
    let variant = guest.variant("orrin-stone-lamp", "LMP-ORRN").await;
    let placed = guest.buy(&[(&variant, 1)], "tok_approve").await;
    shop.settle().await;
    let customer = shop.customer("ada@example.com").await;
    let me = customer.data("{ viewer { id } }", json!({})).await["viewer"]["id"].take();
    let set = |owner: &Value| json!({ "input": { "metafields": [rating(owner, "1")] } });
    let (order, product) = (json!(placed.id), json!(variant));
    packer.done(SET, set(&order)).await;
    staff.done(SET, set(&me)).await;
    for (who, owner, code) in [
        (&packer, &product, "FORBIDDEN"),
        (&packer, &me, "FORBIDDEN"),
        (&customer, &me, "FORBIDDEN"),
        (&guest, &order, "UNAUTHENTICATED"),
        (&staff, &json!("loc_00000000000000000000000007"), "NOT_FOUND"),
        (&staff, &json!("cat_00000000000000000000000007"), "NOT_FOUND"),
    ] {
        assert_eq!(who.refusals(SET, set(owner)).await, [code], "{owner}");
    }
    let own = customer
        .data("{ viewer { metafields(first: 5) { nodes { value } } } }", json!({}))
        .await;
    assert_eq!(own["viewer"]["metafields"]["nodes"], json!([{ "value": "1" }]));
    let query = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { metafield(namespace: \"reviews\", key: \"rating\") { value } } }";
    let seen = guest
        .data(query, json!({ "id": placed.id, "token": placed.access_token }))
        .await;
    assert_eq!(seen["order"]["metafield"]["value"], "1");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_deleted_is_restored_as_it_was() {
    let (shop, staff) = open().await;
    let chair = chair(&staff).await;
    let name = json!([{ "ownerId": chair["id"], "namespace": "reviews", "key": "rating" }]);
    let names = json!({ "input": { "metafields": name } });
    let restore = "mutation($input: MetafieldsRestoreInput!) { metafieldsRestore(input: $input) {
        metafields { value public version } userErrors { code field } } }";
    let never = staff.payload(restore, names.clone()).await["userErrors"][0].take();
    assert_eq!(
        (&never["code"], &never["field"]),
        (&json!("NOT_FOUND"), &json!(["input", "metafields", "0"]))
    );
    let set = json!({ "input": { "metafields": [rating(&chair["id"], "4.5")] } });
    staff.done(SET, set.clone()).await;
    staff.done(DELETE, names.clone()).await;
    let back = staff.done(restore, names.clone()).await["metafields"].take();
    assert_eq!(back, json!([{ "value": "4.5", "public": true, "version": 2 }]));
    let query = "{ product(slug: \"oak-chair\") { metafield(namespace: \"reviews\", key: \"rating\") { value } } }";
    assert_eq!(
        shop.guest().data(query, json!({})).await["product"]["metafield"]["value"],
        "4.5"
    );
    staff.done(DELETE, names.clone()).await;
    staff.done(SET, set).await;
    assert_eq!(staff.payload(restore, names).await["userErrors"][0]["code"], "TAKEN");
    shop.close().await;
}
