//! Collections by hand and by rule, as staff make them and shoppers see them.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

const CREATE: &str =
    "mutation($input: CollectionCreateInput!) { collectionCreate(input: $input) { collection { id slug title published
    version rule { match conditions { tag categoryId priceTo { amount } inStock onSale attribute { name value } } } }
    userErrors { code message field } } }";
const UPDATE: &str = "mutation($input: CollectionUpdateInput!) { collectionUpdate(input: $input) { collection { id slug version published }
    userErrors { code message field } } }";
const ADD: &str =
    "mutation($input: CollectionProductsAddInput!) { collectionProductsAdd(input: $input) { collection { version }
    userErrors { code field } } }";
const REMOVE: &str = "mutation($input: CollectionProductsRemoveInput!) { collectionProductsRemove(input: $input) { collection { version }
    userErrors { code field } } }";
const REORDER: &str = "mutation($input: CollectionProductsReorderInput!) { collectionProductsReorder(input: $input) {
    collection { version } userErrors { code field } } }";
const DELETE: &str = "mutation($input: CollectionDeleteInput!) { collectionDelete(input: $input) { collection { slug } userErrors { code field } } }";
const RESTORE: &str = "mutation($input: CollectionRestoreInput!) { collectionRestore(input: $input) { collection { slug } userErrors { code field } } }";

async fn create(staff: &Client, input: Value) -> Value {
    staff.done(CREATE, json!({ "input": input })).await["collection"].take()
}

/// What a collection holds, in its own order; the search must find the same.
async fn held(client: &Client, slug: &str) -> Vec<String> {
    let query = "query($slug: String!, $where: ProductWhere) {
        collection(slug: $slug) { products(first: 100) { nodes { slug } totalCount } }
        products(first: 100, where: $where, sort: COLLECTION_ORDER) { nodes { slug } }
        productSearch(first: 100, where: $where) { nodes { slug } totalCount } }";
    let variables = json!({ "slug": slug, "where": { "collections": [slug] } });
    let data = client.data(query, variables).await;
    let slugs = |list: &Value| -> Vec<String> {
        let nodes = list["nodes"].as_array().unwrap().iter();
        nodes.map(|node| node["slug"].as_str().unwrap().to_owned()).collect()
    };
    let (held, mut found) = (slugs(&data["collection"]["products"]), slugs(&data["productSearch"]));
    assert_eq!(held, slugs(&data["products"]), "{slug}");
    assert_eq!(data["collection"]["products"]["totalCount"], held.len());
    let mut sorted = held.clone();
    sorted.sort();
    found.sort();
    assert_eq!(sorted, found, "{slug}");
    held
}

