//! What is found and bought in another language.

use sea_orm::EntityTrait;
use serde_json::json;
use vitrine_entity::{order, order_line};
use vitrine_tests::purchase::cart_mutation;

use super::{data, open, product, translate};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_product_is_found_by_what_each_language_calls_it() {
    let (shop, staff) = open().await;
    let lamp = product(&staff, "alba-dome-lamp").await;
    let texts = [
        ("title", "Alba Kuppelleuchte"),
        ("descriptionHtml", "<p>Gedrückter Stahl.</p>"),
    ];
    translate(&staff, &lamp, &texts).await;
    translate(&staff, "option:Colour", &[("name", "Farbe"), ("value:Sage", "Salbei")]).await;
    shop.settle().await;
    let search =
        "query ($text: String!, $where: ProductWhere) { productSearch(query: $text, where: $where, first: 50) {
        nodes { title } facets { kind name label values { value label } } } }";
    let found = async |language: &str, text: &str| {
        data(&shop.guest(), language, search, json!({ "text": text })).await["productSearch"].clone()
    };
    for text in ["Kuppelleuchte", "kuppelleuchte alba", "gedrückter", "gedruckter"] {
        assert_eq!(
            found("de", text).await["nodes"][0]["title"],
            "Alba Kuppelleuchte",
            "{text}"
        );
    }
    assert_eq!(
        found("en", "Kuppelleuchte").await["nodes"][0]["title"],
        "Alba Dome Lamp"
    );
    assert_eq!(
        found("de", "dome lamp").await["nodes"][0]["title"],
        "Alba Kuppelleuchte"
    );

    let facets = found("de", "Salbei").await["facets"].clone();
    let colour = facets
        .as_array()
        .unwrap()
        .iter()
        .find(|facet| facet["name"] == "Colour")
        .unwrap();
    assert_eq!(colour["label"], "Farbe");
    let values = colour["values"].as_array().unwrap();
    assert!(
        values.contains(&json!({ "value": "Sage", "label": "Salbei" })),
        "{values:?}"
    );
    // A filter says it in either language.
    for (name, value) in [("Colour", "Sage"), ("Farbe", "Salbei"), ("Farbe", "Sage")] {
        let filter = json!({ "attributes": [{ "name": name, "values": [value] }] });
        let found = data(&shop.guest(), "de", search, json!({ "text": "alba", "where": filter })).await;
        assert_eq!(
            found["productSearch"]["nodes"][0]["title"], "Alba Kuppelleuchte",
            "{name} {value}"
        );
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_keeps_the_words_in_which_it_was_sold() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let lamp = product(&staff, "alba-dome-lamp").await;
    translate(&staff, &lamp, &[("title", "Alba Kuppelleuchte")]).await;
    translate(&staff, "option:Colour", &[("value:Sage", "Salbei")]).await;
    let zones = staff
        .data("{ shippingZones { name methods { id name } } }", json!({}))
        .await;
    let zones = zones["shippingZones"].as_array().unwrap();
    let domestic = zones.iter().find(|zone| zone["name"] == "Domestic").unwrap();
    let method = domestic["methods"]
        .as_array()
        .unwrap()
        .iter()
        .find(|method| method["name"] == "Standard")
        .unwrap();
    translate(&staff, method["id"].as_str().unwrap(), &[("name", "Standardversand")]).await;

    let sage = guest.data("{ variant(sku: \"LMP-ALBA-SAG\") { id } }", json!({})).await;
    let input =
        json!({ "input": { "locale": "de", "lines": [{ "variantId": sage["variant"]["id"], "quantity": 1 }] } });
    let cart = guest.done(&cart_mutation("cartCreate"), input).await["cart"].take();
    let shown = data(
        &guest,
        "de",
        "query ($id: ID!) { cart(id: $id) { lines { product { title } variant { title } } } }",
        json!({ "id": cart["id"] }),
    )
    .await;
    assert_eq!(
        shown["cart"]["lines"][0],
        json!({ "product": { "title": "Alba Kuppelleuchte" }, "variant": { "title": "Salbei" } })
    );
    let cart = guest.check_out(&cart).await;
    let placed = guest.place(&cart, "once", "tok_approve").await;
    assert_eq!(placed["userErrors"], json!([]));
    shop.settle().await;

    let db = &shop.shop().db;
    let (order, line) = (
        order::Entity::find().one(db).await.unwrap(),
        order_line::Entity::find().one(db).await.unwrap(),
    );
    let (order, line) = (order.unwrap(), line.unwrap());
    assert_eq!(
        (line.title.as_str(), line.variant_title.as_str()),
        ("Alba Kuppelleuchte", "Salbei")
    );
    assert_eq!(order.shipping_method_name, "Standardversand");
    translate(&staff, &lamp, &[("title", "Alba Leuchte")]).await;
    let kept = order_line::Entity::find().one(db).await.unwrap().unwrap();
    assert_eq!(kept.title, "Alba Kuppelleuchte");
    shop.close().await;
}

/// What stands between a cart and an order is said in the reader's language, and so is what it is about.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_problems_of_a_cart_name_its_goods_as_its_reader_does() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let mug = staff.sell("MUG-T", "5.00", 3).await;
    let of = staff
        .data(
            "query ($id: ID!) { variant(id: $id) { product { id } } }",
            json!({ "id": mug }),
        )
        .await;
    translate(
        &staff,
        of["variant"]["product"]["id"].as_str().unwrap(),
        &[("title", "Becher")],
    )
    .await;
    let cart = guest.cart_with(&[(&mug, 1)]).await;
    staff.sell("MUG-T", "6.00", 3).await;
    let query = "query ($id: ID!) { cart(id: $id) { problems { code message } } }";
    let problem = async |language: &str| {
        let cart = data(&guest, language, query, json!({ "id": cart["id"] })).await;
        let problems = cart["cart"]["problems"].as_array().unwrap().clone();
        let changed = problems.into_iter().find(|problem| problem["code"] == "PRICE_CHANGED");
        changed.expect("a price has changed")["message"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let german = problem("de").await;
    assert!(german.starts_with("Der Preis von Becher beträgt jetzt"), "{german}");
    assert!(problem("en").await.contains("Test MUG-T"));
    shop.settle().await;
    shop.close().await;
}
