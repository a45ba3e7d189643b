//! What the shop says of itself: pages, policies and menus.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

const CREATE: &str = "mutation($input: PageCreateInput!) { pageCreate(input: $input) {
    page { id kind handle title bodyHtml published version currentVersion { id number } } userErrors { code field message } } }";
const UPDATE: &str = "mutation($input: PageUpdateInput!) { pageUpdate(input: $input) {
    page { id handle title bodyHtml published version currentVersion { id number } } userErrors { code field message } } }";
const DELETE: &str = "mutation($input: PageDeleteInput!) { pageDelete(input: $input) {
    page { id deletedAt } userErrors { code field message } } }";
const RESTORE: &str = "mutation($input: PageRestoreInput!) { pageRestore(input: $input) {
    page { id handle deletedAt } userErrors { code field message } } }";
const MENU: &str = "mutation($input: MenuCreateInput!) { menuCreate(input: $input) {
    menu { id handle version items { title url targetId items { title } } } userErrors { code field message } } }";

async fn write(staff: &Client, input: Value) -> Value {
    staff.done(CREATE, json!({ "input": input })).await["page"].clone()
}

async fn found(client: &Client, handle: &str) -> Value {
    let query = "query($handle: String!) { page(handle: $handle) { id title bodyHtml } }";
    client.data(query, json!({ "handle": handle })).await["page"].clone()
}

#[tokio::test]
async fn staff_write_pages_and_shoppers_read_what_is_published() {
    let shop = TestShop::open().await;
    let (staff, guest) = (shop.staff(StaffRole::Administrator).await, shop.guest());
    let about = json!({ "title": "About us", "bodyHtml": "<p onclick=x>Hi</p><script>alert(1)</script>" });
    let page = write(&staff, about).await;
    assert_eq!(
        (&page["handle"], &page["bodyHtml"]),
        (&json!("about-us"), &json!("<p>Hi</p>"))
    );
    assert_eq!(found(&guest, "about-us").await["id"], page["id"]);

    let hidden = write(&staff, json!({ "title": "Soon", "bodyHtml": "", "published": false })).await;
    assert_eq!(found(&guest, "soon").await, Value::Null);
    let node = "query($id: ID!) { node(id: $id) { id } }";
    assert_eq!(
        guest.data(node, json!({ "id": hidden["id"] })).await["node"],
        Value::Null
    );
    assert_eq!(
        staff.data(node, json!({ "id": hidden["id"] })).await["node"]["id"],
        hidden["id"]
    );
    let list = "{ pages(first: 10) { nodes { handle } } }";
    assert_eq!(
        guest.data(list, json!({})).await["pages"]["nodes"],
        json!([{ "handle": "about-us" }])
    );
    assert_eq!(
        staff.data(list, json!({})).await["pages"]["nodes"]
            .as_array()
            .unwrap()
            .len(),
        2
    );

    let packer = shop.staff(StaffRole::Fulfilment).await;
    for client in [&guest, &packer] {
        let refused = client
            .refusals(CREATE, json!({ "input": { "title": "x", "bodyHtml": "" } }))
            .await;
        assert!(["UNAUTHENTICATED", "FORBIDDEN"].contains(&&*refused[0]), "{refused:?}");
    }
    shop.close().await;
}

#[tokio::test]
async fn every_text_is_kept_and_comes_back() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let page = write(
        &staff,
        json!({ "title": "Terms", "kind": "TERMS", "bodyHtml": "<p>one</p>" }),
    )
    .await;
    let (id, first) = (&page["id"], &page["currentVersion"]["id"]);
    let change = |changes: Value| {
        let mut input = json!({ "id": id });
        input
            .as_object_mut()
            .unwrap()
            .extend(changes.as_object().unwrap().clone());
        json!({ "input": input })
    };
    let changed = staff
        .done(
            UPDATE,
            change(json!({ "bodyHtml": "<p>two</p>", "expectedVersion": 1 })),
        )
        .await;
    assert_eq!(changed["page"]["currentVersion"]["number"], 2);
    let unseen = staff
        .refusals(UPDATE, change(json!({ "title": "T", "expectedVersion": 1 })))
        .await;
    assert_eq!(unseen, ["VERSION_CONFLICT"]);
    // What changes no text writes none.
    let hidden = staff
        .done(UPDATE, change(json!({ "published": false, "title": "Terms" })))
        .await;
    assert_eq!(hidden["page"]["currentVersion"]["number"], 2);
    assert_eq!(hidden["page"]["version"], 3);

    let back = "mutation($input: PageVersionRestoreInput!) { pageVersionRestore(input: $input) {
        page { bodyHtml currentVersion { number } } userErrors { code } } }";
    let back = staff.done(back, json!({ "input": { "versionId": first } })).await;
    assert_eq!(
        back["page"],
        json!({ "bodyHtml": "<p>one</p>", "currentVersion": { "number": 3 } })
    );
    let all = "query($id: ID!) { page(id: $id) { versions(first: 10) { nodes { number bodyHtml createdBy } } } }";
    let all = staff.data(all, json!({ "id": id })).await["page"]["versions"]["nodes"].clone();
    let texts: Vec<_> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|text| text["bodyHtml"].as_str().unwrap())
        .collect();
    assert_eq!(texts, ["<p>one</p>", "<p>two</p>", "<p>one</p>"]);
    assert!(all[0]["createdBy"].as_str().unwrap().starts_with("staff_"));

    let second = json!({ "input": { "title": "More terms", "kind": "TERMS", "bodyHtml": "" } });
    assert_eq!(staff.refusals(CREATE, second).await, ["TAKEN"]);
    shop.close().await;
}

