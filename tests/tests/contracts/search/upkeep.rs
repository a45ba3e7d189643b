//! How changes arrive.

use vitrine_commerce::ports::search::{SearchDocument, SearchFilter, SearchRequest};

use super::{
    catalogue::{id, product, shop, texts},
    engines::{Engine, numbers},
};

pub(crate) async fn an_update_replaces_all(engine: Engine) {
    engine.put(&shop()).await;
    engine
        .put(&[SearchDocument {
            price_minor: 5,
            ..product(1, "Copper Lantern")
        }])
        .await;
    assert_eq!(engine.find("lantern").await, [1]);
    assert_eq!(engine.find("laptop").await, [2]);
    let vendor = SearchFilter {
        vendors: texts(&["Lift"]),
        ..SearchFilter::default()
    };
    let response = engine
        .search(SearchRequest {
            filter: vendor,
            limit: 10,
            ..SearchRequest::default()
        })
        .await;
    assert_eq!(response.total, 0, "what the new document does not say is gone");
    assert_eq!(engine.find("").await.len(), 7);
}

pub(crate) async fn a_removed_product_is_gone(engine: Engine) {
    engine.put(&shop()).await;
    engine.port().remove(&[id(1), id(3), id(999)]).await.unwrap();
    engine.port().settle().await.unwrap();
    assert_eq!(engine.find("laptop").await, [2]);
    assert_eq!(engine.find("kettle").await, []);
    let request = SearchRequest {
        facets: true,
        limit: 10,
        ..SearchRequest::default()
    };
    let response = engine.search(request).await;
    assert_eq!(response.total, 5);
    let counted = response.facets.iter().flat_map(|facet| &facet.values);
    assert!(!counted.into_iter().any(|value| value.value == "Lift"));
    engine.put(&[product(1, "Laptop again")]).await;
    assert_eq!(
        numbers(
            &engine
                .search(SearchRequest {
                    text: "again".into(),
                    limit: 1,
                    ..Default::default()
                })
                .await
        ),
        [1]
    );
}

pub(crate) async fn the_last_of_equal_ids_wins(engine: Engine) {
    engine
        .put(&[product(1, "Candle"), product(2, "Vase"), product(1, "Lantern")])
        .await;
    assert_eq!(engine.find("candle").await, []);
    assert_eq!(engine.find("lantern").await, [1]);
    assert_eq!(engine.find("").await.len(), 2);
}

pub(crate) async fn nothing_is_no_error(engine: Engine) {
    engine.port().upsert(&[]).await.unwrap();
    engine.port().remove(&[]).await.unwrap();
    engine.port().remove(&[id(999)]).await.unwrap();
    engine.port().settle().await.unwrap();
    assert_eq!(engine.find("").await, []);
}
