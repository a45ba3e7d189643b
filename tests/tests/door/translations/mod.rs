//! Texts in other languages: written by staff, read by shoppers, found by search, kept by orders.

mod reading;
mod report;
mod search;
mod sold;
mod writing;

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, client::http};

const SET: &str = "mutation ($input: TranslationsSetInput!) { translationsSet(input: $input) { translatable { title
    fields { field sourceText sourceDigest outdated translation { text version translatedText writtenBy } } }
    userErrors { code message field } } }";
const FIND: &str = "query ($of: ID!, $locale: String!) { translations(of: $of, locale: $locale) { kind title
    fields { field form lengthMax sourceText sourceDigest outdated translation { text version } } } }";

/// A shop of two languages, and an administrator.
async fn open() -> (TestShop, Client) {
    let shop = TestShop::open().await;
    let administrator = shop.staff(StaffRole::Administrator).await;
    let update = "mutation ($input: ShopUpdateInput!) { shopUpdate(input: $input) { shop { version } userErrors { code message } } }";
    let input = json!({ "input": { "locales": ["en", "de", "de-AT"] } });
    administrator.done(update, input).await;
    (shop, administrator)
}

/// What a document answers in a language.
async fn data(client: &Client, language: &str, query: &str, variables: Value) -> Value {
    let body = json!({ "query": query, "variables": variables });
    let mut request = http().post(format!("{}/graphql", client.base())).json(&body);
    request = request.header("accept-language", language);
    if let Some(token) = client.access_token() {
        request = request.bearer_auth(token);
    }
    let answer: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["errors"], Value::Null, "{query}: {answer:#}");
    answer["data"].clone()
}

/// Writes texts of a thing in German, by field.
async fn translate(staff: &Client, of: &str, texts: &[(&str, &str)]) -> Value {
    translate_into(staff, "de", of, texts).await
}

async fn translate_into(staff: &Client, locale: &str, of: &str, texts: &[(&str, &str)]) -> Value {
    let fields: Vec<_> = texts
        .iter()
        .map(|(field, text)| json!({ "field": field, "text": text }))
        .collect();
    let input = json!({ "input": { "of": of, "locale": locale, "fields": fields } });
    staff.done(SET, input).await["translatable"].take()
}

async fn product(client: &Client, slug: &str) -> String {
    let found = client
        .data(
            "query ($slug: String) { product(slug: $slug) { id } }",
            json!({ "slug": slug }),
        )
        .await;
    found["product"]["id"].as_str().unwrap().to_owned()
}