#[tokio::test]
async fn a_deleted_page_comes_back_unless_its_place_is_taken() {
    let shop = TestShop::open().await;
    let (staff, guest) = (shop.staff(StaffRole::Administrator).await, shop.guest());
    let page = write(
        &staff,
        json!({ "title": "Shipping", "handle": "shipping", "bodyHtml": "" }),
    )
    .await;
    let this = json!({ "input": { "id": page["id"] } });
    assert!(staff.done(DELETE, this.clone()).await["page"]["deletedAt"].is_string());
    assert_eq!(found(&guest, "shipping").await, Value::Null);
    assert!(staff.done(DELETE, this.clone()).await["page"]["deletedAt"].is_string());
    let deleted = staff
        .data(
            "{ pages(first: 5, where: {deleted: true}) { nodes { id } } }",
            json!({}),
        )
        .await;
    assert_eq!(deleted["pages"]["nodes"], json!([{ "id": page["id"] }]));

    let other = write(
        &staff,
        json!({ "title": "Another", "handle": "shipping", "bodyHtml": "" }),
    )
    .await;
    assert_eq!(staff.refusals(RESTORE, this.clone()).await, ["TAKEN"]);
    staff.done(DELETE, json!({ "input": { "id": other["id"] } })).await;
    assert_eq!(
        staff.done(RESTORE, this.clone()).await["page"]["deletedAt"],
        Value::Null
    );
    assert_eq!(staff.done(RESTORE, this).await["page"]["handle"], "shipping");
    assert_eq!(found(&guest, "shipping").await["id"], page["id"]);
    shop.close().await;
}

#[tokio::test]
async fn an_order_names_the_policies_it_was_placed_under() {
    let shop = TestShop::open().await;
    let (staff, guest) = (shop.staff(StaffRole::Administrator).await, shop.guest());
    let terms = write(
        &staff,
        json!({ "title": "Terms", "kind": "TERMS", "bodyHtml": "<p>one</p>" }),
    )
    .await;
    let imprint = write(
        &staff,
        json!({ "title": "Who we are", "kind": "IMPRINT", "bodyHtml": "" }),
    )
    .await;
    let policies = guest
        .data("{ shop { policies { kind currentVersion { id } } } }", json!({}))
        .await;
    let kinds: Vec<_> = policies["shop"]["policies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|policy| policy["kind"].clone())
        .collect();
    assert_eq!(kinds, ["IMPRINT", "TERMS"]);
    let seen = terms["currentVersion"]["id"].clone();
    let update = json!({ "input": { "id": terms["id"], "bodyHtml": "<p>two</p>" } });
    let new = staff.done(UPDATE, update).await["page"]["currentVersion"]["id"].clone();

    let variant = guest
        .data("{ products(first: 1) { nodes { variants { id } } } }", json!({}))
        .await;
    let variant = variant["products"]["nodes"][0]["variants"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let cart = guest.cart_with(&[(&variant, 1)]).await;
    let cart = guest.check_out(&cart).await["id"].clone();
    let place = "mutation($input: OrderPlaceInput!) { orderPlace(input: $input) {
        order { policies { id title bodyHtml } } userErrors { code field } } }";
    let input = |agreed: Value| {
        json!({ "input": { "cartId": cart, "idempotencyKey": "policies", "paymentMethod": { "token": "tok_approve" },
            "agreedPolicyIds": agreed } })
    };
    assert_eq!(guest.refusals(place, input(json!([seen]))).await, ["POLICY_CHANGED"]);
    // A front end may name all that the shop shows; an order is placed under those that one agrees to.
    let told = imprint["currentVersion"]["id"].clone();
    let placed = guest.done(place, input(json!([new, told]))).await;
    let under = json!([{ "id": new, "title": "Terms", "bodyHtml": "<p>two</p>" }]);
    assert_eq!(placed["order"]["policies"], under);
    // Whatever becomes of the page, the order keeps its text.
    staff.done(DELETE, json!({ "input": { "id": terms["id"] } })).await;
    assert_eq!(guest.done(place, input(Value::Null)).await["order"]["policies"], under);
    shop.close().await;
}

