//! What filters keep.

use uuid::Uuid;
use vitrine_commerce::ports::search::{SearchDocument, SearchFilter, SearchRequest, SearchSort, one_variant};
use vitrine_entity::{currency::Currency, ids::CollectionId};

use super::{
    catalogue::{id, product, shop, texts},
    engines::{Engine, numbers},
};

/// The numbers kept, in order of price.
async fn kept(engine: &Engine, filter: SearchFilter) -> Vec<u128> {
    let sort = SearchSort::PriceAscending;
    let response = engine
        .search(SearchRequest {
            filter,
            sort,
            limit: 100,
            ..SearchRequest::default()
        })
        .await;
    assert_eq!(response.total, response.hits.len());
    numbers(&response)
}

fn categories(values: &[&str]) -> SearchFilter {
    SearchFilter {
        categories: texts(values),
        ..SearchFilter::default()
    }
}

fn collections(values: &[&str]) -> SearchFilter {
    SearchFilter {
        collections: texts(values),
        ..SearchFilter::default()
    }
}

fn vendors(values: &[&str]) -> SearchFilter {
    SearchFilter {
        vendors: texts(values),
        ..SearchFilter::default()
    }
}

fn tags(values: &[&str]) -> SearchFilter {
    SearchFilter {
        tags: texts(values),
        ..SearchFilter::default()
    }
}

fn attributes(values: &[(&str, &[&str])]) -> SearchFilter {
    let attributes = values
        .iter()
        .map(|(name, values)| ((*name).to_owned(), texts(values)))
        .collect();
    SearchFilter {
        attributes,
        ..SearchFilter::default()
    }
}

fn price(price_min_minor: Option<i64>, price_max_minor: Option<i64>) -> SearchFilter {
    SearchFilter {
        price_min_minor,
        price_max_minor,
        ..SearchFilter::default()
    }
}

pub(crate) async fn every_filter_restricts(engine: Engine) {
    engine.put(&shop()).await;
    for (filter, expected) in [
        (categories(&["kitchen"]), vec![6, 4, 3]),
        (categories(&["furniture", "home"]), vec![1, 5]),
        (categories(&["garden"]), vec![]),
        (collections(&["new"]), vec![1, 5]),
        (collections(&["desk-setup", "old"]), vec![4, 1]),
        (vendors(&["Grain"]), vec![4, 5, 2]),
        (vendors(&["Ember", "Lift"]), vec![1, 3]),
        (tags(&["wool", "coffee"]), vec![5, 3]),
        (attributes(&[("Size", &["M"])]), vec![1, 3]),
        (attributes(&[("Size", &["S", "L"])]), vec![4, 5, 2]),
        (
            attributes(&[("Size", &["M", "L"]), ("Color", &["White", "Grey"])]),
            vec![5, 3],
        ),
        (attributes(&[("Shape", &["M"])]), vec![]),
        (price(Some(4_900), None), vec![1, 5, 3, 2]),
        (price(None, Some(2_500)), vec![7, 6]),
        (price(Some(2_501), Some(4_900)), vec![4, 1, 5]),
        (price(Some(5_000), Some(4_000)), vec![]),
        (price(Some(-1), None), vec![7, 6, 4, 1, 5, 3, 2]),
        (
            SearchFilter {
                in_stock: Some(true),
                ..SearchFilter::default()
            },
            vec![7, 4, 1, 5, 3],
        ),
        (
            SearchFilter {
                in_stock: Some(false),
                ..SearchFilter::default()
            },
            vec![6, 2],
        ),
    ] {
        assert_eq!(kept(&engine, filter.clone()).await, expected, "{filter:?}");
    }
}

/// Bounds, orders and counts go by the prices of the currency asked, and nothing is found that has none in it.
pub(crate) async fn prices_of_another_currency(engine: Engine) {
    let priced = |number, price_minor, yen: Option<i64>| SearchDocument {
        price_minor,
        prices_minor: yen.map(|minor| (yen_currency(), minor)).into_iter().collect(),
        ..product(number, "Lamp")
    };
    engine
        .put(&[
            priced(1, 100, Some(9_000)),
            priced(2, 200, Some(5_000)),
            priced(3, 300, None),
            priced(4, 400, Some(7_000)),
        ])
        .await;
    let asked = |filter, sort| SearchRequest {
        text: "lamp".to_owned(),
        currency: Some(yen_currency()),
        filter,
        sort,
        limit: 10,
        facets: true,
        ..SearchRequest::default()
    };
    let found = engine
        .search(asked(SearchFilter::default(), SearchSort::PriceAscending))
        .await;
    assert_eq!(numbers(&found), [2, 4, 1]);
    assert_eq!((found.total, found.prices_minor), (3, Some((5_000, 9_000))));
    let found = engine
        .search(asked(price(Some(6_000), None), SearchSort::PriceDescending))
        .await;
    assert_eq!(numbers(&found), [1, 4]);
    let found = engine
        .search(asked(price(None, Some(7_000)), SearchSort::Relevance))
        .await;
    assert_eq!(numbers(&found), [2, 4]);
    assert_eq!(found.prices_minor, Some((5_000, 7_000)));
    let own = SearchRequest {
        currency: None,
        ..asked(price(Some(300), None), SearchSort::PriceDescending)
    };
    assert_eq!(numbers(&engine.search(own).await), [4, 3]);
}

