//! The shop as a file: roles, the catalogue's shelves, pages and menus.

use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use vitrine_commerce::{
    Context, Error,
    profile::ShopKind,
    setup::file::{self, Change},
};
use vitrine_entity::{staff_audit, staff_member::StaffRole};
use vitrine_tests::{Client, TestShop, memory::TestClock};

use crate::staff::{hire, own_role};

const FILE: &str = r#"
[[roles]]
handle = "night"
name = "Night shift"
permissions = ["orders", "INVENTORY"]
[[roles]]
handle = "fulfilment"
two_factor_required = true

[[categories]]
path = "garden"
name = "Garden"
description = "Out there."
seo_title = "All for the garden"
picture = { source = "https://cdn.example/garden.jpg", alt = "A garden" }
[[categories]]
path = "garden/pots"
name = "Pots"
[[categories]]
path = "garden/tools"
name = "Tools"
[[categories]]
path = "kitchen"
name = "Kitchen"

[[collections]]
slug = "picked"
title = "Picked"
published = false
products = ["mug-1", "dutch-oven", "spade"]
[[collections]]
slug = "cheap"
title = "Cheap garden goods"
rule = { matching = "all", conditions = [{ category = "garden" }, { price_to = "10.00" }, { attribute = { name = "Material", value = "Oak" } }, { in_stock = true }] }

[[pages]]
handle = "about"
title = "About us"
body_html = "<p>We sell.</p>\n<p>\"Well\", that is.</p>"
[[pages]]
handle = "agb"
policy = "terms"
title = "Terms"
published = false
body_html = "<p>One</p>"

[[menus]]
handle = "main"
title = "Main"
[[menus.items]]
title = "Garden"
category = "garden"
[[menus.items.items]]
title = "Pots"
category = "garden/pots"
[[menus.items]]
title = "More"
[[menus.items.items]]
title = "About"
page = "about"
[[menus.items.items]]
title = "Picked"
collection = "picked"
[[menus.items.items]]
title = "Spade"
product = "spade"
[[menus.items.items]]
title = "Blog"
url = "https://blog.example"
"#;

fn told(changes: &[Change]) -> Vec<String> {
    changes
        .iter()
        .map(|change| change.to_string().replace("\n    ", " | "))
        .collect()
}

async fn apply(shop: &TestShop, text: &str, prune: bool) -> Vec<String> {
    let context = Context::system(shop.shop(), "test");
    let applied = file::apply(shop.shop(), &context, text, prune).await;
    told(&applied.unwrap_or_else(|error| panic!("{error}\n{text}")))
}

async fn export(shop: &TestShop) -> String {
    let context = Context::system(shop.shop(), "test");
    file::export(shop.shop(), &context).await.expect("a file")
}

async fn refusal(shop: &TestShop, text: &str) -> String {
    let context = Context::system(shop.shop(), "test");
    match file::plan(shop.shop(), &context, text, false).await {
        Err(Error::Refused(refusals)) => refusals[0].message.to_string(),
        other => panic!("{text}: {other:?}"),
    }
}

