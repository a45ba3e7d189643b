//! In which country, language and currency a request is answered, whichever way it says so.

use futures::{SinkExt, StreamExt};
use reqwest::Response;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};
use vitrine_entity::{cart, staff_member::StaffRole};
use vitrine_tests::{client::http, shop::TestShop};

const CONTEXT: &str = "{ shop { locale countryCode currencyCode context { country language currency } } }";

async fn post(shop: &TestShop, headers: &[(&str, &str)], body: Value) -> Response {
    let mut request = http().post(format!("{}/graphql", shop.guest().base())).json(&body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

/// What was decided, and `Content-Language`.
async fn decided(shop: &TestShop, headers: &[(&str, &str)], query: &str, variables: Value) -> (Value, String) {
    let answer = post(shop, headers, json!({ "query": query, "variables": variables })).await;
    let language = header(&answer, "content-language");
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["errors"], Value::Null, "{query}: {body}");
    let shop = &body["data"]["shop"];
    assert_eq!(
        (&shop["locale"], &shop["countryCode"], &shop["currencyCode"]),
        (&json!("en"), &json!("DE"), &json!("EUR")),
        "what the shop is does not depend on who asks"
    );
    (shop["context"].clone(), language)
}

fn header(answer: &Response, name: &str) -> String {
    let values = answer.headers().get_all(name).iter();
    let values: Vec<_> = values.map(|value| value.to_str().unwrap()).collect();
    values.join(", ")
}

fn there(country: &str, language: &str) -> (Value, String) {
    (
        json!({ "country": country, "language": language, "currency": "EUR" }),
        language.to_owned(),
    )
}

/// A shop of two languages.
async fn open() -> TestShop {
    let shop = TestShop::open().await;
    let administrator = shop.staff(StaffRole::Administrator).await;
    let update = "mutation ($input: ShopUpdateInput!) { shopUpdate(input: $input) { shop { version } userErrors { code message } } }";
    let input = json!({ "input": { "locales": ["en", "de"] } });
    administrator.done(update, input).await;
    shop
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_says_where_and_in_which_language() {
    let shop = open().await;
    let none = json!({});
    assert_eq!(decided(&shop, &[], CONTEXT, none.clone()).await, there("DE", "en"));

    // By headers: what is unknown is passed over.
    for (headers, expected) in [
        (&[("accept-language", "de-AT, en;q=0.5")][..], there("DE", "de")),
        (&[("accept-language", "fr, it;q=0.5")], there("DE", "en")),
        (
            &[
                ("accept-language", "de"),
                ("context-language", "EN"),
                ("context-country", "at"),
            ],
            there("AT", "en"),
        ),
        (
            &[
                ("context-country", "XX"),
                ("context-language", "fr"),
                ("context-currency", "USD"),
            ],
            there("DE", "en"),
        ),
    ] {
        assert_eq!(
            decided(&shop, headers, CONTEXT, none.clone()).await,
            expected,
            "{headers:?}"
        );
    }

    // By the directive, which outdoes them.
    let headers = [("accept-language", "en"), ("context-country", "FR")];
    for (head, variables, expected) in [
        (
            "query @inContext(country: AT, language: DE)",
            json!({}),
            there("AT", "de"),
        ),
        ("query @inContext(language: \"de-CH\")", json!({}), there("FR", "de")),
        (
            "query ($country: CountryCode, $language: LanguageCode = DE) @inContext(country: $country, language: $language, currency: EUR)",
            json!({ "country": "gb" }),
            there("GB", "de"),
        ),
        (
            "query ($country: CountryCode) @inContext(country: $country)",
            json!({}),
            there("FR", "en"),
        ),
    ] {
        let query = format!("{head} {CONTEXT}");
        assert_eq!(decided(&shop, &headers, &query, variables).await, expected, "{query}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_directive_that_asks_for_what_there_is_not_is_refused() {
    let shop = open().await;
    for (arguments, says) in [
        ("country: XX", "country"),
        ("country: 7", "is a code"),
        ("language: FR", "It speaks: en, de."),
        ("currency: USD", "It sells in: EUR."),
        ("currency: ZZZ", "It sells in: EUR."),
    ] {
        let query = format!("query @inContext({arguments}) {CONTEXT}");
        let answer = post(
            &shop,
            &[("accept", "application/graphql-response+json")],
            json!({ "query": query }),
        )
        .await;
        assert_eq!(answer.status(), 400, "{query}");
        let body: Value = answer.json().await.unwrap();
        let error = &body["errors"][0];
        assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{body}");
        assert!(error["message"].as_str().unwrap().contains(says), "{body}");
        assert_eq!(error["locations"], json!([{ "line": 1, "column": 7 }]));
        assert_eq!(body.get("data"), None);
    }
    for misplaced in [
        "{ shop @inContext(country: DE) { name } }",
        "query @inContext(planet: MARS) { shop { name } }",
        "query @inContext(country: DE) @inContext(country: AT) { shop { name } }",
        "query ($country: Int) @inContext(country: $country) { shop { name } }",
    ] {
        let answer = post(&shop, &[], json!({ "query": misplaced })).await;
        let body: Value = answer.json().await.unwrap();
        assert_eq!(
            body["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED",
            "{misplaced}: {body}"
        );
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kept_answers_are_kept_apart_by_what_was_decided() {
    let shop = open().await;
    shop.settle().await;
    let hits = |shop: &TestShop| shop.shop().showing().counts.answers.hits();
    for _ in 0..2 {
        for (language, country) in [("de", "DE"), ("en", "DE"), ("en", "AT")] {
            let headers = [("accept-language", language), ("context-country", country)];
            assert_eq!(
                decided(&shop, &headers, CONTEXT, json!({})).await,
                there(country, language)
            );
        }
    }
    assert_eq!(hits(&shop), 3, "each is kept by itself");
    // However it is said: what was decided is the same.
    let (german, before) = ([("accept-language", "fr;q=1, de-LU;q=0.3")], hits(&shop));
    assert_eq!(decided(&shop, &german, CONTEXT, json!({})).await, there("DE", "de"));
    assert_eq!(hits(&shop), before + 1);
    let query = [("query", CONTEXT)];
    let answer = http().get(format!("{}/graphql", shop.guest().base())).query(&query);
    let answer = answer.header("accept-language", "de").send().await.unwrap();
    assert_eq!(header(&answer, "content-language"), "de");
    for name in [
        "accept-language",
        "context-country",
        "context-language",
        "context-currency",
    ] {
        assert!(header(&answer, "vary").contains(name), "{answer:?}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn carts_rest_and_sockets_take_the_same() {
    let shop = open().await;
    let create = "mutation @inContext(language: DE) { cartCreate(input: {}) { cart { id } } }";
    let answer = post(&shop, &[], json!({ "query": create })).await;
    assert_eq!(header(&answer, "content-language"), "de");
    let carts = cart::Entity::find().all(&*shop.shop().db).await.unwrap();
    assert_eq!(carts.iter().map(|cart| &*cart.locale).collect::<Vec<_>>(), ["de"]);

    // A page in a language that the goods are not in is told in it what is refused, and gets the goods as they are.
    let login = "mutation { customerLogin(input: { email: \"nobody@example.com\", password: \"nothing of hers\" }) {
        userErrors { message } } }";
    let french = "L’adresse e-mail et le mot de passe ne correspondent à aucun compte.";
    let german = "E-Mail-Adresse und Passwort passen zu keinem Konto.";
    for (headers, said) in [
        ([("context-language", "de"), ("context-message-language", "fr")], french),
        ([("context-language", "de"), ("context-message-language", "xx")], german),
    ] {
        let answer = post(&shop, &headers, json!({ "query": login })).await;
        assert_eq!(header(&answer, "content-language"), "de");
        let body: Value = answer.json().await.unwrap();
        assert_eq!(
            body["data"]["customerLogin"]["userErrors"][0]["message"], said,
            "{body}"
        );
    }
    let spoken = shop.guest().data("{ shop { messageLanguages } }", json!({})).await;
    assert!(
        spoken["shop"]["messageLanguages"]
            .as_array()
            .unwrap()
            .contains(&json!("fr")),
        "{spoken}"
    );
    let request = http().get(format!("{}/api/products/none", shop.guest().base()));
    let answer = request.header("context-message-language", "fr").send().await.unwrap();
    let body: Value = answer.json().await.unwrap();
    assert!(body["detail"].as_str().unwrap().contains("Introuvable"), "{body}");

    let request = http().get(format!("{}/api/products", shop.guest().base()));
    let answer = request.header("accept-language", "de").send().await.unwrap();
    assert_eq!(header(&answer, "content-language"), "de");
    assert!(header(&answer, "vary").contains("context-country"), "{answer:?}");

    let url = format!("{}/graphql/ws", shop.guest().base().replacen("http", "ws", 1));
    let mut request = url.into_client_request().unwrap();
    let protocol = "graphql-transport-ws".parse().unwrap();
    request.headers_mut().insert("sec-websocket-protocol", protocol);
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    let init = json!({ "type": "connection_init", "payload": { "Context-Country": "AT", "context-language": "de" } });
    socket.send(Message::text(init.to_string())).await.unwrap();
    let subscribe = json!({ "id": "1", "type": "subscribe", "payload": { "query": CONTEXT } });
    socket.send(Message::text(subscribe.to_string())).await.unwrap();
    let next = loop {
        let message: Value = match socket.next().await.unwrap().unwrap() {
            Message::Text(text) => serde_json::from_str(&text).unwrap(),
            _ => continue,
        };
        if message["type"] == "next" {
            break message;
        }
    };
    assert_eq!(next["payload"]["data"]["shop"]["context"], there("AT", "de").0);
    shop.close().await;
}