fn yen_currency() -> Currency {
    "JPY".parse().expect("a currency")
}

pub(crate) async fn filters_combine(engine: Engine) {
    engine.put(&shop()).await;
    let filter = SearchFilter {
        categories: texts(&["kitchen", "office", "home"]),
        collections: texts(&["new", "desk-setup"]),
        vendors: texts(&["Grain"]),
        tags: texts(&["textile", "wood"]),
        attributes: vec![("Size".to_owned(), texts(&["L", "S"]))],
        price_min_minor: Some(3_900),
        price_max_minor: Some(5_000),
        in_stock: Some(true),
        ..SearchFilter::default()
    };
    assert_eq!(kept(&engine, filter.clone()).await, [4, 5]);
    let request = SearchRequest {
        text: "wool".into(),
        filter,
        limit: 10,
        ..SearchRequest::default()
    };
    assert_eq!(numbers(&engine.search(request).await), [5]);
}

const STRANGE: [&str; 12] = [
    r#""quoted""#,
    r#"10" x 12""#,
    "it's",
    r"back\slash",
    r"ends with \",
    r#"\""#,
    r"two \\ of them",
    "Söhne & Töchter 🪵",
    "a AND b",
    "in_stock = true",
    "x] OR [y, z",
    "name=value=more",
];

/// The value of one product is no other's, as a vendor, a tag, a category and an attribute.
pub(crate) async fn values_are_literal(engine: Engine) {
    let strange = |(number, value): (u128, &str)| SearchDocument {
        vendor: Some(value.into()),
        tags: texts(&[value]),
        categories: texts(&[value]),
        attributes: vec![format!("Label={value}")],
        ..product(number, "Strange")
    };
    engine.put(&(1..).zip(STRANGE).map(strange).collect::<Vec<_>>()).await;
    for (number, value) in (1..).zip(STRANGE) {
        for filter in [
            vendors(&[value]),
            tags(&[value]),
            categories(&[value]),
            attributes(&[("Label", &[value])]),
        ] {
            assert_eq!(kept(&engine, filter.clone()).await, [number], "{filter:?}");
        }
    }
    assert_eq!(
        kept(&engine, vendors(&[STRANGE[4], STRANGE[5], STRANGE[0]])).await,
        [1, 5, 6]
    );
    let request = SearchRequest {
        facets: true,
        ..SearchRequest::default()
    };
    let counted = engine.search(request).await.facets;
    for facet in counted.iter().filter(|facet| facet.values.len() > 1) {
        let mut values: Vec<&str> = facet.values.iter().map(|value| value.value.as_str()).collect();
        let mut expected = STRANGE;
        values.sort_unstable();
        expected.sort_unstable();
        assert_eq!(values, expected, "{:?}", facet.kind);
    }
    assert_eq!(counted.iter().filter(|facet| facet.values.len() > 1).count(), 4);
}

pub(crate) async fn values_cannot_become_filters(engine: Engine) {
    engine.put(&shop()).await;
    for value in [
        r#"x" OR in_stock = true OR vendor = "x"#,
        r#"x\" OR in_stock = true OR vendor = \"x"#,
        r#"x"] OR price_minor > 0 OR vendor IN ["x"#,
        r"\",
        r#"\\""#,
        "'",
    ] {
        assert_eq!(kept(&engine, vendors(&[value])).await, [], "{value}");
        assert_eq!(kept(&engine, attributes(&[(value, &[value])])).await, [], "{value}");
        assert_eq!(kept(&engine, tags(&[value, "wool"])).await, [5], "{value}");
    }
}

pub(crate) async fn empty_lists_restrict_nothing(engine: Engine) {
    engine.put(&shop()).await;
    assert_eq!(kept(&engine, attributes(&[("Size", &[])])).await.len(), 7);
}

pub(crate) async fn filters_ignore_case(engine: Engine) {
    engine.put(&shop()).await;
    assert_eq!(kept(&engine, vendors(&["LIFT"])).await, [1]);
    assert_eq!(kept(&engine, attributes(&[("color", &["silver"])])).await, [1]);
}