async fn id(client: &Client, kind: &str, slug: &str) -> String {
    let query = format!("{{ found: {kind}(slug: \"{slug}\") {{ id }} }}");
    client.data(&query, json!({})).await["found"]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// Puts a product into a category.
async fn file_in(staff: &Client, product: &str, category: &str) {
    let update =
        "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { userErrors { code message } } }";
    let input =
        json!({ "id": id(staff, "product", product).await, "categoryId": id(staff, "category", category).await });
    staff.done(update, json!({ "input": input })).await;
}

async fn empty() -> TestShop {
    TestShop::open_on(|_| {}, TestClock::default(), async |_| {}).await
}

/// A file makes an empty shop an own one, and another one the same to the byte; what it names and is not there yet
/// is in its place as soon as it comes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_furnishes_an_empty_shop() {
    let mut shop = empty().await;
    let context = Context::system(shop.shop(), "test");
    let planned = file::plan(shop.shop(), &context, FILE, false).await.expect("a plan");
    assert_eq!(shop.shop().profile().kind, ShopKind::New, "a plan changes nothing");
    let applied = apply(&shop, FILE, false).await;
    assert_eq!(told(&planned), applied);
    for line in [
        "+ roles night",
        "~ roles fulfilment | two_factor_required: nothing -> true",
        "+ categories pots",
        "+ collections cheap",
        "+ pages agb",
        "+ menus main",
        "? menus main | product spade: shown as soon as it is there",
    ] {
        assert!(applied.iter().any(|told| told == line), "{line}\n{applied:#?}");
    }
    assert!(
        applied
            .iter()
            .any(|told| told.starts_with("? collections picked | product mug-1: in it as soon"))
    );
    assert_eq!(shop.shop().profile().kind, ShopKind::Own);
    let audited = staff_audit::Entity::find().count(&shop.shop().db).await.unwrap();
    assert_eq!(apply(&shop, FILE, false).await, Vec::<String>::new(), "twice is once");
    assert_eq!(
        staff_audit::Entity::find().count(&shop.shop().db).await.unwrap(),
        audited
    );

    let text = export(&shop).await;
    let other = empty().await;
    apply(&other, &text, false).await;
    assert_eq!(export(&other).await, text);
    assert_eq!(apply(&other, &text, true).await, Vec::<String>::new(), "{text}");
    vitrine_demo::set_up(other.shop()).await.expect("it starts");
    assert_eq!(export(&other).await, text, "a start brings no demo");
    other.abandon().await;

    shop.work();
    let staff = shop.staff(StaffRole::Administrator).await;
    for sku in ["SPADE", "MUG-1"] {
        staff.sell(sku, "5.00", 3).await;
    }
    shop.settle().await;
    let query = r#"{ collection(slug: "picked") { products(first: 9) { nodes { slug } } }
        menu(handle: "main") { items { title target { __typename } items { title url target { __typename } } } } }"#;
    let seen = staff.data(query, json!({})).await;
    assert_eq!(
        seen["collection"]["products"]["nodes"],
        json!([{ "slug": "mug-1" }, { "slug": "spade" }]),
        "in the order of the file"
    );
    assert_eq!(seen["menu"]["items"][1]["items"][2]["target"]["__typename"], "Product");
    let rooms = |text: &str| text.split_once("[[roles]]").unwrap().1.to_owned();
    assert_eq!(
        rooms(&export(&shop).await),
        rooms(&text),
        "what has come is not told otherwise"
    );
    shop.close().await;
}

/// Changes, moves and removals.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_file_no_longer_names_goes_to_its_place() {
    let mut shop = empty().await;
    apply(&shop, FILE, false).await;
    shop.work();
    let staff = shop.staff(StaffRole::Administrator).await;
    staff.sell("SPADE", "5.00", 3).await;
    staff.sell("MUG-1", "5.00", 3).await;
    file_in(&staff, "spade", "tools").await;
    file_in(&staff, "mug-1", "kitchen").await;
    shop.settle().await;

    let changed = r#"
