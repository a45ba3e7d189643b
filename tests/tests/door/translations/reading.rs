//! What shoppers read.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use vitrine_tests::{TestShop, client::http, memory::TestClock, worker::until};

use super::{data, open, product, translate, translate_into};

const LAMP: &str = "query ($slug: String!) { product(slug: $slug) { slug title description seo { title }
    options { name values optionValues { name } } attributes { name value }
    variants { title options { name value } } category { name slug } alternates { locale slug }
    chosen: variantBySelectedOptions(selectedOptions: [{ name: \"Farbe\", value: \"Salbei\" }]) { sku }
    own: variantBySelectedOptions(selectedOptions: [{ name: \"Colour\", value: \"Sage\" }]) { sku } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shopper_reads_what_is_translated_and_else_what_stands_there() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let lamp = product(&guest, "alba-dome-lamp").await;
    let ask = async |language: &str, slug: &str| {
        let found = data(&guest, language, LAMP, json!({ "slug": slug })).await;
        found["product"].clone()
    };
    let own = ask("en", "alba-dome-lamp").await;

    // In the shop's own language nothing is read of translations, however many languages it has; jobs that index it do.
    shop.settle().await;
    let listing = "{ products(first: 3) { nodes { title slug options { name } } } }";
    let mut statements = BTreeMap::new();
    let made = async || {
        shop.shop().showing().forget();
        shop.statements.take_of_answers();
        guest.data(listing, json!({})).await;
        statements = shop.statements.take_of_answers();
        !statements.is_empty()
    };
    until("the listing is made", made).await;
    assert!(
        !statements.keys().any(|sql| sql.contains("translation")),
        "{statements:?}"
    );

    let texts = [
        ("title", "Alba Kuppelleuchte"),
        ("slug", "alba-kuppelleuchte"),
        (
            "descriptionHtml",
            "<p>Eine Kuppel aus Stahl.</p><script>alert(1)</script>",
        ),
    ];
    translate(&staff, &lamp, &texts).await;
    translate_into(&staff, "de-AT", &lamp, &[("title", "Alba Kuppellampe")]).await;
    translate(&staff, "option:Colour", &[("name", "Farbe"), ("value:Sage", "Salbei")]).await;
    translate(&staff, "attribute:Material", &[("value:Steel", "Stahl")]).await;

    let german = ask("de", "alba-kuppelleuchte").await;
    assert_eq!(german["title"], "Alba Kuppelleuchte");
    assert_eq!(german["seo"]["title"], "Alba Kuppelleuchte");
    assert_eq!(german["slug"], "alba-kuppelleuchte");
    assert_eq!(german["description"], "Eine Kuppel aus Stahl.");
    assert_eq!(
        german["options"][0],
        json!({ "name": "Farbe", "values": ["Terracotta", "Salbei", "Black", "Chalk"],
            "optionValues": [{ "name": "Terracotta" }, { "name": "Salbei" }, { "name": "Black" }, { "name": "Chalk" }] })
    );
    assert_eq!(
        german["variants"][1],
        json!({ "title": "Salbei", "options": [{ "name": "Farbe", "value": "Salbei" }] })
    );
    let rest = http().get(format!("{}/api/products/{lamp}", guest.base()));
    let rest = rest.header("accept-language", "de").send().await.unwrap();
    let rest: Value = rest.json().await.unwrap();
    assert_eq!(
        (&rest["variants"][1]["title"], &rest["variants"][1]["options"]),
        (&json!("Salbei"), &german["variants"][1]["options"])
    );
    let materials = german["attributes"].as_array().unwrap().iter();
    let materials: Vec<_> = materials
        .filter(|value| value["name"] == "Material")
        .map(|value| &value["value"])
        .collect();
    assert!(materials.contains(&&json!("Stahl")), "{materials:?}");
    // What is chosen is named as it is shown, or as the shop has it.
    assert_eq!(german["chosen"], german["own"]);
    assert_ne!(german["chosen"], Value::Null);
    let alternate = |locale: &str, slug: &str| json!({ "locale": locale, "slug": slug });
    let alternates = [
        alternate("en", "alba-dome-lamp"),
        alternate("de", "alba-kuppelleuchte"),
        alternate("de-AT", "alba-kuppelleuchte"),
    ];
    assert_eq!(german["alternates"], json!(alternates));

    // A region has what it says otherwise, and else its language.
    let austrian = ask("de-AT", "alba-dome-lamp").await;
    assert_eq!(
        (&austrian["title"], &austrian["slug"]),
        (&json!("Alba Kuppellampe"), &json!("alba-kuppelleuchte"))
    );
    // The own language is as it was; the other's slug leads there, too.
    let again = ask("en", "alba-kuppelleuchte").await;
    for field in ["title", "slug", "description", "options", "attributes", "variants"] {
        assert_eq!(again[field], own[field], "{field}");
    }
    // Those who work here see what stands in the rows that they change.
    let seen = data(&staff, "de", LAMP, json!({ "slug": "alba-dome-lamp" })).await;
    assert_eq!(seen["product"]["title"], "Alba Dome Lamp");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kept_answer_is_dropped_by_a_translation_that_it_shows() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let lamp = product(&guest, "alba-dome-lamp").await;
    let title = async || {
        let query = "{ product(slug: \"alba-dome-lamp\") { title } }";
        data(&guest, "de", query, json!({})).await["product"]["title"].clone()
    };
    assert_eq!(
        (title().await, title().await),
        (json!("Alba Dome Lamp"), json!("Alba Dome Lamp"))
    );
    for text in ["Alba Kuppelleuchte", "Alba Kuppellampe"] {
        translate(&staff, &lamp, &[("title", text)]).await;
        assert_eq!((title().await, title().await), (json!(text), json!(text)));
    }
    let remove = "mutation ($input: TranslationsRemoveInput!) { translationsRemove(input: $input) { translatable { title } userErrors { code } } }";
    staff
        .done(remove, json!({ "input": { "of": lamp, "locale": "de" } }))
        .await;
    assert_eq!(title().await, "Alba Dome Lamp");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_around_the_goods_is_translated_too() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let ids = "{ lighting: category(slug: \"lighting\") { id } collection(slug: \"bestsellers\") { id } }";
    let ids = guest.data(ids, json!({})).await;
    let id = |name: &str| ids[name]["id"].as_str().unwrap().to_owned();
    let texts = [
        ("name", "Leuchten"),
        ("slug", "leuchten"),
        ("description", "Warmes Licht."),
    ];
    translate(&staff, &id("lighting"), &texts).await;
    translate(&staff, &id("collection"), &[("title", "Beliebt"), ("slug", "beliebt")]).await;
    let page =
        "mutation ($input: PageCreateInput!) { pageCreate(input: $input) { page { id } userErrors { code message } } }";
    let input =
        json!({ "input": { "title": "About us", "bodyHtml": "<p>Hello.</p>", "published": true, "kind": "PAGE" } });
    let page = staff.done(page, input).await["page"]["id"].as_str().unwrap().to_owned();
    translate(&staff, &page, &[("title", "Über uns"), ("bodyHtml", "<p>Hallo.</p>")]).await;
    let menu =
        "mutation ($input: MenuCreateInput!) { menuCreate(input: $input) { menu { id } userErrors { code message } } }";
    let input = json!({ "input": { "handle": "footer", "title": "Footer", "items": [
        { "title": "Help", "items": [{ "title": "About us", "url": "/pages/about-us" }] }] } });
    let menu = staff.done(menu, input).await["menu"]["id"].as_str().unwrap().to_owned();
    translate(
        &staff,
        &menu,
        &[("value:Help", "Hilfe"), ("value:About us", "Über uns")],
    )
    .await;
    translate(&staff, "payment:simulated", &[("title", "Probekarte")]).await;
    let zones = "{ shippingZones { methods { id name } } }";
    let zones = staff.data(zones, json!({})).await;
    let method = zones["shippingZones"][0]["methods"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    translate(&staff, &method, &[("name", "Standardversand")]).await;
    translate(&staff, "tax:VAT", &[("name", "MwSt.")]).await;
    let pot = staff.sell("POT-1", "10.00", 5).await;
    let cart = guest.cart_with(&[(&pot, 1)]).await["id"].take();
    let taxes = "query ($id: ID!) { cart(id: $id) { cost { taxes { name } } } }";
    for (language, name) in [("de", "MwSt."), ("en", "VAT")] {
        let shown = data(&guest, language, taxes, json!({ "id": cart })).await;
        assert_eq!(shown["cart"]["cost"]["taxes"], json!([{ "name": name }]), "{language}");
    }
    // By REST as well.
    let placed = guest.buy(&[(&pot, 1)], "tok_approve").await;
    shop.settle().await;
    let tax = async |language: &str| {
        let request = http().get(format!("{}/api/orders/{}", guest.base(), placed.id));
        let request = request.header("accept-language", language);
        let answer = request.header("order-access-token", &placed.access_token);
        let mut order: Value = answer.send().await.unwrap().json().await.unwrap();
        order["totals"]["taxes"][0]["name"].take()
    };
    assert_eq!((tax("de").await, tax("en").await), (json!("MwSt."), json!("VAT")));

    let query = "{ category(slug: \"leuchten\") { name slug description products(first: 50) { nodes { slug } } }
        collection(slug: \"beliebt\") { title slug } page(handle: \"about-us\") { title bodyHtml }
        menu(handle: \"footer\") { items { title items { title } } }
        shop { paymentMethods { name title } shippingMethods(country: \"DE\") { name } }
        filtered: products(first: 50, where: { categories: [\"leuchten\"], collections: [\"beliebt\"] }) { nodes { slug } } }";
    let german = data(&guest, "de", query, json!({})).await;
    assert_eq!(german["category"]["name"], "Leuchten");
    assert_eq!(german["category"]["slug"], "leuchten");
    assert!(!german["category"]["products"]["nodes"].as_array().unwrap().is_empty());
    assert!(!german["filtered"]["nodes"].as_array().unwrap().is_empty());
    assert_eq!(german["collection"], json!({ "title": "Beliebt", "slug": "beliebt" }));
    assert_eq!(
        german["page"],
        json!({ "title": "Über uns", "bodyHtml": "<p>Hallo.</p>" })
    );
    assert_eq!(
        german["menu"]["items"],
        json!([{ "title": "Hilfe", "items": [{ "title": "Über uns" }] }])
    );
    let methods = german["shop"]["paymentMethods"].as_array().unwrap();
    assert!(
        methods.contains(&json!({ "name": "simulated", "title": "Probekarte" })),
        "{methods:?}"
    );
    let shipping = german["shop"]["shippingMethods"].to_string();
    assert!(shipping.contains("Standardversand"), "{shipping}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_shop_speaks_german_and_japanese() {
    let mut shop = TestShop::open_on(|_| {}, TestClock::default(), async |_| {}).await;
    vitrine_demo::set_up(shop.shop()).await.unwrap();
    vitrine_demo::open_discounts(shop.shop()).await.unwrap();
    vitrine_demo::open_pages(shop.shop()).await.unwrap();
    let query = "{ shop { policies { title } paymentMethods { title } locales shippingMethods(country: \"DE\") { name description } }
        menu(handle: \"footer\") { items { title } }
        product(slug: \"alba-dome-lamp\") { title options { name values } category { name } attributes { name value } } }";
    let german = data(&shop.guest(), "de", query, json!({})).await;
    let policies = german["shop"]["policies"].to_string();
    assert!(
        policies.contains("Widerrufsrecht") && policies.contains("Impressum"),
        "{policies}"
    );
    assert_eq!(german["menu"]["items"], json!([{ "title": "Über uns" }]));
    assert_eq!(german["shop"]["paymentMethods"][0]["title"], "Karte");
    assert_eq!(german["shop"]["locales"], json!(["en", "de", "ja"]));
    let lamp = &german["product"];
    assert_eq!(
        (&lamp["title"], &lamp["category"]["name"]),
        (&json!("Alba Kuppelleuchte"), &json!("Tisch- & Stehleuchten"))
    );
    assert_eq!(
        lamp["options"],
        json!([{ "name": "Farbe", "values": ["Terrakotta", "Salbei", "Schwarz", "Kreide"] }])
    );
    assert!(
        lamp["attributes"]
            .as_array()
            .unwrap()
            .contains(&json!({ "name": "Raum", "value": "Wohnzimmer" }))
    );
    let express = json!({ "name": "Expressversand", "description": "Am nächsten Werktag" });
    assert!(german["shop"]["shippingMethods"].as_array().unwrap().contains(&express));
    let japanese = data(&shop.guest(), "ja", query, json!({})).await;
    let express = json!({ "name": "速達配送", "description": "翌営業日" });
    assert!(
        japanese["shop"]["shippingMethods"]
            .as_array()
            .unwrap()
            .contains(&express)
    );
    assert_eq!(
        (
            &japanese["product"]["title"],
            &japanese["shop"]["paymentMethods"][0]["title"],
            &japanese["menu"]["items"][0]["title"]
        ),
        (&json!("Alba ドームランプ"), &json!("カード"), &json!("当店について"))
    );
    let own = data(&shop.guest(), "en", query, json!({})).await;
    assert_eq!(own["product"]["title"], "Alba Dome Lamp");
    shop.work();
    shop.settle().await;
    shop.close().await;
}
