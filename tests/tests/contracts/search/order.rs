//! In what order hits come, and in what pages.

use vitrine_commerce::ports::search::{SearchDocument, SearchRequest, SearchSort};

use super::{
    catalogue::{product, products, shop},
    engines::{Engine, numbers},
};

pub(crate) async fn every_sort(engine: Engine) {
    engine.put(&shop()).await;
    for (sort, expected) in [
        // Ties: 1 and 5 cost the same; 4 and 5 are as new; 2 and 4, and 6 and 7, sell as well.
        (SearchSort::PriceAscending, [7, 6, 4, 1, 5, 3, 2]),
        (SearchSort::PriceDescending, [2, 3, 1, 5, 4, 6, 7]),
        (SearchSort::Newest, [1, 6, 4, 5, 3, 2, 7]),
        (SearchSort::BestSelling, [3, 1, 5, 2, 4, 6, 7]),
        (SearchSort::Relevance, [3, 1, 5, 2, 4, 6, 7]),
    ] {
        let response = engine
            .search(SearchRequest {
                sort,
                limit: 100,
                ..SearchRequest::default()
            })
            .await;
        assert_eq!(numbers(&response), expected, "{sort:?}");
    }
}

/// A cheaper product stands first however badly it matches.
pub(crate) async fn sorts_hold_within_text(engine: Engine) {
    let priced = |number, title: &str, price_minor| SearchDocument {
        price_minor,
        ..product(number, title)
    };
    engine
        .put(&[
            priced(1, "Oaken stool", 300),
            priced(2, "Oaken chair", 100),
            SearchDocument {
                description: "An oaken stool.".into(),
                ..priced(3, "Seat", 200)
            },
            priced(4, "Oakem", 50),
        ])
        .await;
    let request = |sort| SearchRequest {
        text: "oaken stool".into(),
        sort,
        limit: 10,
        ..SearchRequest::default()
    };
    assert_eq!(
        numbers(&engine.search(request(SearchSort::PriceAscending)).await),
        [4, 2, 3, 1]
    );
    assert_eq!(
        numbers(&engine.search(request(SearchSort::PriceDescending)).await),
        [1, 3, 2, 4]
    );
    let by_relevance = numbers(&engine.search(request(SearchSort::Relevance)).await);
    assert_eq!((by_relevance[0], by_relevance[3]), (1, 4));
}

pub(crate) async fn equal_matches_are_in_order_of_id(engine: Engine) {
    let mut lamps = products(1, 12, "Lamp");
    lamps.reverse();
    engine.put(&lamps).await;
    assert_eq!(engine.find("lamp").await, (1..=12).collect::<Vec<_>>());
}

pub(crate) async fn pages_are_exact(engine: Engine) {
    engine.put(&products(1, 25, "Lamp")).await;
    for text in ["", "lamp"] {
        let mut seen = Vec::new();
        for offset in [0, 10, 20] {
            let request = SearchRequest {
                text: text.into(),
                offset,
                limit: 10,
                ..SearchRequest::default()
            };
            let response = engine.search(request).await;
            assert_eq!(response.total, 25);
            seen.extend(numbers(&response));
        }
        assert_eq!(seen, (1..=25).collect::<Vec<_>>());
    }
    let response = engine
        .search(SearchRequest {
            limit: 0,
            ..SearchRequest::default()
        })
        .await;
    assert_eq!((response.hits.len(), response.total), (0, 25));
}

pub(crate) async fn pages_need_not_align(engine: Engine) {
    engine.put(&products(1, 25, "Lamp")).await;
    for (offset, limit) in [(7, 10), (1, 1), (13, 4), (3, 20), (24, 7)] {
        let response = engine
            .search(SearchRequest {
                offset,
                limit,
                ..SearchRequest::default()
            })
            .await;
        let expected: Vec<u128> = (1..=25).skip(offset).take(limit).collect();
        assert_eq!((numbers(&response), response.total), (expected, 25), "{offset} {limit}");
    }
}

pub(crate) async fn beyond_the_end_is_empty(engine: Engine) {
    engine.put(&products(1, 25, "Lamp")).await;
    for offset in [25, 26, 1_000, usize::MAX] {
        let response = engine
            .search(SearchRequest {
                offset,
                limit: 10,
                ..SearchRequest::default()
            })
            .await;
        assert_eq!((response.hits.len(), response.total), (0, 25), "{offset}");
    }
}

/// As whoever sorts them by what the engine does not know needs them.
pub(crate) async fn all_hits_are_given_at_once(engine: Engine) {
    engine.put(&products(1, 120, "Lamp")).await;
    let response = engine
        .search(SearchRequest {
            limit: usize::MAX,
            ..SearchRequest::default()
        })
        .await;
    assert_eq!((response.hits.len(), response.total), (120, 120));
}
