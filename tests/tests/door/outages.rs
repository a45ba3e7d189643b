//! Parts of the shop that are away, or too busy: the others go on, and what was asked is told soon.
//! (Without the mail server: `mail.rs`. Without the search engine: `search.rs`.)

use std::time::{Duration, Instant};

use futures::future::join_all;
use sea_orm::{ConnectionTrait, DatabaseBackend, TransactionTrait};
use serde_json::{Value, json};
use vitrine_adapters::config::{Redis, Secret};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{
    Client, TestShop,
    commit_proxy::{CommitProxy, Interruption},
    patience::{sooner_than, until},
};

/// Takes connections and says nothing: worse than one that is gone.
async fn silent_redis() -> (tokio::net::TcpListener, Redis) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let redis = Redis {
        url: Secret::new(format!("redis://{}", listener.local_addr().unwrap())),
        prefix: "away".to_owned(),
        allow_eviction: false,
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
        sooner_than(Duration::from_secs(3), asked.elapsed(), "an order without Redis");
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
    sooner_than(Duration::from_secs(4), asked.elapsed(), "to be told that all is taken");
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

/// PostgreSQL alone: of SQLite nobody is away.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_became_of_a_commit_without_an_answer_is_looked_up() {
    let proxy = CommitProxy::new().await;
    let mut interruptions = None;
    let shop = TestShop::open_with(|config| interruptions = proxy.stand_before(config)).await;
    let Some(interruptions) = interruptions else {
        return shop.close().await;
    };
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 1).await;
    shop.settle().await;
    let adjust = "mutation($input: InventoryAdjustInput!) { inventoryAdjust(input: $input) { stockLevel { onHand } userErrors { code } } }";
    let on_hand = async |client: &Client, reason: &str| {
        let input = json!({ "variantId": mug, "delta": 10, "reason": reason });
        let answer = client.answer(adjust, json!({ "input": input })).await;
        let on_hand = answer["data"]["inventoryAdjust"]["stockLevel"]["onHand"].clone();
        (on_hand, answer["errors"][0]["extensions"]["code"].clone())
    };
    let keyed = |reason: &str| staff.under(&format!("the key of {reason}"));
    // Under a key it is known either way, and what was not done is done.
    interruptions.plan("cut before", Interruption::CutBefore);
    assert_eq!(
        on_hand(&keyed("cut before"), "cut before").await,
        (json!(11), Value::Null)
    );
    let later = [
        ("cut after", Interruption::CutAfter, 21),
        ("silent", Interruption::SilentAfter, 31),
    ];
    let guest = shop.guest();
    for (reason, interruption, stock) in later {
        interruptions.plan(reason, interruption);
        let (client, asked) = (keyed(reason), Instant::now());
        let others = async {
            let list = json!({ "query": "{ products(first: 1) { nodes { title } } }" });
            (guest.post("/graphql", list).await.status(), asked.elapsed())
        };
        let (answered, others) = tokio::join!(on_hand(&client, reason), others);
        assert_eq!(answered, (json!(stock), Value::Null), "{reason}");
        sooner_than(Duration::from_secs(9), asked.elapsed(), reason);
        assert!(others.0.is_success(), "{reason}: {others:?}");
        sooner_than(Duration::from_secs(3), others.1, "what others ask");
    }
    // Without one by what it has to follow; else nobody knows, and it is said.
    interruptions.plan("no key, after", Interruption::CutAfter);
    assert_eq!(on_hand(&staff, "no key, after").await, (json!(41), Value::Null));
    interruptions.plan("no key, before", Interruption::CutBefore);
    assert_eq!(
        on_hand(&staff, "no key, before").await,
        (Value::Null, json!("OUTCOME_UNKNOWN"))
    );
    assert_eq!(on_hand(&staff, "at last").await, (json!(51), Value::Null));
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_whose_claim_was_cut_off_does_not_wait_for_its_lease() {
    let (proxy, mut interruptions) = (CommitProxy::new().await, None);
    let shop = TestShop::open_with(|config| interruptions = proxy.stand_before(config)).await;
    let Some(interruptions) = interruptions else {
        return shop.close().await;
    };
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 1).await;
    shop.settle().await;
    // The claim of a payment begins it, and writes down what is asked of the provider.
    interruptions.plan("amountMinor", Interruption::CutAfter);
    let guest = shop.guest();
    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    until("the order is confirmed", async || {
        guest.order(&placed).await["status"] == "CONFIRMED"
    })
    .await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_reads_from_connections_that_fell_silent_is_told_soon_and_the_next_one_answered() {
    let (proxy, mut interruptions) = (CommitProxy::new().await, None);
    let shop = TestShop::open_with(|config| {
        config.database.max_connections = 4;
        interruptions = proxy.stand_before(config);
    })
    .await;
    let Some(interruptions) = interruptions else {
        return shop.close().await;
    };
    let staff = shop.staff(StaffRole::Administrator).await;
    staff.sell("SILENT-MUG", "10.00", 1).await;
    shop.settle().await;
    let look = async || {
        let asked = Instant::now();
        let answer = staff
            .answer("{ product(slug: \"silent-mug\") { title } }", json!({}))
            .await;
        let title = answer["data"]["product"]["title"].clone();
        (
            title,
            answer["errors"][0]["extensions"]["code"].clone(),
            asked.elapsed(),
        )
    };
    interruptions.silence(Some("silent-mug"));
    // One waits for as long as it takes; one more goes away before.
    let gone = tokio::time::timeout(Duration::from_millis(300), look());
    let (told, gone) = tokio::join!(look(), gone);
    assert!(gone.is_err());
    assert_eq!((&told.0, &told.1), (&Value::Null, &json!("SERVICE_UNAVAILABLE")));
    sooner_than(Duration::from_secs(11), told.2, "to be told of the silence");
    interruptions.silence(None);
    // No connection is kept that does not answer, nor a place for one.
    tokio::time::sleep(Duration::from_millis(2_300)).await;
    for (title, code, waited) in join_all((0..8).map(|_| look())).await {
        assert_eq!((title, code), (json!("Test SILENT-MUG"), Value::Null));
        sooner_than(Duration::from_secs(3), waited, "the next answer");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_demoted_primary_is_left_for_the_next_one() {
    let shop = TestShop::open_with(|config| config.database.max_connections = 4).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 9).await;
    shop.settle().await;
    let db = &shop.shop().db;
    if db.get_database_backend() == DatabaseBackend::Postgres {
        // As each connection to it would be. New ones lead to another.
        let all = join_all((0..4).map(|_| db.begin())).await;
        for transaction in all {
            let transaction = transaction.unwrap();
            let demoted = "set session characteristics as transaction read only";
            transaction.execute_unprepared(demoted).await.unwrap();
            transaction.commit().await.unwrap();
        }
    }
    let placed = shop.guest().buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    assert_eq!(shop.guest().order(&placed).await["status"], "CONFIRMED");
    shop.close().await;
}
