//! How an index takes another's place.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use vitrine_commerce::ports::search::Synonyms;

use super::{
    catalogue::{product, products, shop},
    engines::Engine,
};

pub(crate) async fn the_old_index_answers_until_publication(engine: Engine) {
    engine.put(&shop()).await;
    let mut rebuild = engine.port().rebuild(&Synonyms::new()).await.unwrap();
    rebuild.add(&[product(11, "Copper Lantern")]).await.unwrap();
    rebuild.add(&[product(12, "Copper Candle")]).await.unwrap();
    engine.port().settle().await.unwrap();
    assert_eq!(engine.find("copper").await, []);
    assert_eq!(engine.find("kettle").await, [3]);

    rebuild.publish().await.unwrap();
    assert_eq!(engine.find("copper").await, [11, 12]);
    assert_eq!(engine.find("kettle").await, []);
    engine.put(&[product(13, "Copper Bowl")]).await;
    assert_eq!(engine.find("copper").await, [11, 12, 13]);
}

pub(crate) async fn an_abandoned_rebuild_changes_nothing(engine: Engine) {
    engine.put(&shop()).await;
    let mut rebuild = engine.port().rebuild(&Synonyms::new()).await.unwrap();
    rebuild.add(&[product(11, "Copper Lantern")]).await.unwrap();
    drop(rebuild);
    assert_eq!(engine.find("").await.len(), 7);
    engine.rebuilt_with(&[product(12, "Copper Candle")]).await;
    assert_eq!(engine.find("").await, [12]);
}

/// Two catalogues in turn, while searches run all the time: each sees one of them, whole.
pub(crate) async fn searches_never_see_half_a_rebuild(engine: Engine) {
    let catalogues = [products(1, 20, "Lamp"), products(101, 20, "Lamp")];
    engine.rebuilt_with(&catalogues[0]).await;
    let (done, searches) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let searching = tokio::spawn({
        let (engine, done, searches) = (engine.clone(), Arc::clone(&done), Arc::clone(&searches));
        async move {
            while !done.load(Ordering::Relaxed) {
                let found = engine.find("lamp").await;
                assert!(
                    found == Vec::from_iter(1..=20) || found == Vec::from_iter(101..=120),
                    "{found:?}"
                );
                searches.fetch_add(1, Ordering::Relaxed);
            }
        }
    });
    for round in 1..=6 {
        let before = searches.load(Ordering::Relaxed);
        engine.rebuilt_with(&catalogues[round % 2]).await;
        while searches.load(Ordering::Relaxed) == before && !searching.is_finished() {
            tokio::task::yield_now().await;
        }
    }
    done.store(true, Ordering::Relaxed);
    searching.await.unwrap();
    assert_eq!(engine.find("lamp").await, Vec::from_iter(1..=20));
}
