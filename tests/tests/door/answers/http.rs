//! How a kept answer goes out, and to whom it does not.

use chrono::TimeDelta;
use futures::future::join_all;
use reqwest::{Response, StatusCode, header};
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{
    client::{Client, http},
    shop::TestShop,
};

use super::{bytes, hits};

const LISTING: &str = "{ products(first: 20) { nodes { slug title description } } }";

async fn get(base: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = http().get(format!("{base}/graphql")).query(&[("query", LISTING)]);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

fn value<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kept_answer_has_a_tag_and_is_nobody_elses() {
    let mut shop = TestShop::open().await;
    shop.believe_for_long();
    shop.settle().await;
    let shared = shop.another_server(|config| config.answers.s_maxage = 30).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let base = shop.guest().base().to_owned();

    let first = get(&base, &[]).await;
    let tag = value(&first, "etag").to_owned();
    assert!(tag.starts_with("W/\""), "{first:?}");
    assert_eq!(value(&first, "cache-control"), "no-cache");
    let varies: Vec<_> = first.headers().get_all(header::VARY).iter().collect();
    let varies = format!("{varies:?}");
    for name in ["accept", "authorization", "order-access-token"] {
        assert!(varies.contains(name), "{varies}");
    }
    let plain = first.bytes().await.unwrap();
    let before = hits(&shop);
    let known = get(&base, &[("if-none-match", &tag)]).await;
    assert_eq!(
        (known.status(), value(&known, "etag")),
        (StatusCode::NOT_MODIFIED, &*tag)
    );
    assert!(!value(&known, "x-request-id").is_empty() && known.bytes().await.unwrap().is_empty());
    for encoding in ["gzip", "br", "zstd"] {
        for _ in 0..2 {
            let packed = get(&base, &[("accept-encoding", encoding)]).await;
            assert_eq!(value(&packed, "content-encoding"), encoding);
            assert!(
                packed
                    .headers()
                    .get_all(header::VARY)
                    .iter()
                    .any(|value| value.to_str().unwrap().contains("accept-encoding"))
            );
            let packed = packed.bytes().await.unwrap();
            assert!(packed.len() * 2 < plain.len(), "{} of {}", packed.len(), plain.len());
        }
    }
    let other = get(&base, &[("accept", "application/graphql-response+json")]).await;
    assert!(value(&other, "content-type").starts_with("application/graphql-response+json"));
    assert_eq!(other.bytes().await.unwrap(), plain);
    assert_eq!(hits(&shop), before + 8);
    // By another server the same tag, which a CDN may keep.
    let elsewhere = get(shared.base(), &[]).await;
    assert_eq!(value(&elsewhere, "etag"), tag);
    assert_eq!(
        value(&elsewhere, "cache-control"),
        "public, max-age=0, s-maxage=30, must-revalidate"
    );

    // Whoever is somebody is recognised first, and nobody on the way keeps what they get: staff an answer of their own.
    let token = |client: &Client| format!("Bearer {}", client.access_token().unwrap());
    let (of_staff, of_customer) = (token(&staff), token(&shop.customer("ada@example.com").await));
    for (name, secret, gets_it_kept) in [
        ("authorization", &*of_staff, 0),
        ("authorization", &*of_customer, 1),
        ("order-access-token", "of an order", 1),
    ] {
        let before = hits(&shop);
        let own = get(&base, &[(name, secret)]).await;
        assert_eq!((value(&own, "etag"), value(&own, "cache-control")), ("", "no-store"));
        assert_eq!(hits(&shop), before + gets_it_kept);
    }
    let before = hits(&shop);
    assert_eq!(
        get(&base, &[("authorization", "Bearer no longer")]).await.status(),
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(hits(&shop), before);
    // Neither is what is not everybody's kept, nor what went wrong.
    for query in [
        "mutation { cartCreate(input: {}) { cart { id } userErrors { code } } }",
        "{ viewer { id } shop { name } }",
        "{ products(first: 500) { nodes { slug } } }",
        "{ __schema { queryType { name } } }",
    ] {
        let ask = || async { shop.guest().answer(query, json!({})).await };
        let (once, twice) = (ask().await, ask().await);
        assert!(
            query.contains("cartCreate") != (once["data"] == twice["data"]),
            "{once} {twice}"
        );
    }
    assert_eq!(hits(&shop), before);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_answer_is_made_once_however_many_ask() {
    let shop = TestShop::open_with(|config| config.limits.factor = 1.0).await;
    shop.believe_for_long();
    shop.settle().await;
    let guest = shop.guest();
    let counts = &shop.shop().showing().counts;
    let query = "query Page { products(first: 50) { nodes { title variants { sku price { amount } } } } }";
    let answers = join_all((0..24).map(|_| bytes(&guest, query))).await;
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!((counts.answers.misses(), counts.answers.hits()), (1, 23));

    // A hit takes no points: it is a request among others.
    let left = async || {
        let answer: Value = guest.answer("{ viewer { id } }", json!({})).await;
        answer["extensions"]["cost"]["remaining"].as_u64().unwrap()
    };
    let before = left().await;
    for _ in 0..5 {
        bytes(&guest, query).await;
    }
    let after = left().await;
    assert!(before.saturating_sub(after) < 20, "{before} {after}");

    // Nor does time by itself end what does not depend on it.
    shop.clock.advance(TimeDelta::minutes(1));
    let before = counts.answers.hits();
    bytes(&guest, query).await;
    assert_eq!(counts.answers.hits(), before + 1);

    // A search is counted for everybody who has its answer.
    let search = "{ productSearch(query: \"walnut desk\", first: 5) { totalCount } }";
    for _ in 0..3 {
        bytes(&guest, search).await;
    }
    assert!(counts.answers.hits() > 28);
    vitrine_commerce::search::record::flush(shop.shop()).await.unwrap();
    let staff = shop.staff(StaffRole::Administrator).await;
    let terms = staff
        .data("{ searchTerms(first: 5) { nodes { term searches } } }", json!({}))
        .await;
    assert_eq!(
        terms["searchTerms"]["nodes"][0],
        json!({ "term": "walnut desk", "searches": 3 })
    );
    shop.close().await;
}
