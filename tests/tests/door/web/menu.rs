//! What stands above and beneath every page: the shop's own menus, its languages, and where it sends to.

use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, shopper::Shopper};

const MENU: &str = "mutation($input: MenuCreateInput!) { menuCreate(input: $input) { menu { id } userErrors { code field message } } }";
const UPDATE: &str =
    "mutation($input: ShopUpdateInput!) { shopUpdate(input: $input) { shop { locales } userErrors { code message } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_menu_main_takes_the_place_of_the_categories() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let lamp = staff
        .data("{ product(slug: \"alba-dome-lamp\") { id } }", json!({}))
        .await;
    let mut shopper = Shopper::new(&shop);
    let header = |shopper: &Shopper| {
        let html = shopper.html.replace("&#x2f;", "/");
        html.split("</header>").next().expect("a header").to_owned()
    };
    assert!(header(shopper.open("/cart").await).contains("/categories/lighting"));
    let items = json!([
        { "title": "Sale", "url": "/search?sort=cheapest" },
        { "title": "Rooms", "items": [{ "title": "A lamp", "targetId": lamp["product"]["id"] }] },
    ]);
    let input = json!({ "title": "Main", "handle": "main", "items": items });
    staff.done(MENU, json!({ "input": input })).await;
    let main = header(shopper.open("/cart").await);
    assert!(!main.contains("/categories/lighting"), "{main}");
    assert!(
        main.contains("href=\"/search?sort=cheapest\"") && main.contains("Rooms"),
        "{main}"
    );
    assert!(main.contains("href=\"/products/alba-dome-lamp\""), "{main}");

    let items = json!([{ "title": "The lamp", "targetId": lamp["product"]["id"] }]);
    let input = json!({ "title": "Footer", "handle": "footer", "items": items });
    staff.done(MENU, json!({ "input": input })).await;
    shopper.open("/cart").await.expect("The lamp");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_languages_and_countries_of_the_shop_are_offered() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    staff
        .done(UPDATE, json!({ "input": { "locales": ["en", "de"] } }))
        .await;
    let mut shopper = Shopper::new(&shop);
    shopper.open("/cart").await.expect("/language/de");
    assert!(!shopper.html.contains("language&#x2f;ja") && !shopper.html.contains("/language/ja"));
    shopper.expect("Germany · EUR");
    // Those that it sends to, by name.
    shopper.open("/market").await.expect(">Austria</a>");
    shopper.expect("aria-current=\"true\">Germany</a>");
    shop.close().await;
}
