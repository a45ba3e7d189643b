//! What whoever has just opened a shop does first: put something into stock that was made without, name the goods apart, speak
//! another language, and say what stands at the top of each page.

use reqwest::StatusCode;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, shopper::Shopper};

use super::at_work;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_is_furnished_without_codes() {
    let shop = TestShop::open().await;
    let client = shop.staff(StaffRole::Administrator).await;
    let mut staff = at_work(&shop, "administrator@example.com", "en").await;
    let variant = goods(&mut staff, &client).await;
    stock(&mut staff, &client, &variant).await;
    languages(&mut staff, &client).await;
    menu(&mut staff, &client).await;
    arranged(&mut staff, &client).await;
    let mut shopper = Shopper::new(&shop);
    shopper.open("/cart").await.expect("A jug");
    copied(&mut staff, &client, &variant).await;
    shop.settle().await;
    shop.close().await;
}

/// A product without stock; what cannot be read in its grid is told at each field, and what the API refuses in its own words.
async fn goods(staff: &mut Shopper, client: &Client) -> String {
    staff.open("/admin/products/new").await;
    staff
        .submit("/admin/products/new", &[("title", "A jug"), ("price", "24.90")])
        .await;
    let editor = staff.path.split('?').next().unwrap().to_owned();
    let id = editor.rsplit('/').next().unwrap();
    let asked = "query($id: ID!) { product(id: $id) { allVariants { id } } }";
    let product = client.data(asked, json!({ "id": id })).await["product"].take();
    let variant = product["allVariants"][0]["id"].as_str().expect("a variant").to_owned();
    let grid = format!("{editor}/variants");
    let field = |name: &str| format!("{variant}.{name}");
    let names = ["sku", "price", "weightGrams", "active"].map(field);
    let [sku, price, weight, active] = names.each_ref().map(String::as_str);
    let wrong = [(sku, ""), (price, "free"), (weight, "heavy")];
    staff.submit(&grid, &wrong).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    for name in [sku, price, weight] {
        staff.expect(&format!("id=\"variants-{name}-error\""));
    }
    staff.submit(&grid, &[(sku, "LMP-ALBA-TER"), (price, "24.90")]).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!staff.says("There is no such SKU."), "{}", staff.html);
    staff.expect("LMP-ALBA-TER");
    staff
        .submit(&grid, &[(sku, "JUG"), (price, "24.90"), (active, "yes")])
        .await
        .expect("The variants are saved.");
    staff
        .submit(
            &format!("{editor}/details"),
            &[("title", "A jug"), ("status", "ACTIVE")],
        )
        .await;
    variant
}

/// It begins at any location, for the first unit too.
async fn stock(staff: &mut Shopper, client: &Client, variant: &str) {
    let level = format!("/admin/stock/{variant}");
    staff.open(&level).await;
    staff
        .submit(&level, &[("delta", "7"), ("reason", "first delivery")])
        .await
        .expect("The stock is adjusted.");
    let asked = "query($id: ID!) { variant(id: $id) { availableQuantity } }";
    let found = client.data(asked, json!({ "id": variant })).await;
    assert_eq!(found["variant"]["availableQuantity"], json!(7));
}

async fn languages(staff: &mut Shopper, client: &Client) {
    staff
        .open("/admin/settings")
        .await
        .expect(">Portuguese (Brazil)</option>");
    let chosen = [
        ("defaultLocale", "en"),
        ("locales", "pt-BR"),
        ("shopName", "The Window"),
    ];
    let days = [("MONDAY", "yes")];
    let typed: Vec<_> = chosen.into_iter().chain(days).collect();
    staff.submit("/admin/settings/shop", &typed).await.expect("Saved.");
    staff.expect("name=\"locales\" value=\"pt-BR\" checked");
    let shop = client.data("{ shop { locales } }", json!({})).await["shop"].take();
    assert_eq!(shop["locales"], json!(["en", "pt-BR"]));
}

