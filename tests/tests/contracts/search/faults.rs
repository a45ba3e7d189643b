//! How Meilisearch's adapter takes failures. Those a server can be brought to without harm are
//! also checked on a real one.

use std::{future::Future, time::Duration};

use tokio::net::TcpListener;
use vitrine_adapters::search::{MeilisearchConfig, MeilisearchSearch};
use vitrine_commerce::ports::search::{
    SearchDocument, SearchEngine, SearchError, SearchFilter, SearchRequest, Synonyms,
};
use vitrine_tests::{meilisearch_stand_in::MeilisearchStandIn, patience::within};

use super::{
    catalogue::{id, product, products, shop, texts},
    engines::{config, delete_indexes, indexes, numbers, real_server},
};

fn everything() -> SearchRequest {
    SearchRequest {
        limit: 100,
        ..SearchRequest::default()
    }
}

fn is_unavailable<T>(outcome: &Result<T, SearchError>) -> bool {
    matches!(outcome, Err(SearchError::Unavailable(_)))
}

fn is_refused<T>(outcome: &Result<T, SearchError>) -> bool {
    matches!(outcome, Err(SearchError::Refused(_)))
}

async fn rebuild(engine: &MeilisearchSearch, documents: &[SearchDocument]) -> Result<(), SearchError> {
    let mut rebuild = engine.rebuild(&Synonyms::new()).await?;
    rebuild.add(documents).await?;
    rebuild.publish().await
}

/// On the stand-in, and on a real server where there is one.
async fn on_meilisearch<F: Future<Output = ()>>(check: impl Fn(MeilisearchConfig) -> F) {
    let server = MeilisearchStandIn::start().await.unwrap();
    check(config(&server)).await;
    if let Some(config) = real_server() {
        check(config.clone()).await;
        delete_indexes(&config).await;
    }
}

/// Everything must fail alike.
async fn each_fails(engine: &MeilisearchSearch, expected: impl Fn(&Result<(), SearchError>) -> bool) {
    for (verb, outcome) in [
        ("search", engine.search(&everything()).await.map(drop)),
        ("upsert", engine.upsert(&shop()).await),
        ("remove", engine.remove(&[id(1)]).await),
        ("rebuild", engine.rebuild(&Synonyms::new()).await.map(drop)),
        ("is_ready", engine.is_ready().await.map(drop)),
    ] {
        assert!(expected(&outcome), "{verb}: {outcome:?}");
    }
}