pub(crate) async fn products_are_named_and_left_out(engine: Engine) {
    engine.put(&shop()).await;
    let only = |numbers: &[u128]| SearchFilter {
        only: Some(numbers.iter().map(|number| id(*number)).collect()),
        ..SearchFilter::default()
    };
    let except = |numbers: &[u128]| SearchFilter {
        except: numbers.iter().map(|number| id(*number)).collect(),
        ..SearchFilter::default()
    };
    assert_eq!(kept(&engine, only(&[5, 1, 99])).await, [1, 5]);
    assert_eq!(kept(&engine, except(&[5, 1, 2, 6, 99])).await, [7, 4, 3]);
    let both = SearchFilter {
        vendors: texts(&["Grain"]),
        except: vec![id(4)],
        ..only(&[1, 2, 4, 5])
    };
    assert_eq!(kept(&engine, both).await, [5, 2]);
}

pub(crate) async fn a_market_has_what_its_collections_hold(engine: Engine) {
    let collection = |number: u128| CollectionId(Uuid::from_u128(number));
    let held = |number: u128, by: &[u128]| SearchDocument {
        held_by: by.iter().map(|number| collection(*number)).collect(),
        ..product(number, "Lamp")
    };
    engine
        .put(&[held(1, &[10]), held(2, &[10, 11]), held(3, &[12]), held(4, &[])])
        .await;
    let filter = |only: &[u128], without: &[u128]| SearchFilter {
        held_by: only.iter().map(|number| collection(*number)).collect(),
        not_held_by: without.iter().map(|number| collection(*number)).collect(),
        ..SearchFilter::default()
    };
    for (only, without, expected) in [
        (&[10, 12][..], &[][..], &[1, 2, 3][..]),
        (&[], &[10], &[3, 4]),
        (&[10], &[11], &[1]),
        (&[99], &[], &[]),
        (&[], &[99], &[1, 2, 3, 4]),
    ] {
        let mut found = kept(&engine, filter(only, without)).await;
        found.sort_unstable();
        assert_eq!(found, expected, "{only:?} {without:?}");
    }
}

pub(crate) async fn one_variant_holds_them_all(engine: Engine) {
    // A product of variants: colour, size, and whether it is in stock; and what it is made of.
    let shirt = |number: u128, variants: &[(&str, &str, bool)], material: &str| {
        let sets = variants
            .iter()
            .flat_map(|(color, size, in_stock)| one_variant::sets(&[("Color", *color), ("Size", *size)], *in_stock));
        let own = format!("Material={material}");
        let values = variants
            .iter()
            .flat_map(|(color, size, _)| [format!("Color={color}"), format!("Size={size}")]);
        SearchDocument {
            attributes: values.chain([own.clone()]).collect(),
            own_attributes: vec![own],
            variant_sets: sets.collect(),
            in_stock: variants.iter().any(|(_, _, in_stock)| *in_stock),
            price_minor: 1_000 + number as i64,
            ..product(number, "Shirt")
        }
    };
    engine
        .put(&[
            shirt(1, &[("Red", "M", true), ("Blue", "L", true)], "Wool"),
            shirt(2, &[("Red", "L", false), ("Blue", "M", true)], "Wool"),
            shirt(3, &[("Red", "S", true), ("Red", "M", false)], "Linen \"Best\""),
        ])
        .await;
    let in_stock = |filter: SearchFilter| SearchFilter {
        in_stock: Some(true),
        ..filter
    };
    let red = || attributes(&[("Color", &["Red"])]);
    assert_eq!(kept(&engine, red()).await, [1, 2, 3]);
    assert_eq!(
        kept(&engine, attributes(&[("Color", &["red"]), ("Size", &["M"])])).await,
        [1, 3]
    );
    assert_eq!(
        kept(&engine, attributes(&[("Size", &["M"]), ("Color", &["Red", "Blue"])])).await,
        [1, 2, 3]
    );
    assert_eq!(kept(&engine, in_stock(red())).await, [1, 3]);
    assert_eq!(
        kept(&engine, in_stock(attributes(&[("Color", &["Red"]), ("Size", &["M"])]))).await,
        [1]
    );
    // What is the product's own holds for each of its variants.
    assert_eq!(
        kept(
            &engine,
            attributes(&[("Color", &["Red"]), ("Size", &["M"]), ("Material", &["Linen \"Best\""])])
        )
        .await,
        [3]
    );
    assert_eq!(
        kept(
            &engine,
            in_stock(attributes(&[("Material", &["Wool"]), ("Size", &["M"])]))
        )
        .await,
        [1, 2]
    );
    assert_eq!(
        kept(&engine, attributes(&[("Color", &["Red"]), ("Size", &["XL"])])).await,
        []
    );
}