/// Links to what is chosen, to what is found, and to no script.
async fn menu(staff: &mut Shopper, client: &Client) {
    staff.open("/admin/content").await;
    staff
        .submit("/admin/menus", &[("title", "Top of the page"), ("handle", "main")])
        .await;
    assert_eq!(staff.path, "/admin/menus/main");
    let lighting = client.data("{ category(slug: \"lighting\") { id } }", json!({})).await;
    let lighting = lighting["category"]["id"].as_str().expect("a category").to_owned();
    let named = [("title", "Top of the page"), ("handle", "main")];
    let new = [("new.title", "Lamps"), ("new.to", lighting.as_str())];
    let typed: Vec<_> = named.into_iter().chain(new).collect();
    staff.submit("/admin/menus/main/save", &typed).await.expect("Saved.");
    staff.open("/admin/menus/main?find=jug").await.expect("A jug");
    staff.submit("/admin/menus/main/add", &[]).await.expect("Saved.");

    let rows = [("0.title", "Lamps"), ("0.to", lighting.as_str()), ("1.title", "A jug")];
    let script = [("1.to", "url"), ("1.url", "javascript:alert(1)")];
    let typed: Vec<_> = named.into_iter().chain(rows).chain(script).collect();
    staff.submit("/admin/menus/main/save", &typed).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("id=\"save-1.url-error\"");
}

/// Nested by a button, dropped elsewhere, and taken away; what stood beneath stays.
async fn arranged(staff: &mut Shopper, client: &Client) {
    const SAVE: &str = "/admin/menus/main/save";
    let links = links(client).await;
    let to = |at: usize| links["items"][at]["targetId"].as_str().expect("a target").to_owned();
    let (lamps, jug) = (to(0), to(1));
    let named = [("title", "Top of the page"), ("handle", "main")];
    let rows = [
        ("0.title", "Lamps"),
        ("0.to", lamps.as_str()),
        ("1.title", "A jug"),
        ("1.to", jug.as_str()),
    ];
    let sent = |moves: &'static str| {
        let typed = named.into_iter().chain(rows);
        typed.chain([("move", moves)]).collect::<Vec<_>>()
    };
    staff.open("/admin/menus/main").await;
    staff.submit(SAVE, &sent("in:1")).await.expect("Saved.");
    let nested = self::links(client).await;
    assert_eq!(nested["items"][0]["items"][0]["title"], json!("A jug"));
    staff.submit(SAVE, &sent("remove:0")).await.expect("Saved.");
    let left = self::links(client).await;
    assert_eq!(
        left["items"],
        json!([{ "title": "A jug", "targetId": jug, "items": [] }])
    );

    // Somebody else was faster: nothing of theirs is lost without a word.
    let update = "mutation($input: MenuUpdateInput!) { menuUpdate(input: $input) { userErrors { message } } }";
    let theirs = json!({ "id": left["id"], "items": [{ "title": "Theirs", "url": "/" }] });
    client.done(update, json!({ "input": theirs })).await;
    let mine = [("0.title", "A jug"), ("0.to", jug.as_str())];
    let mine: Vec<_> = named.into_iter().chain(mine).collect();
    staff.submit(SAVE, &mine).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("<b>Theirs</b>");
    staff.submit(SAVE, &mine).await.expect("Saved.");
}

async fn links(client: &Client) -> Value {
    let asked = "{ menu(handle: \"main\") { id items { title targetId items { title } } } }";
    client.data(asked, json!({})).await["menu"].take()
}

/// A product is copied, and the copy is changed in the list, as all that are ticked.
async fn copied(staff: &mut Shopper, client: &Client, variant: &str) {
    const SEVERAL: &str = "/admin/products/several";
    let asked = "query($id: ID!) { variant(id: $id) { product { id } } }";
    let product = client.data(asked, json!({ "id": variant })).await["variant"]["product"]["id"].take();
    let editor = format!("/admin/products/{}", product.as_str().expect("a product"));
    staff.open(&editor).await;
    staff.submit(&format!("{editor}/duplicate"), &[]).await;
    staff.expect("This is the copy");
    let copy = staff
        .path
        .split('?')
        .next()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    assert_ne!(editor, format!("/admin/products/{copy}"));

    staff.open("/admin/products").await;
    staff.submit(SEVERAL, &[("status", "ACTIVE")]).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("Tick products, and choose what changes.");
    let typed = [("product", copy.as_str()), ("status", "ACTIVE"), ("tags", "clay, jug")];
    staff.submit(SEVERAL, &typed).await.expect("The products are changed.");
    let asked = "query($id: ID!) { product(id: $id) { status tags } }";
    let changed = client.data(asked, json!({ "id": copy })).await["product"].take();
    assert_eq!(changed, json!({ "status": "ACTIVE", "tags": ["clay", "jug"] }));
    // Somebody else was faster: it is named, and nothing is overwritten.
    let version = format!("{copy}.version");
    let title = format!("{copy}.title");
    let late = [
        ("product", copy.as_str()),
        (version.as_str(), "1"),
        (title.as_str(), "The copy"),
        ("status", "DRAFT"),
    ];
    staff.submit(SEVERAL, &late).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("The copy: ");
}