/// A missing index is not created by an upsert, which would then be all that searches find.
#[tokio::test(flavor = "multi_thread")]
async fn a_missing_index_comes_back_by_a_rebuild() {
    on_meilisearch(|config| async move {
        let engine = MeilisearchSearch::new(&config).unwrap();
        assert!(!engine.is_ready().await.unwrap());
        assert!(is_unavailable(&engine.search(&everything()).await));
        assert!(is_unavailable(&engine.upsert(&[product(1, "Lamp")]).await));
        assert!(is_unavailable(&engine.remove(&[id(1)]).await));
        assert!(!engine.is_ready().await.unwrap());

        rebuild(&engine, &products(1, 2, "Lamp")).await.unwrap();
        assert!(engine.is_ready().await.unwrap());
        assert_eq!(engine.search(&everything()).await.unwrap().total, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_is_refused() {
    on_meilisearch(|config| async move {
        let wrong = MeilisearchConfig {
            api_key: Some("not-the-key-of-anything".into()),
            ..config
        };
        each_fails(&MeilisearchSearch::new(&wrong).unwrap(), is_refused).await;
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_configured_is_refused() {
    let server = MeilisearchStandIn::start().await.unwrap();
    for index in ["", "a b", "a/../b", "ü"] {
        assert!(is_refused(&MeilisearchSearch::new(&MeilisearchConfig {
            index: index.into(),
            ..config(&server)
        })));
    }
    let key = Some("two\r\nlines".to_owned());
    let unsendable = MeilisearchSearch::new(&MeilisearchConfig {
        api_key: key,
        ..config(&server)
    });
    assert!(is_refused(&unsendable));
    assert!(!format!("{:?}", config(&server)).contains(MeilisearchStandIn::KEY));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_there_is_unavailable() {
    let server = MeilisearchStandIn::start().await.unwrap();
    let closed = TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap();
    let config = MeilisearchConfig {
        url: format!("http://{closed}"),
        ..config(&server)
    };
    each_fails(&MeilisearchSearch::new(&config).unwrap(), is_unavailable).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_server_is_unavailable() {
    let server = MeilisearchStandIn::start().await.unwrap();
    let config = MeilisearchConfig {
        timeout: Duration::from_millis(100),
        ..config(&server)
    };
    let engine = MeilisearchSearch::new(&config).unwrap();
    rebuild(&engine, &shop()).await.unwrap();
    server.hang(true);
    within("the end of each call", each_fails(&engine, is_unavailable)).await;
    server.hang(false);
    assert_eq!(engine.search(&everything()).await.unwrap().total, 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_server_is_unavailable() {
    let server = MeilisearchStandIn::start().await.unwrap();
    let engine = MeilisearchSearch::new(&config(&server)).unwrap();
    rebuild(&engine, &shop()).await.unwrap();
    server.fail(true);
    each_fails(&engine, is_unavailable).await;
    server.fail(false);
    assert_eq!(engine.search(&everything()).await.unwrap().total, 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wiped_server_comes_back_by_a_rebuild() {
    let server = MeilisearchStandIn::start().await.unwrap();
    let engine = MeilisearchSearch::new(&config(&server)).unwrap();
    rebuild(&engine, &shop()).await.unwrap();
    server.wipe();
    assert!(is_unavailable(&engine.search(&everything()).await));
    assert!(is_unavailable(&engine.upsert(&[product(1, "Lamp")]).await));
    rebuild(&engine, &shop()).await.unwrap();
    assert_eq!(engine.search(&everything()).await.unwrap().total, 7);
}

/// Someone else's index has neither our filters nor our order.
#[tokio::test(flavor = "multi_thread")]
async fn an_index_with_other_settings_is_unavailable_until_rebuilt() {
    let server = MeilisearchStandIn::start().await.unwrap();
    let engine = MeilisearchSearch::new(&config(&server)).unwrap();
    let create = vitrine_tests::client::http().post(format!("{}/indexes/products/documents", server.url()));
    let answer = create
        .bearer_auth(MeilisearchStandIn::KEY)
        .json(&[serde_json::json!({"id": "x"})])
        .send();
    assert_eq!(answer.await.unwrap().status(), 202);
    assert!(is_unavailable(&engine.remove(&[id(1)]).await) || !engine.is_ready().await.unwrap());

    let filter = SearchFilter {
        vendors: texts(&["Grain"]),
        ..SearchFilter::default()
    };
    let filtered = SearchRequest { filter, ..everything() };
    assert!(is_unavailable(&engine.search(&filtered).await));
    assert!(is_unavailable(
        &engine
            .search(&SearchRequest {
                facets: true,
                ..everything()
            })
            .await
    ));
    assert!(is_unavailable(&engine.upsert(&shop()).await));
    rebuild(&engine, &shop()).await.unwrap();
    assert_eq!(numbers(&engine.search(&filtered).await.unwrap()), [5, 2, 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_fails_is_an_error() {
    let server = MeilisearchStandIn::start().await.unwrap();
    let engine = MeilisearchSearch::new(&config(&server)).unwrap();
    rebuild(&engine, &shop()).await.unwrap();

    server.fail_next_task();
    assert!(is_unavailable(&engine.upsert(&[product(8, "Lamp")]).await));
    assert_eq!(engine.search(&everything()).await.unwrap().total, 7);
    engine.upsert(&[product(8, "Lamp")]).await.unwrap();
    assert_eq!(engine.search(&everything()).await.unwrap().total, 8);

    server.fail_next_task();
    assert!(is_unavailable(&engine.remove(&[id(8)]).await));
    assert_eq!(engine.search(&everything()).await.unwrap().total, 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_is_never_worked_off_is_an_error() {
    let server = MeilisearchStandIn::start().await.unwrap();
    let config = MeilisearchConfig {
        task_timeout: Duration::from_millis(300),
        ..config(&server)
    };
    let engine = MeilisearchSearch::new(&config).unwrap();
    rebuild(&engine, &shop()).await.unwrap();
    server.hold_tasks(true);
    assert!(is_unavailable(&engine.upsert(&[product(8, "Lamp")]).await));
    assert!(is_unavailable(&engine.remove(&[id(1)]).await));
    assert!(is_unavailable(&engine.rebuild(&Synonyms::new()).await));
    server.hold_tasks(false);
    engine.upsert(&[product(9, "Lamp")]).await.unwrap();
    // The upsert and the removal that gave up arrived all the same: done twice is done once.
    assert_eq!(engine.search(&everything()).await.unwrap().total, 8);
}

/// Whichever is published last stays, and each is whole.
#[tokio::test(flavor = "multi_thread")]
async fn two_rebuilds_at_once_are_harmless() {
    on_meilisearch(|config| async move {
        let engine = MeilisearchSearch::new(&config).unwrap();
        let mut first = engine.rebuild(&Synonyms::new()).await.unwrap();
        first.add(&products(101, 3, "Lamp")).await.unwrap();
        let mut second = engine.rebuild(&Synonyms::new()).await.unwrap();
        first.add(&products(104, 1, "Lamp")).await.unwrap();
        second.add(&products(201, 2, "Lamp")).await.unwrap();
        first.publish().await.unwrap();
        assert_eq!(
            numbers(&engine.search(&everything()).await.unwrap()),
            [101, 102, 103, 104]
        );

        second.add(&products(203, 1, "Lamp")).await.unwrap();
        second.publish().await.unwrap();
        assert_eq!(numbers(&engine.search(&everything()).await.unwrap()), [201, 202, 203]);
        assert!(engine.is_ready().await.unwrap());
        assert_eq!(indexes(&config).await, [config.index.as_str()]);
    })
    .await;
}

/// Each would stay on the server's disk for ever. One that was only slow must notice.
#[tokio::test(flavor = "multi_thread")]
async fn abandoned_rebuilds_are_thrown_away() {
    on_meilisearch(|config| async move {
        let engine = MeilisearchSearch::new(&config).unwrap();
        rebuild(&engine, &shop()).await.unwrap();
        let mut slow = engine.rebuild(&Synonyms::new()).await.unwrap();
        slow.add(&products(101, 2, "Lamp")).await.unwrap();
        for _ in 0..10 {
            let mut abandoned = engine.rebuild(&Synonyms::new()).await.unwrap();
            abandoned.add(&products(201, 1, "Lamp")).await.unwrap();
        }
        assert!(indexes(&config).await.len() < 8);
        slow.add(&products(103, 1, "Lamp")).await.unwrap();
        assert!(is_unavailable(&slow.publish().await));
        assert_eq!(engine.search(&everything()).await.unwrap().total, 7);
        assert!(engine.is_ready().await.unwrap());
    })
    .await;
}
