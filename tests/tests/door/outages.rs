//! Parts of the shop that are away, or too busy: the others go on, and what was asked is told soon.
//! (Without the mail server: `mail.rs`. Without the search engine: `search.rs`.)

use std::time::{Duration, Instant};

use sea_orm::TransactionTrait;
use serde_json::{Value, json};
use vitrine_adapters::config::{Redis, Secret};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

/// Takes connections and says nothing: worse than one that is gone.
async fn silent_redis() -> (tokio::net::TcpListener, Redis) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let redis = Redis {
        url: Secret::new(format!("redis://{}", listener.local_addr().unwrap())),
        prefix: "away".to_owned(),
    };
    (listener, redis)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_redis_the_shop_sells_and_does_the_work() {
    let (_listener, redis) = silent_redis().await;
    let shop = TestShop::open_with(|config| config.redis = Some(redis)).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let guest = shop.guest();
    for number in 0..3 {
        let cart = guest.cart_with(&[(&mug, 1)]).await;
        let cart = guest.check_out(&cart).await;
        let asked = Instant::now();
        let payload = guest.place(&cart, &format!("key {number}"), "tok_approve").await;
        assert_eq!(payload["userErrors"], json!([]));
        assert!(asked.elapsed() < Duration::from_secs(3), "{:?}", asked.elapsed());
    }
    shop.settle().await;
    let orders = "{ orders(first: 10) { nodes { status } } }";
    let orders = staff.data(orders, json!({})).await["orders"]["nodes"].take();
    assert!(
        orders
            .as_array()
            .unwrap()
            .iter()
            .all(|order| order["status"] == "CONFIRMED"),
        "{orders}"
    );
    assert_eq!(shop.mails().await.len(), 6);

    let ready = guest.get("/health/ready").await;
    assert_eq!(ready.status(), 200, "shoppers are served");
    let ready: Value = ready.json().await.unwrap();
    let redis = ready["components"]
        .as_array()
        .unwrap()
        .iter()
        .find(|part| part["name"] == "redis");
    assert_eq!(
        (&ready["status"], &redis.unwrap()["ok"]),
        (&json!("degraded"), &json!(false))
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_exhausted_pool_is_told_quickly() {
    let shop = TestShop::open_with(|config| {
        config.database.max_connections = 2;
        config.database.acquire_timeout_seconds = 1;
    })
    .await;
    let taken = [
        shop.shop().db.begin().await.unwrap(),
        shop.shop().db.begin().await.unwrap(),
    ];
    let guest = shop.guest();
    let asked = Instant::now();
    let query = json!({ "query": "{ products(first: 1) { nodes { title } } }" });
    let answer = guest.post("/graphql", query.clone()).await;
    assert!(asked.elapsed() < Duration::from_secs(4), "{:?}", asked.elapsed());
    assert_eq!(answer.headers()["retry-after"], "1");
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(
        answer["errors"][0]["extensions"]["code"], "SERVICE_UNAVAILABLE",
        "{answer}"
    );
    assert_eq!(
        guest.get("/health/ready").await.status(),
        200,
        "a busy server is no broken one: the balancer leaves it in"
    );
    for transaction in taken {
        transaction.rollback().await.unwrap();
    }
    let answer: Value = guest.post("/graphql", query).await.json().await.unwrap();
    assert!(answer.get("errors").is_none(), "{answer}");
    shop.close().await;
}
