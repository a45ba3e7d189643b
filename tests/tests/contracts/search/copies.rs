//! A copy of tantivy's index, for a shop on a copy of its database.

use vitrine_adapters::search::TantivySearch;
use vitrine_commerce::ports::search::{SearchEngine, SearchRequest, Synonyms};

use super::{
    catalogue::{id, product},
    engines::numbers,
};

async fn find(engine: &TantivySearch, text: &str) -> Vec<u128> {
    let request = SearchRequest {
        text: text.to_owned(),
        limit: 10,
        ..SearchRequest::default()
    };
    numbers(&engine.search(&request).await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_holds_what_was_there_and_goes_its_own_way() {
    let engine = TantivySearch::new().unwrap();
    engine.upsert(&[product(1, "Lamp"), product(2, "Mug")]).await.unwrap();
    let synonyms = Synonyms::from([("light".to_owned(), vec!["lamp".to_owned()])]);
    engine.set_synonyms(&synonyms).await.unwrap();
    let copy = engine.copied().await.unwrap().unwrap();
    assert_eq!((copy.count().await.unwrap(), find(&copy, "light").await), (2, vec![1]));

    copy.upsert(&[product(3, "Chair")]).await.unwrap();
    copy.remove(&[id(1)]).await.unwrap();
    engine.upsert(&[product(4, "Table")]).await.unwrap();
    assert_eq!(
        (find(&copy, "chair").await, find(&copy, "lamp").await),
        (vec![3], vec![])
    );
    assert_eq!(
        (find(&engine, "chair").await, find(&engine, "lamp").await),
        (vec![], vec![1])
    );
    assert!(find(&copy, "table").await.is_empty());
    // And from a copy as from what it is one of.
    let copy = copy.copied().await.unwrap().unwrap();
    assert_eq!(find(&copy, "chair mug").await.len(), 1);
    assert_eq!(copy.count().await.unwrap(), 2);
}
