//! What facets count.

use vitrine_commerce::ports::search::{FacetKind, SearchDocument, SearchFilter, SearchRequest, SearchResponse};

use super::{
    catalogue::{product, products, shop, texts},
    engines::Engine,
};

fn counts(response: &SearchResponse, kind: &FacetKind) -> Vec<(String, usize)> {
    let facet = response.facets.iter().find(|facet| facet.kind == *kind);
    facet
        .into_iter()
        .flat_map(|facet| &facet.values)
        .map(|value| (value.value.clone(), value.count))
        .collect()
}

fn expected(counts: &[(&str, usize)]) -> Vec<(String, usize)> {
    counts
        .iter()
        .map(|(value, count)| ((*value).to_owned(), *count))
        .collect()
}

pub(crate) async fn all_hits_are_counted(engine: Engine) {
    engine.put(&shop()).await;
    // Of all hits, though only one is on the page.
    let response = engine
        .search(SearchRequest {
            facets: true,
            limit: 1,
            ..SearchRequest::default()
        })
        .await;
    let attribute = |name: &str| FacetKind::Attribute(name.to_owned());
    for (kind, values) in [
        (
            FacetKind::Category,
            &[("kitchen", 3), ("office", 2), ("furniture", 1), ("home", 1)][..],
        ),
        (FacetKind::Collection, &[("desk-setup", 2), ("new", 2)]),
        (FacetKind::Vendor, &[("Grain", 3), ("Ember", 1), ("Lift", 1)]),
        (
            FacetKind::Tag,
            &[
                ("textile", 2),
                ("coffee", 1),
                ("desk", 1),
                ("metal", 1),
                ("wood", 1),
                ("wool", 1),
            ],
        ),
        (
            attribute("Color"),
            &[("Blue", 1), ("Grey", 1), ("Silver", 1), ("Walnut", 1), ("White", 1)],
        ),
        (attribute("Size"), &[("L", 2), ("M", 2), ("S", 1)]),
        (FacetKind::InStock, &[("true", 5), ("false", 2)]),
    ] {
        assert_eq!(counts(&response, &kind), expected(values), "{kind:?}");
    }
    let kinds: Vec<&FacetKind> = response.facets.iter().map(|facet| &facet.kind).collect();
    assert_eq!(kinds.len(), 7);
    assert!(kinds.is_sorted());
}

pub(crate) async fn counts_follow_text_and_filters(engine: Engine) {
    engine.put(&shop()).await;
    let filter = SearchFilter {
        vendors: texts(&["Grain"]),
        ..SearchFilter::default()
    };
    let request = SearchRequest {
        facets: true,
        limit: 10,
        filter,
        ..SearchRequest::default()
    };
    let response = engine.search(request.clone()).await;
    assert_eq!(
        counts(&response, &FacetKind::Category),
        expected(&[("home", 1), ("kitchen", 1), ("office", 1)])
    );
    assert_eq!(counts(&response, &FacetKind::Vendor), expected(&[("Grain", 3)]));
    assert_eq!(
        counts(&response, &FacetKind::InStock),
        expected(&[("true", 2), ("false", 1)])
    );

    let response = engine
        .search(SearchRequest {
            text: "laptop".into(),
            ..request
        })
        .await;
    assert_eq!(counts(&response, &FacetKind::Tag), expected(&[("wood", 1)]));
}

pub(crate) async fn values_are_bounded(engine: Engine) {
    let mut many: Vec<SearchDocument> = products(1, 120, "Many");
    for (number, document) in many.iter_mut().enumerate() {
        document.tags = vec![format!("tag {number:03}"), "common".to_owned()];
        document.attributes = vec![format!("Batch={number:03}")];
    }
    engine.put(&many).await;
    let response = engine
        .search(SearchRequest {
            facets: true,
            limit: 1,
            ..SearchRequest::default()
        })
        .await;
    let tags = counts(&response, &FacetKind::Tag);
    assert_eq!(tags.len(), 100);
    assert_eq!(tags[0], ("common".to_owned(), 120));
    assert_eq!(counts(&response, &FacetKind::Attribute("Batch".into())).len(), 100);
}

pub(crate) async fn facets_come_only_when_asked(engine: Engine) {
    engine.put(&shop()).await;
    assert_eq!(
        engine
            .search(SearchRequest {
                limit: 1,
                ..SearchRequest::default()
            })
            .await
            .facets,
        []
    );
}

pub(crate) async fn no_hits_have_no_facets(engine: Engine) {
    engine.put(&[product(1, "Alone")]).await;
    let request = SearchRequest {
        text: "zzzzqqqq".into(),
        facets: true,
        limit: 1,
        ..SearchRequest::default()
    };
    assert_eq!(engine.search(request).await, SearchResponse::default());
}

pub(crate) async fn prices_have_bounds(engine: Engine) {
    engine.put(&shop()).await;
    let bounds = async |text: &str, filter: SearchFilter, facets: bool| {
        let request = SearchRequest {
            text: text.into(),
            filter,
            facets,
            limit: 1,
            ..SearchRequest::default()
        };
        engine.search(request).await.prices_minor
    };
    let dear = SearchFilter {
        price_min_minor: Some(5_000),
        ..SearchFilter::default()
    };
    assert_eq!(bounds("", SearchFilter::default(), true).await, Some((1_200, 7_900)));
    assert_eq!(
        bounds("laptop", SearchFilter::default(), true).await,
        Some((4_900, 7_900))
    );
    assert_eq!(bounds("", dear, true).await, Some((6_500, 7_900)));
    assert_eq!(bounds("zzzzqqqq", SearchFilter::default(), true).await, None);
    assert_eq!(bounds("", SearchFilter::default(), false).await, None);
}