[[roles]]
handle = "day"
permissions = ["ORDERS"]
[[categories]]
path = "pots"
name = "Pots and pans"
[[categories]]
path = "garden"
name = "Garden"
[[collections]]
slug = "cheap"
title = "Cheap"
products = ["spade"]
[[pages]]
handle = "agb"
policy = "terms"
title = "Terms"
body_html = "<p>Two</p>"
[[menus]]
handle = "main"
title = "Main"
[[menus.items]]
title = "Garden"
category = "garden"
"#;
    let applied = apply(&shop, changed, true).await;
    for line in [
        "- roles night",
        "- categories tools",
        "~ categories pots | name: Pots -> Pots and pans | path: garden/pots -> pots",
        "~ categories | order: pots, garden, kitchen",
        "- collections picked",
        "- pages about",
        "~ pages agb | body_html: <p>One</p> -> <p>Two</p> | published: false -> nothing",
        "! categories kitchen | One product is in it, and nothing above it takes that: put it elsewhere first.",
    ] {
        assert!(applied.iter().any(|told| told == line), "{line}\n{applied:#?}");
    }
    assert!(
        !applied.iter().any(|told| told.contains("roles administrator")),
        "{applied:?}"
    );
    shop.settle().await;
    let query = r#"{ tools: product(slug: "spade") { category { slug } } collection(slug: "cheap") { products(first: 9) { nodes { slug } } }
        page(handle: "agb") { versions(first: 5) { nodes { number bodyHtml } } } }"#;
    let seen = staff.data(query, json!({})).await;
    assert_eq!(
        seen["tools"]["category"]["slug"], "garden",
        "its goods went to what it lay beneath"
    );
    assert_eq!(seen["collection"]["products"]["nodes"], json!([{ "slug": "spade" }]));
    assert_eq!(
        seen["page"]["versions"]["nodes"],
        json!([{ "number": 2, "bodyHtml": "<p>Two</p>" }, { "number": 1, "bodyHtml": "<p>One</p>" }])
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_in_a_room_is_told_with_its_line() {
    let shop = TestShop::open().await;
    for (text, message) in [
        (
            "\n[[roles]]\nhandle = 'x'\npermissions = ['ALL']",
            "line 2, roles `x` (permissions): `ALL` is no permission: write some of CATALOG",
        ),
        (
            "[[roles]]\nhandle = 'administrator'\nname = 'Boss'",
            "line 1, roles `administrator` (name): Administrator is a role of every shop",
        ),
        (
            "[[categories]]\npath = 'a/b'\nname = 'B'",
            "line 1, categories `b` (path): `a` is no category: write it in [[categories]], before what names it.",
        ),
        (
            "[[categories]]\npath = 'kitchen/kitchen'\nname = 'B'",
            "line 1, categories `kitchen` (parentId): A category cannot lie beneath itself",
        ),
        (
            "[[collections]]\nslug = 'a'\ntitle = 'A'\nproducts = ['b', 'b']",
            "line 1, collections `a` (products.1): `b` is named twice.",
        ),
        (
            "[[collections]]\nslug = 'a'\ntitle = 'A'\nrule = { matching = 'any', conditions = [{ price_from = 'x' }] }",
            "line 1, collections `a` (rule.conditions.0.price_from): `x` is not a decimal amount",
        ),
        (
            "[[collections]]\nslug = 'a'\ntitle = 'A'\n[collections.rule]\nmatching = 'any'\nconditions = [{ colour = 'x' }]",
            "line 6: unknown variant `colour`",
        ),
        (
            "[[pages]]\nhandle = 'a'\ntitle = 'A'",
            "line 1: missing field `body_html`",
        ),
        (
            "[[menus]]\nhandle = 'a'\ntitle = 'A'\nitems = [{ title = 'x', page = 'nowhere' }]",
            "line 1, menus `a` (items.0.page): `nowhere` is no page: write it in [[pages]].",
        ),
        (
            "[[menus]]\nhandle = 'a'\ntitle = 'A'\nitems = [{ title = 'x', url = '/', product = 'b' }]",
            "line 1, menus `a` (items.0.title): An item leads to one thing",
        ),
    ] {
        let told = refusal(&shop, text).await;
        assert!(told.starts_with(message), "{told}\n{message}");
    }
    // Whoever may not see a room sees it in no file, and changes it by none.
    let staff = shop.staff(StaffRole::Administrator).await;
    let role = own_role(&staff, "Settler", &["SETTINGS"]).await;
    let (settler, _) = hire(&shop, &staff, "settler@example.com", &role).await;
    let text = settler.data("{ shopExport }", json!({})).await["shopExport"].take();
    let text = text.as_str().unwrap();
    assert!(text.contains("[[zones]]") && !text.contains("[[categories]]") && !text.contains("[[roles]]"));
    assert!(
        text.contains("# roles: left out, for whoever exports lacks STAFF."),
        "{text}"
    );
    let plan = "mutation($input: ShopFileInput!) { shopPlan(input: $input) { userErrors { code message } } }";
    let input = json!({ "input": { "text": "[[pages]]\nhandle = 'a'\ntitle = 'A'\nbody_html = ''" } });
    let refused = settler.payload(plan, input).await["userErrors"][0].take();
    assert_eq!(refused["code"], "FORBIDDEN");
    assert!(refused["message"].as_str().unwrap().starts_with("pages: "), "{refused}");
    shop.close().await;
}