async fn product(staff: &Client, slug: &str, more: Value) -> Value {
    let put = "mutation($input: ProductSetInput!) { productSet(input: $input) { product { id variants { id } } userErrors { code message field } } }";
    let mut input = json!({ "slug": slug, "title": format!("The {slug}"), "active": true,
        "variants": [{ "sku": slug.to_uppercase(), "price": "10.00", "onHand": 5 }] });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    staff.done(put, json!({ "input": input })).await["product"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collection_is_picked_by_hand_in_an_order_of_its_own() {
    let shop = TestShop::open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    let mut ids = Vec::new();
    for slug in ["pick-a", "pick-b", "pick-c"] {
        ids.push(product(&staff, slug, json!({})).await["id"].clone());
    }
    let made = create(&staff, json!({ "title": "Picks of the Week" })).await;
    assert_eq!(
        (&made["slug"], &made["rule"]),
        (&json!("picks-of-the-week"), &Value::Null)
    );
    let slug = "picks-of-the-week";
    let named = |ids: &[&Value], version: Option<i32>| json!({ "input": { "id": made["id"], "expectedVersion": version, "productIds": ids } });
    let payload = staff.done(ADD, named(&[&ids[2], &ids[0]], Some(1))).await;
    assert_eq!(payload["collection"]["version"], 2);
    staff.done(ADD, named(&[&ids[0], &ids[1]], None)).await;
    shop.settle().await;
    assert_eq!(held(&guest, slug).await, ["pick-c", "pick-a", "pick-b"]);
    let moves = json!([{ "productId": ids[1], "position": 0 }, { "productId": ids[2], "position": 99 }]);
    staff
        .done(REORDER, json!({ "input": { "id": made["id"], "moves": moves } }))
        .await;
    assert_eq!(held(&guest, slug).await, ["pick-b", "pick-a", "pick-c"]);
    staff.done(REMOVE, named(&[&ids[0]], None)).await;
    shop.settle().await;
    assert_eq!(held(&guest, slug).await, ["pick-b", "pick-c"]);
    // By pages, forward and backward.
    let paged = "query($slug: String!, $first: Int, $after: String, $last: Int, $before: String) { collection(slug: $slug) {
        products(first: $first, after: $after, last: $last, before: $before) { nodes { slug } pageInfo { endCursor startCursor hasNextPage } } } }";
    let first = guest.data(paged, json!({ "slug": slug, "first": 1 })).await["collection"]["products"].take();
    assert_eq!(
        (&first["nodes"][0]["slug"], &first["pageInfo"]["hasNextPage"]),
        (&json!("pick-b"), &json!(true))
    );
    let after = json!({ "slug": slug, "first": 1, "after": first["pageInfo"]["endCursor"] });
    let next = guest.data(paged, after).await["collection"]["products"].take();
    assert_eq!(next["nodes"][0]["slug"], "pick-c");
    let before = json!({ "slug": slug, "last": 1, "before": next["pageInfo"]["startCursor"] });
    assert_eq!(
        guest.data(paged, before).await["collection"]["products"]["nodes"][0]["slug"],
        "pick-b"
    );

    // A facet, with its title, that can be selected.
    let facets = "query($where: ProductWhere) { productSearch(first: 1, where: $where) { facets { kind values { value label count where } } } }";
    let data = guest.data(facets, json!({ "where": { "collections": [slug] } })).await;
    let facets = data["productSearch"]["facets"].as_array().unwrap();
    let facet = facets.iter().find(|facet| facet["kind"] == "COLLECTION").unwrap();
    let chosen = json!({ "value": slug, "label": "Picks of the Week", "count": 2, "where": {} });
    let values = facet["values"].as_array().unwrap();
    assert!(values.contains(&chosen), "{values:?}");
    // The others are offered beside it.
    let adds = json!({ "collections": [slug, "bestsellers"] });
    assert!(values.iter().any(|value| value["where"] == adds), "{values:?}");

    assert_eq!(
        staff.refusals(ADD, named(&[&ids[0]], Some(1))).await,
        ["VERSION_CONFLICT"]
    );
    assert_eq!(staff.refusals(ADD, named(&[&ids[0], &ids[0]], None)).await, ["INVALID"]);
    assert_eq!(staff.refusals(ADD, named(&[], None)).await, ["INVALID"]);
    assert_eq!(
        staff.refusals(ADD, named(&[&json!("prod_x")], None)).await,
        ["NOT_FOUND"]
    );
    let absent = json!({ "input": { "id": made["id"], "moves": [{ "productId": ids[0], "position": 0 }] } });
    assert_eq!(staff.refusals(REORDER, absent).await, ["NOT_FOUND"]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unpublished_or_deleted_collection_is_staffs_alone() {
    let shop = TestShop::open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    let id = product(&staff, "kept", json!({})).await["id"].clone();
    let made = create(&staff, json!({ "title": "Soon", "published": false })).await;
    staff
        .done(ADD, json!({ "input": { "id": made["id"], "productIds": [id] } }))
        .await;
    shop.settle().await;
    let seen = "query($slug: String!, $id: ID!) { collection(slug: $slug) { slug } product(id: $id) { collections { slug } }
        products(first: 1, where: { collections: [$slug] }) { totalCount } productSearch(first: 1, where: { collections: [$slug] }) { totalCount } }";
    let look = async |client: &Client| {
        let data = client.data(seen, json!({ "slug": "soon", "id": id })).await;
        json!([
            data["collection"]["slug"],
            data["product"]["collections"],
            data["products"]["totalCount"],
            data["productSearch"]["totalCount"]
        ])
    };
    assert_eq!(look(&guest).await, json!([null, [], 0, 0]));
    assert_eq!(look(&staff).await, json!(["soon", [{ "slug": "soon" }], 1, 0]));
    let publish = json!({ "input": { "id": made["id"], "published": true } });
    staff.done(UPDATE, publish).await;
    shop.settle().await;
    let open = json!(["soon", [{ "slug": "soon" }], 1, 1]);
    assert_eq!(look(&guest).await, open);

    staff
        .done(DELETE, json!({ "input": { "id": made["id"], "expectedVersion": 3 } }))
        .await;
    shop.settle().await;
    assert_eq!(look(&guest).await, json!([null, [], 0, 0]));
    let list = "query($deleted: Boolean!) { collectionsConnection(first: 10, deleted: $deleted) { nodes { slug } totalCount } }";
    let deleted = staff.data(list, json!({ "deleted": true })).await;
    assert_eq!(
        deleted["collectionsConnection"],
        json!({ "nodes": [{ "slug": "soon" }], "totalCount": 1 })
    );
    let refused = guest.answer(list, json!({ "deleted": true })).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let newer = create(&staff, json!({ "title": "Soon" })).await;
    assert_eq!(newer["slug"], "soon", "a deleted one's slug is free");
    assert_eq!(
        staff.refusals(RESTORE, json!({ "input": { "id": made["id"] } })).await,
        ["TAKEN"]
    );
    staff.done(DELETE, json!({ "input": { "id": newer["id"] } })).await;
    staff.done(RESTORE, json!({ "input": { "id": made["id"] } })).await;
    shop.settle().await;
    assert_eq!(look(&guest).await, open);
    let renamed = json!({ "input": { "id": made["id"], "slug": "now" } });
    staff.done(UPDATE, renamed).await;
    shop.settle().await;
    assert_eq!(held(&guest, "now").await, ["kept"]);
    let old = guest.data("{ collection(slug: \"soon\") { slug } }", json!({})).await;
    assert_eq!(old["collection"]["slug"], "now");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rule_holds_what_matches_it_whatever_changes() {
    let shop = TestShop::open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    // Products join in the order in which their jobs run, which is nobody's promise.
    let held = async |client: &Client, slug: &str| {
        let mut slugs = held(client, slug).await;
        slugs.sort();
        slugs
    };
    let tree = "mutation($input: CategoryCreateInput!) { categoryCreate(input: $input) { category { id } userErrors { code } } }";
    let shoes = staff.done(tree, json!({ "input": { "name": "Shoes" } })).await["category"]["id"].clone();
    staff
        .done(tree, json!({ "input": { "name": "Boots", "parentId": shoes } }))
        .await;
    let boot = product(&staff, "boot", json!({ "category": "boots", "tags": ["summer"] })).await;
    product(
        &staff,
        "sandal",
        json!({ "category": "shoes", "tags": ["summer", "Sale 50%"] }),
    )
    .await;
    let sock = product(
        &staff,
        "sock",
        json!({ "tags": ["winter"], "attributes": [{ "name": "Material", "value": "Own wool" }] }),
    )
    .await;
    let all = json!({ "conditions": [{ "categoryId": shoes }, { "tag": "summer" }, { "inStock": true }, { "priceTo": "10.00" }] });
    let preview =
        "query($rule: CollectionRuleInput!) { collectionRulePreview(rule: $rule) { count products { slug } } }";
    let shown = staff.data(preview, json!({ "rule": all })).await["collectionRulePreview"].take();
    assert_eq!(
        shown,
        json!({ "count": 2, "products": [{ "slug": "sandal" }, { "slug": "boot" }] })
    );
    let made = create(&staff, json!({ "title": "Summer Shoes", "rule": all })).await;
    insta::assert_json_snapshot!("collection_rule", made["rule"], { ".conditions[0].categoryId" => "[category]" });
    let any = json!({ "match": "ANY", "conditions": [{ "titleContains": "SOCK" }, { "tag": "Sale 50%" }] });
    create(&staff, json!({ "title": "Odd", "rule": any })).await;
    let wool =
        json!({ "conditions": [{ "attribute": { "name": "Material", "value": "Own wool" } }, { "onSale": true }] });
    create(&staff, json!({ "title": "Wool", "rule": wool })).await;
    shop.settle().await;
    assert_eq!(held(&guest, "summer-shoes").await, ["boot", "sandal"]);
    assert_eq!(held(&guest, "odd").await, ["sandal", "sock"]);
    assert!(held(&guest, "wool").await.is_empty());

    // A price, stock, a tag, a former price: each is followed.
    let price = "mutation($input: VariantPriceUpdateInput!) { variantPriceUpdate(input: $input) { userErrors { code message field } } }";
    let dearer = json!({ "variantId": boot["variants"][0]["id"], "price": "12.00" });
    staff.done(price, json!({ "input": dearer })).await;
    let reduced = json!({ "variantId": sock["variants"][0]["id"], "price": "8.00",
        "compareAt": "10.00" });
    staff.done(price, json!({ "input": reduced })).await;
    shop.settle().await;
    assert_eq!(held(&guest, "summer-shoes").await, ["sandal"]);
    assert_eq!(held(&guest, "wool").await, ["sock"]);
    product(&staff, "sandal", json!({ "category": "shoes", "tags": ["summer"], "variants": [{ "sku": "SANDAL", "price": "9.00", "onHand": 0 }] })).await;
    shop.settle().await;
    assert!(held(&guest, "summer-shoes").await.is_empty());
    assert_eq!(held(&guest, "odd").await, ["sock"]);
    // The rule itself changes; then the category that it names goes.
    let id = &made["id"];
    let rule = json!({ "conditions": [{ "categoryId": shoes }] });
    staff.done(UPDATE, json!({ "input": { "id": id, "rule": rule } })).await;
    shop.settle().await;
    assert_eq!(held(&guest, "summer-shoes").await, ["boot", "sandal"]);
    assert_eq!(
        staff
            .refusals(ADD, json!({ "input": { "id": id, "productIds": [sock["id"]] } }))
            .await,
        ["INVALID"]
    );
    let delete = "mutation($input: CategoryDeleteInput!) { categoryDelete(input: $input) { userErrors { code } } }";
    staff
        .done(
            delete,
            json!({ "input": { "id": shoes, "branches": "MOVE_TO_PARENT" } }),
        )
        .await;
    shop.settle().await;
    assert!(held(&guest, "summer-shoes").await.is_empty());
    let restore = "mutation($input: CategoryRestoreInput!) { categoryRestore(input: $input) { userErrors { code } } }";
    staff.done(restore, json!({ "input": { "id": shoes } })).await;
    shop.settle().await;
    assert_eq!(held(&guest, "summer-shoes").await, ["sandal"]);
    // Without its rule, what is in it stays, and is picked by hand from then on.
    staff.done(UPDATE, json!({ "input": { "id": id, "rule": null } })).await;
    staff
        .done(ADD, json!({ "input": { "id": id, "productIds": [sock["id"]] } }))
        .await;
    shop.settle().await;
    assert_eq!(held(&guest, "summer-shoes").await, ["sandal", "sock"]);

    for (rule, field) in [
        (json!({ "conditions": [] }), json!(["input", "rule", "conditions"])),
        (
            json!({ "conditions": [{}] }),
            json!(["input", "rule", "conditions", "0"]),
        ),
        (
            json!({ "conditions": [{ "tag": "a", "vendor": "b" }] }),
            json!(["input", "rule", "conditions", "0"]),
        ),
        (
            json!({ "conditions": [{ "tag": " " }] }),
            json!(["input", "rule", "conditions", "0", "tag"]),
        ),
        (
            json!({ "conditions": [{ "priceFrom": "1.234" }] }),
            json!(["input", "rule", "conditions", "0", "priceFrom"]),
        ),
        (
            json!({ "conditions": [{ "categoryId": "cat_01j9zzzzzzzzzzzzzzzzzzzzzz" }] }),
            json!(["input", "rule", "conditions", "0", "categoryId"]),
        ),
    ] {
        let payload = staff
            .payload(CREATE, json!({ "input": { "title": "Bad", "rule": rule } }))
            .await;
        assert_eq!(payload["userErrors"][0]["field"], field, "{payload}");
    }
    shop.close().await;
}
