//! What nobody should send, and the description that would have told them.

use insta::assert_json_snapshot;
use serde_json::{Value, json};
use vitrine_tests::TestShop;

use super::{Answer, bought_with, get, one_mug, post, post_holding, shop_with_mugs, url};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn malformed_requests_are_told_so() {
    let shop = TestShop::open().await;
    let guest = shop.guest();
    let long = format!("\"{}\"", "x".repeat(70_000));
    for (body, content_type, expected) in [
        ("", "application/json", (400, "BAD_REQUEST")),
        ("{", "application/json", (400, "BAD_REQUEST")),
        ("{} {}", "application/json", (400, "BAD_REQUEST")),
        ("\u{0}", "application/json", (400, "BAD_REQUEST")),
        ("[]", "application/json", (422, "INVALID")),
        ("\"x\"", "application/json", (422, "INVALID")),
        ("null", "application/json", (422, "INVALID")),
        ("{}", "application/json", (422, "INVALID")),
        ("{}", "text/plain", (415, "UNSUPPORTED_MEDIA_TYPE")),
        (
            "{}",
            "application/json; charset=latin1",
            (415, "UNSUPPORTED_MEDIA_TYPE"),
        ),
        (
            "a=b",
            "application/x-www-form-urlencoded",
            (415, "UNSUPPORTED_MEDIA_TYPE"),
        ),
        (&long, "application/json", (413, "BODY_TOO_LARGE")),
    ] {
        let request = vitrine_tests::client::http()
            .post(url(&guest, "/api/checkout"))
            .header("idempotency-key", "key")
            .header("content-type", content_type)
            .body(body.to_owned());
        assert_eq!(Answer::of(request).await.problem(), expected, "{:.40}", body);
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_is_of_known_fields_in_their_bounds() {
    let (shop, _) = shop_with_mugs().await;
    let guest = shop.guest();
    let cases: [(&[&str], Value, u16, &str); 15] = [
        (&["total"], json!("0.01"), 422, "INVALID"),
        (&["email"], json!("ada"), 422, "INVALID"),
        (&["email"], json!(1), 422, "INVALID"),
        (&["email"], json!("a@example.com\r\nBcc: b@example.com"), 422, "INVALID"),
        (&["lines"], json!([{ "sku": "MUG-1", "quantity": 0 }]), 422, "INVALID"),
        (&["lines"], json!([{ "sku": "MUG-1", "quantity": 1.5 }]), 422, "INVALID"),
        (
            &["lines"],
            json!([{ "sku": "MUG-1", "quantity": 1, "price": "0.01" }]),
            422,
            "INVALID",
        ),
        (
            &["lines"],
            json!([{ "sku": "MUG-1", "variantId": "var_1", "quantity": 1 }]),
            422,
            "INVALID",
        ),
        (
            &["lines"],
            json!(vec![json!({ "sku": "MUG-1", "quantity": 1 }); 101]),
            422,
            "CART_LIMIT",
        ),
        (
            &["lines"],
            json!([{ "variantId": "cart_1", "quantity": 1 }]),
            409,
            "NOT_FOR_SALE",
        ),
        (&["shippingAddress", "countryCode"], json!("XX"), 422, "INVALID"),
        (&["shippingAddress", "city"], json!(""), 422, "INVALID"),
        (&["paymentMethod"], json!({}), 422, "INVALID"),
        (
            &["paymentMethod"],
            json!({ "method": "barter" }),
            422,
            "PAYMENT_METHOD_UNKNOWN",
        ),
        (&["waitSeconds"], json!(26), 422, "INVALID"),
    ];
    for (path, value, status, code) in cases {
        let mut body = one_mug("tok_approve");
        let mut at = &mut body;
        for part in path {
            at = &mut at[*part];
        }
        *at = value.clone();
        let refused = post(&guest, "/api/checkout", "key", body).await;
        assert_eq!(refused.problem(), (status, code), "{path:?} {value}");
    }
    // What is wrong is told in the words of what was sent, whichever of the two that is.
    for (body, told) in [
        (json!({ "cartId": "c", "total": 1 }), "unknown field `total`"),
        (json!({ "paymentMethod": { "token": "t" } }), "missing field `lines`"),
    ] {
        let refused = post(&guest, "/api/checkout", "key", body).await;
        assert_eq!(refused.problem(), (422, "INVALID"));
        assert!(
            refused.body["detail"].as_str().unwrap().contains(told),
            "{}",
            refused.body
        );
    }
    // A line names its goods in one way.
    let mut nameless = one_mug("tok_approve");
    nameless["lines"] = json!([{ "sku": "MUG-1", "quantity": 1 }, { "quantity": 1 }]);
    let refused = post(&guest, "/api/checkout", "key", nameless).await;
    assert_eq!(refused.problem(), (422, "INVALID"));
    assert_eq!(refused.body["errors"][0]["field"], json!(["lines", "1", "variantId"]));
    let cart = json!({ "cartId": "cart_1", "paymentMethod": { "token": "t" }, "lines": [] });
    assert_eq!(
        post(&guest, "/api/checkout", "key", cart).await.problem(),
        (422, "INVALID")
    );
    let cart = json!({ "cartId": "' or 1=1", "paymentMethod": { "token": "t" } });
    assert_eq!(
        post(&guest, "/api/checkout", "key", cart).await.problem(),
        (404, "NOT_FOUND")
    );
    for key in ["", "   ", &"k".repeat(300)] {
        let refused = post(&guest, "/api/checkout", key, one_mug("tok_approve")).await;
        assert_eq!(refused.problem(), (422, "INVALID"), "{key}");
    }
    let twice = vitrine_tests::client::http()
        .post(url(&guest, "/api/checkout"))
        .header("idempotency-key", "a")
        .header("idempotency-key", "b")
        .json(&one_mug("tok_approve"));
    assert_eq!(Answer::of(twice).await.problem(), (400, "BAD_REQUEST"));
    let keyless = vitrine_tests::client::http()
        .post(url(&guest, "/api/checkout"))
        .json(&one_mug("tok_approve"));
    assert_eq!(Answer::of(keyless).await.problem(), (400, "IDEMPOTENCY_KEY_MISSING"));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_there_is_a_problem_too() {
    let shop = TestShop::open().await;
    let guest = shop.guest();
    assert_eq!(get(&guest, "/api/nothing", None).await.problem(), (404, "NOT_FOUND"));
    let wrong = get(&guest, "/api/checkout", None).await;
    assert_eq!(wrong.problem(), (405, "METHOD_NOT_ALLOWED"));
    assert_eq!(wrong.header("allow"), "POST");
    assert_eq!(
        get(&guest, "/problems/nothing", None).await.problem(),
        (404, "NOT_FOUND")
    );
    let explained = get(&guest, "/problems/insufficient-stock", None).await;
    assert_eq!(
        (explained.status, explained.header("content-type")),
        (200, "text/plain; charset=utf-8")
    );
    assert!(explained.body.as_str().unwrap().contains("INSUFFICIENT_STOCK"));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_facade_describes_itself() {
    let shop = TestShop::open().await;
    let answer = get(&shop.guest(), "/api/openapi.json", None).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, "application/json")
    );
    let description = answer.body;
    assert_eq!(description["openapi"], "3.1.0");
    let paths = description["paths"].as_object().unwrap();
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().unwrap() {
            let at = format!("{method} {path}");
            assert!(operation["summary"].is_string(), "{at}");
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(parameter["description"].is_string(), "{at}: {parameter}");
            }
            for (status, response) in operation["responses"].as_object().unwrap() {
                assert_ne!(
                    response["description"].as_str().unwrap_or_default(),
                    "",
                    "{at}: {status}"
                );
            }
        }
    }
    let schemas = &description["components"]["schemas"];
    let text = description.to_string();
    for reference in text.split("#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(schemas[name].is_object(), "nothing describes {name}");
    }
    for (name, schema) in schemas.as_object().unwrap() {
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            let says = property.to_string().contains("\"description\"");
            assert!(says, "{name}.{field} is not described");
        }
    }
    assert_json_snapshot!("openapi", description, { ".info.version" => "[version]" });
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_number_is_refused_and_not_repeated() {
    let (shop, _) = shop_with_mugs().await;
    let guest = shop.guest();
    for number in ["4242424242424242", "4242-4242-4242-4242"] {
        let refused = post(&guest, "/api/checkout", "key", one_mug(number)).await;
        assert_eq!(refused.problem(), (422, "INVALID"));
        let body = refused.body.to_string();
        assert!(
            body.contains("Never send card numbers") && !body.contains("4242"),
            "{body}"
        );
    }
    let (path, token) = bought_with(&shop, "tok_decline").await;
    shop.settle().await;
    let body = json!({ "paymentMethod": { "token": "4242 4242 4242 4242" } });
    let refused = post_holding(&guest, &format!("{path}/process-payment"), &token, "key", body).await;
    assert_eq!(refused.problem(), (422, "INVALID"));
    assert_eq!(shop.provider().ledger().await.unwrap().len(), 1);
    shop.close().await;
}