#[tokio::test]
async fn menus_lead_to_what_is_there() {
    let shop = TestShop::open().await;
    let (staff, guest) = (shop.staff(StaffRole::Administrator).await, shop.guest());
    let page = write(&staff, json!({ "title": "About us", "bodyHtml": "" })).await;
    let goods = guest
        .data(
            "{ categories { id } products(first: 1) { nodes { id title } } }",
            json!({}),
        )
        .await;
    let items = json!([
        { "title": "Goods", "targetId": goods["categories"][0]["id"], "items": [
            { "title": "One", "targetId": goods["products"]["nodes"][0]["id"] }, { "title": "Sale", "url": "/sale" } ] },
        { "title": "About", "targetId": page["id"] },
        { "title": "A heading" },
        { "title": "To come", "productSlug": "jug" },
    ]);
    let menu = staff
        .done(MENU, json!({ "input": { "title": "Main", "items": items } }))
        .await;
    assert_eq!(menu["menu"]["handle"], "main");
    let query = "{ menu(handle: \"main\") { items { title url target { __typename ... on Page { handle } }
        items { title url target { ... on Product { title } } } } } }";
    let shown = guest.data(query, json!({})).await["menu"]["items"].clone();
    assert_eq!(shown[0]["target"]["__typename"], "Category");
    assert_eq!(
        shown[0]["items"][0]["target"]["title"],
        goods["products"]["nodes"][0]["title"]
    );
    assert_eq!(shown[0]["items"][1]["url"], "/sale");
    assert_eq!(
        shown[1]["target"],
        json!({ "__typename": "Page", "handle": "about-us" })
    );
    assert_eq!(shown[2]["target"], Value::Null);

    // What is gone leaves shoppers' menus, and stays in staff's, to be mended.
    staff.done(DELETE, json!({ "input": { "id": page["id"] } })).await;
    let titles = "{ menu(handle: \"main\") { items { title } } }";
    let count = |data: Value| data["menu"]["items"].as_array().unwrap().len();
    assert_eq!(count(guest.data(titles, json!({})).await), 2);
    assert_eq!(count(staff.data(titles, json!({})).await), 4);
    let awaited = "{ menu(handle: \"main\") { items { productSlug } } }";
    let awaited = staff.data(awaited, json!({})).await["menu"]["items"][3].take();
    assert_eq!(awaited["productSlug"], "jug");

    let bad = [
        (
            json!([{ "title": "x", "url": "javascript:alert(1)" }]),
            json!(["input", "items", "0", "url"]),
        ),
        (
            json!([{ "title": "x", "url": "/a", "targetId": page["id"] }]),
            json!(["input", "items", "0", "targetId"]),
        ),
        (
            json!([{ "title": "x", "url": "/a", "productSlug": "jug" }]),
            json!(["input", "items", "0", "targetId"]),
        ),
        (
            json!([{ "title": "x", "targetId": "cart_x" }]),
            json!(["input", "items", "0", "targetId"]),
        ),
        (
            json!([{ "title": "x", "items": [{ "title": "" }] }]),
            json!(["input", "items", "0", "items", "0", "title"]),
        ),
    ];
    for (items, field) in bad {
        let refused = staff
            .payload(MENU, json!({ "input": { "title": "Other", "items": items } }))
            .await;
        assert_eq!(refused["userErrors"][0]["field"], field, "{refused}");
    }
    let id = json!({ "input": { "id": menu["menu"]["id"] } });
    let delete = "mutation($input: MenuDeleteInput!) { menuDelete(input: $input) { menu { id } userErrors { code } } }";
    staff.done(delete, id.clone()).await;
    assert_eq!(guest.data(titles, json!({})).await["menu"], Value::Null);
    let restore =
        "mutation($input: MenuRestoreInput!) { menuRestore(input: $input) { menu { id } userErrors { code } } }";
    staff.done(restore, id).await;
    assert_eq!(count(guest.data(titles, json!({})).await), 2);
    shop.close().await;
}
