//! Products go and come back, and others stand beside them.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

const DELETE: &str =
    "mutation($input: ProductDeleteInput!) { productDelete(input: $input) { product { id slug status deletedAt
    variants { sku } } userErrors { code message field } } }";
const DELETE_MANY: &str = "mutation($input: ProductsDeleteInput!) { productsDelete(input: $input) { products { slug } userErrors { code field } } }";
const RESTORE: &str =
    "mutation($input: ProductRestoreInput!) { productRestore(input: $input) { product { slug status deletedAt version
    variants { sku availableQuantity price { amount } } } userErrors { code field } } }";
const RELATE: &str =
    "mutation($input: ProductRelationsSetInput!) { productRelationsSet(input: $input) { product { version }
    userErrors { code field } } }";
const PUT: &str = "mutation($input: ProductSetInput!) { productSet(input: $input) { product { id version variants { id } } userErrors { code field } } }";

async fn put(staff: &Client, slug: &str, more: Value) -> Value {
    let mut input = json!({ "slug": slug, "title": slug, "active": true,
        "variants": [{ "sku": slug.to_uppercase(), "price": "5.00", "onHand": 3 }] });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    staff.done(PUT, json!({ "input": input })).await["product"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_product_goes_although_orders_name_it_and_comes_back_as_it_was() {
    let shop = TestShop::open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    let made = put(&staff, "gone", json!({ "title": "Qwzxvk" })).await;
    let collection = "mutation($input: CollectionCreateInput!) { collectionCreate(input: $input) { collection { id } userErrors { code } } }";
    let id = staff.done(collection, json!({ "input": { "title": "Held" } })).await["collection"]["id"].clone();
    let add = "mutation($input: CollectionProductsAddInput!) { collectionProductsAdd(input: $input) { userErrors { code } } }";
    staff
        .done(add, json!({ "input": { "id": id, "productIds": [made["id"]] } }))
        .await;
    let variant = made["variants"][0]["id"].as_str().unwrap();
    let order = guest.buy(&[(variant, 1)], "tok_approve").await;
    let cart = guest.cart_with(&[(variant, 1)]).await;
    shop.settle().await;

    let stale = json!({ "input": { "id": made["id"], "expectedVersion": 7 } });
    assert_eq!(staff.refusals(DELETE, stale).await, ["VERSION_CONFLICT"]);
    let gone = staff
        .done(DELETE, json!({ "input": { "id": made["id"], "expectedVersion": 1 } }))
        .await["product"]
        .take();
    assert_eq!(
        json!([
            gone["slug"],
            gone["status"],
            gone["variants"],
            gone["deletedAt"].is_string()
        ]),
        json!(["gone", "ARCHIVED", [{ "sku": "GONE" }], true])
    );
    shop.settle().await;
    let look = "query($id: ID!, $cart: ID!) { product(id: $id) { slug } bySlug: product(slug: \"gone\") { slug }
        collection(slug: \"held\") { products(first: 5) { totalCount } } productSearch(query: \"Qwzxvk\", first: 5) { totalCount }
        products(first: 100) { nodes { slug } } cart(id: $cart) { problems { code } } }";
    let variables = json!({ "id": made["id"], "cart": cart["id"] });
    let seen = guest.data(look, variables.clone()).await;
    assert_eq!(
        json!([
            seen["product"],
            seen["bySlug"],
            seen["collection"],
            seen["productSearch"]["totalCount"]
        ]),
        json!([null, null, { "products": { "totalCount": 0 } }, 0])
    );
    assert_eq!(seen["cart"]["problems"][0]["code"], "NOT_FOR_SALE");
    let staff_sees = staff.data(look, variables.clone()).await;
    assert_eq!(staff_sees["product"]["slug"], "gone", "by its id, to restore it");
    let listed = |seen: &Value| {
        seen["products"]["nodes"]
            .as_array()
            .unwrap()
            .contains(&json!({ "slug": "gone" }))
    };
    assert!(!listed(&seen) && !listed(&staff_sees));
    let deleted = "{ products(first: 5, deleted: true) { nodes { slug } } }";
    assert_eq!(
        staff.data(deleted, json!({})).await["products"]["nodes"],
        json!([{ "slug": "gone" }])
    );
    let refused = guest.answer(deleted, json!({})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let line = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { lines { sku title } } }";
    let kept = guest
        .data(line, json!({ "id": order.id, "token": order.access_token }))
        .await;
    assert_eq!(kept["order"]["lines"], json!([{ "sku": "GONE", "title": "Qwzxvk" }]));
    // Nobody changes what is deleted.
    let update = "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { userErrors { code } } }";
    let revive = json!({ "input": { "id": made["id"], "status": "ACTIVE" } });
    assert_eq!(staff.refusals(update, revive).await, ["NOT_FOUND"]);

    // Somebody takes its slug and its SKU, and gives them back.
    let newer = put(&staff, "gone", json!({})).await;
    assert_ne!(newer["id"], made["id"]);
    let restore = json!({ "input": { "id": made["id"] } });
    assert_eq!(staff.refusals(RESTORE, restore.clone()).await, ["TAKEN"]);
    let renamed = json!({ "input": { "id": made["id"], "slug": "gone-2" } });
    assert_eq!(staff.refusals(RESTORE, renamed).await, ["TAKEN"], "its SKU");
    staff.done(DELETE, json!({ "input": { "id": newer["id"] } })).await;
    let back = staff.done(RESTORE, restore.clone()).await["product"].take();
    insta::assert_json_snapshot!("product_restored", &back);
    assert_eq!(staff.done(RESTORE, restore).await["product"], back, "asked again");
    let renamed = json!({ "input": { "id": made["id"], "slug": "gone-3" } });
    assert_eq!(
        staff.refusals(RESTORE, renamed).await,
        ["INVALID"],
        "it is there, under another slug"
    );
    shop.settle().await;
    let seen = guest.data(look, variables).await;
    assert_eq!(
        json!([
            seen["bySlug"]["slug"],
            seen["collection"]["products"]["totalCount"],
            seen["productSearch"]["totalCount"]
        ]),
        json!(["gone", 1, 1])
    );
    let problems = seen["cart"]["problems"].as_array().unwrap();
    assert!(!problems.contains(&json!({ "code": "NOT_FOR_SALE" })), "{problems:?}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demos_goods_go_by_the_hundred() {
    let shop = TestShop::open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    let list = "query { products(first: 100) { nodes { id } totalCount } }";
    let goods = staff.data(list, json!({})).await["products"].take();
    let ids_of = |goods: &Value| -> Vec<Value> {
        let nodes = goods["nodes"].as_array().unwrap().iter();
        nodes.map(|node| node["id"].clone()).collect()
    };
    let mut ids = ids_of(&goods);
    let mut with_a_stranger = ids.clone();
    with_a_stranger.insert(1, json!("prod_01j9zzzzzzzzzzzzzzzzzzzzzz"));
    with_a_stranger.truncate(100);
    let payload = staff
        .payload(DELETE_MANY, json!({ "input": { "ids": with_a_stranger } }))
        .await;
    assert_eq!(
        payload["userErrors"],
        json!([{ "code": "NOT_FOUND", "field": ["input", "ids", "1"] }])
    );
    assert_eq!(
        staff.data(list, json!({})).await["products"]["totalCount"],
        goods["totalCount"],
        "none is gone"
    );
    while !ids.is_empty() {
        staff.done(DELETE_MANY, json!({ "input": { "ids": ids } })).await;
        ids = ids_of(&staff.data(list, json!({})).await["products"]);
    }
    shop.settle().await;
    let empty = guest
        .data(
            "{ products(first: 1) { totalCount } productSearch(first: 1) { totalCount } }",
            json!({}),
        )
        .await;
    assert_eq!(
        empty,
        json!({ "products": { "totalCount": 0 }, "productSearch": { "totalCount": 0 } })
    );
    assert_eq!(
        staff.refusals(DELETE_MANY, json!({ "input": { "ids": [] } })).await,
        ["INVALID"]
    );
    let many = vec![ids_of(&goods)[0].clone(); 101];
    assert_eq!(
        staff.refusals(DELETE_MANY, json!({ "input": { "ids": many } })).await,
        ["INVALID"]
    );
    let fulfilment = shop.staff(StaffRole::Fulfilment).await;
    assert_eq!(
        fulfilment
            .refusals(DELETE_MANY, json!({ "input": { "ids": ids } }))
            .await,
        ["FORBIDDEN"]
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_stands_beside_a_product_is_chosen_or_stands_near() {
    let shop = TestShop::open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    let mut ids = Vec::new();
    for (slug, category) in [
        ("n-1", "near"),
        ("n-2", "near"),
        ("n-3", "near"),
        ("f-1", "far"),
        ("f-2", "far"),
    ] {
        ids.push(put(&staff, slug, json!({ "category": category })).await["id"].clone());
    }
    put(&staff, "n-draft", json!({ "category": "near", "active": false })).await;
    shop.settle().await;
    let related = async |kind: &str| {
        let query = "query($id: ID!, $kind: ProductRelationKind!) { product(id: $id) { relatedProducts(kind: $kind, first: 3) { slug } } }";
        let data = guest.data(query, json!({ "id": ids[0], "kind": kind })).await;
        let found = data["product"]["relatedProducts"].as_array().unwrap().iter();
        found
            .map(|node| node["slug"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(related("RELATED").await, ["n-3", "n-2"]);
    assert!(related("COMPLEMENTARY").await.is_empty());
    let set = |kind: &str, related: &[&Value], version: Option<i32>| json!({ "input": { "productId": ids[0], "kind": kind, "productIds": related, "expectedVersion": version } });
    let payload = staff.done(RELATE, set("RELATED", &[&ids[4], &ids[1]], Some(1))).await;
    assert_eq!(payload["product"]["version"], 2);
    staff.done(RELATE, set("COMPLEMENTARY", &[&ids[3]], Some(2))).await;
    assert_eq!(related("RELATED").await, ["f-2", "n-2", "n-3"]);
    let chosen = "query($id: ID!) { product(id: $id) { chosenRelatedProducts { slug } } }";
    let told = staff.data(chosen, json!({ "id": ids[0] })).await["product"].take();
    assert_eq!(
        told["chosenRelatedProducts"],
        json!([{ "slug": "f-2" }, { "slug": "n-2" }])
    );
    let told = guest.answer(chosen, json!({ "id": ids[0] })).await;
    assert_eq!(told["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    assert_eq!(related("COMPLEMENTARY").await, ["f-1"]);
    staff.done(DELETE, json!({ "input": { "id": ids[4] } })).await;
    assert_eq!(related("RELATED").await, ["n-2", "n-3"]);
    staff.done(RELATE, set("COMPLEMENTARY", &[], None)).await;
    assert!(related("COMPLEMENTARY").await.is_empty());

    assert_eq!(
        staff.refusals(RELATE, set("RELATED", &[&ids[1]], Some(1))).await,
        ["VERSION_CONFLICT"]
    );
    assert_eq!(
        staff.refusals(RELATE, set("RELATED", &[&ids[0]], None)).await,
        ["INVALID"]
    );
    assert_eq!(
        staff.refusals(RELATE, set("RELATED", &[&ids[1], &ids[1]], None)).await,
        ["INVALID"]
    );
    assert_eq!(
        staff.refusals(RELATE, set("RELATED", &[&ids[4]], None)).await,
        ["NOT_FOUND"]
    );
    shop.close().await;
}
