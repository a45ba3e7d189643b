//! What staff write, and what is refused.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;

use super::{FIND, SET, data, open, product, translate};

fn field<'a>(thing: &'a Value, name: &str) -> &'a Value {
    let fields = thing["fields"].as_array().unwrap();
    fields.iter().find(|field| field["field"] == name).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_changed_meanwhile_is_not_overwritten() {
    let (shop, staff) = open().await;
    let lamp = product(&staff, "alba-dome-lamp").await;
    let find = async || staff.data(FIND, json!({ "of": lamp, "locale": "de" })).await["translations"].take();
    let seen = find().await;
    assert_eq!(
        (&seen["kind"], &seen["title"]),
        (&json!("PRODUCT"), &json!("Alba Dome Lamp"))
    );
    let title = field(&seen, "title");
    assert_eq!((&title["form"], &title["translation"]), (&json!("LINE"), &Value::Null));
    let set = |text: &str, digest: &Value, version: Value| {
        let field = json!({ "field": "title", "text": text, "sourceDigest": digest, "expectedVersion": version });
        json!({ "input": { "of": lamp, "locale": "de", "fields": [field] } })
    };
    let digest = title["sourceDigest"].clone();
    let written = staff.done(SET, set("Alba Leuchte", &digest, Value::Null)).await;
    assert_eq!(field(&written["translatable"], "title")["translation"]["version"], 1);
    assert_eq!(
        staff.refusals(SET, set("Zu spät", &digest, Value::Null)).await,
        ["VERSION_CONFLICT"]
    );
    assert_eq!(
        staff.refusals(SET, set("Zu spät", &digest, json!(7))).await,
        ["VERSION_CONFLICT"]
    );
    // The same once more changes nothing.
    let again = staff.done(SET, set("Alba Leuchte", &digest, json!(1))).await;
    assert_eq!(field(&again["translatable"], "title")["translation"]["version"], 1);

    // The source changes: what was translated is outdated, and shown all the same.
    let update = "mutation ($input: ProductUpdateInput!) { productUpdate(input: $input) { product { title } userErrors { code message } } }";
    staff
        .done(update, json!({ "input": { "id": lamp, "title": "Alba Lamp" } }))
        .await;
    let title = field(&find().await, "title").clone();
    assert_eq!(
        (&title["outdated"], &title["sourceText"]),
        (&json!(true), &json!("Alba Lamp"))
    );
    let shown = data(
        &shop.guest(),
        "de",
        "{ product(slug: \"alba-dome-lamp\") { title } }",
        json!({}),
    )
    .await;
    assert_eq!(shown["product"]["title"], "Alba Leuchte");
    assert_eq!(
        staff.refusals(SET, set("Alba", &digest, json!(1))).await,
        ["VERSION_CONFLICT"]
    );
    // Found right still, it is up to date again.
    let digest = title["sourceDigest"].clone();
    let kept = staff.done(SET, set("Alba Leuchte", &digest, json!(1))).await;
    let title = field(&kept["translatable"], "title");
    assert_eq!(
        (&title["outdated"], &title["translation"]["version"]),
        (&json!(false), &json!(2))
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_a_translation_is_refused_with_its_place() {
    let (shop, staff) = open().await;
    let lamp = product(&staff, "alba-dome-lamp").await;
    let refused = async |of: &str, locale: &str, field: &str, text: &str| {
        let input = json!({ "of": of, "locale": locale, "fields": [{ "field": field, "text": text }] });
        let payload = staff.payload(SET, json!({ "input": input })).await;
        let error = &payload["userErrors"][0];
        let path = error["field"]
            .as_array()
            .map(|path| path.iter().map(|part| part.as_str().unwrap().to_owned()));
        let path = path.map(|path| path.collect::<Vec<_>>().join("."));
        (
            error["code"].as_str().unwrap_or_default().to_owned(),
            path.unwrap_or_default(),
        )
    };
    let is = |code: &str, path: &str| (code.to_owned(), path.to_owned());
    assert_eq!(refused(&lamp, "en", "title", "x").await, is("INVALID", "input.locale"));
    assert_eq!(refused(&lamp, "fr", "title", "x").await, is("INVALID", "input.locale"));
    assert_eq!(refused(&lamp, "?", "title", "x").await, is("INVALID", "input.locale"));
    assert_eq!(
        refused(&lamp, "de", "name", "x").await,
        is("INVALID", "input.fields.0.field")
    );
    assert_eq!(
        refused(&lamp, "de", "title", " ").await,
        is("INVALID", "input.fields.0.text")
    );
    assert_eq!(
        refused(&lamp, "de", "title", &"x".repeat(256)).await,
        is("INVALID", "input.fields.0.text")
    );
    assert_eq!(
        refused(&lamp, "de", "title", "a\u{202E}b").await,
        is("INVALID", "input.fields.0.text")
    );
    assert_eq!(
        refused(&lamp, "de", "slug", "a/b").await,
        is("INVALID", "input.fields.0.text")
    );
    // Of another product, as it is or in German.
    assert_eq!(
        refused(&lamp, "de", "slug", "marlow-ceramic-lamp").await,
        is("TAKEN", "input.fields.slug")
    );
    let marlow = product(&staff, "marlow-ceramic-lamp").await;
    translate(&staff, &marlow, &[("slug", "marlow-keramikleuchte")]).await;
    assert_eq!(
        refused(&lamp, "de", "slug", "marlow-keramikleuchte").await,
        is("TAKEN", "input.fields.slug")
    );
    for of in [
        "prod_00000000000000000000000000",
        "option:None",
        "cart_1",
        "",
        "option:a\u{0}",
    ] {
        assert_eq!(
            refused(of, "de", "title", "x").await,
            is("NOT_FOUND", "input.of"),
            "{of:?}"
        );
    }
    let packer = shop.staff(StaffRole::Fulfilment).await;
    let input = json!({ "input": { "of": lamp, "locale": "de", "fields": [{ "field": "title", "text": "x" }] } });
    assert_eq!(packer.refusals(SET, input.clone()).await, ["FORBIDDEN"]);
    assert_eq!(shop.guest().refusals(SET, input).await, ["UNAUTHENTICATED"]);
    let progress = packer.data("{ translationProgress { kind } }", json!({})).await;
    assert_eq!(progress["translationProgress"], json!([]));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slug_that_a_language_had_still_leads_there() {
    let (shop, staff) = open().await;
    let lamp = product(&staff, "alba-dome-lamp").await;
    for slug in ["alba-lampe", "alba-leuchte"] {
        translate(&staff, &lamp, &[("slug", slug)]).await;
    }
    for slug in ["alba-lampe", "alba-leuchte", "alba-dome-lamp"] {
        let query = "query ($slug: String) { product(slug: $slug) { slug } }";
        let found = data(&shop.guest(), "de", query, json!({ "slug": slug })).await;
        assert_eq!(found["product"]["slug"], "alba-leuchte", "{slug}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_taken_away_is_taken_away_once() {
    let (shop, staff) = open().await;
    let lamp = product(&staff, "alba-dome-lamp").await;
    translate(&staff, &lamp, &[("title", "Alba Leuchte"), ("slug", "alba-leuchte")]).await;
    let remove = "mutation ($input: TranslationsRemoveInput!) { translationsRemove(input: $input) { translatable {
        fields { field translation { text } } } userErrors { code } } }";
    let title = json!({ "input": { "of": lamp, "locale": "de", "fields": ["title", "none"] } });
    let once = staff.done(remove, title.clone()).await;
    assert_eq!(
        once["translatable"]["fields"][0],
        json!({ "field": "title", "translation": null })
    );
    assert_eq!(
        field(&once["translatable"], "slug")["translation"]["text"],
        "alba-leuchte"
    );
    assert_eq!(staff.done(remove, title).await, once);
    let audit = "{ auditLog(first: 50) { nodes { action } } }";
    let audit = staff.data(audit, json!({})).await;
    let removed = audit["auditLog"]["nodes"].as_array().unwrap().iter();
    assert_eq!(
        removed.filter(|entry| entry["action"] == "translations.remove").count(),
        1
    );
    let all = json!({ "input": { "of": lamp, "locale": "de" } });
    for _ in 0..2 {
        staff.done(remove, all.clone()).await;
    }
    // The slug that it had in German leads there still.
    let found = shop
        .guest()
        .data("{ product(slug: \"alba-leuchte\") { slug } }", json!({}))
        .await;
    assert_eq!(found["product"]["slug"], "alba-dome-lamp");
    shop.close().await;
}
