//! Lists: filters, orders and pages.

use std::collections::BTreeSet;

use vitrine_commerce::{
    ErrorCode, Shop,
    catalog::{
        find,
        list::{self, ProductFilter, ProductSort},
    },
    paging::{Count, PageRequest},
};
use vitrine_entity::product::ProductStatus;

use super::{chair, draft, put, refusals, shop};
use crate::{guest, system};

const SORTS: [ProductSort; 5] = [
    ProductSort::Newest,
    ProductSort::TitleAscending,
    ProductSort::PriceAscending,
    ProductSort::PriceDescending,
    ProductSort::BestSelling,
];

async fn listed(shop: &Shop, filter: ProductFilter) -> Vec<String> {
    let page = list::products(
        shop,
        &guest(),
        &filter,
        ProductSort::TitleAscending,
        &PageRequest::first(100),
    )
    .await
    .expect("a page");
    let count = list::count(shop, &guest(), &filter).await.expect("a count");
    assert_eq!(count, Count::exactly(page.rows.len() as u64));
    page.rows.into_iter().map(|(_, row)| row.product.slug).collect()
}

#[tokio::test]
async fn every_product_is_on_one_page_in_each_order_and_direction() {
    let (shop, _) = shop().await;
    // Few distinct titles and prices, so that ties are broken.
    for number in 0..23u32 {
        let draft = draft(
            &format!("p-{number}"),
            &format!("Title {}", number % 4),
            i64::from(number % 5) * 100,
        );
        put(&shop, &draft).await.expect("saved");
    }
    let all: BTreeSet<_> = (0..23).map(|number| format!("p-{number}")).collect();
    for sort in SORTS {
        let whole = walk(&shop, sort, 100, false).await;
        assert_eq!(whole.iter().cloned().collect::<BTreeSet<_>>(), all, "{sort:?}");
        for size in [1, 4, 22, 23] {
            assert_eq!(walk(&shop, sort, size, false).await, whole, "{sort:?} {size} forward");
            assert_eq!(walk(&shop, sort, size, true).await, whole, "{sort:?} {size} backward");
        }
    }
}

/// Every slug, page by page.
async fn walk(shop: &Shop, sort: ProductSort, size: i32, backward: bool) -> Vec<String> {
    let mut slugs = Vec::new();
    let mut cursor = None;
    loop {
        let request = if backward {
            PageRequest {
                last: Some(size),
                before: cursor.take(),
                ..PageRequest::default()
            }
        } else {
            PageRequest {
                first: Some(size),
                after: cursor.take(),
                ..PageRequest::default()
            }
        };
        let page = list::products(shop, &guest(), &ProductFilter::default(), sort, &request)
            .await
            .expect("a page");
        assert!(page.rows.len() <= size as usize);
        let end = if backward { page.rows.first() } else { page.rows.last() };
        cursor = end.map(|(cursor, _)| cursor.clone());
        let found: Vec<_> = page.rows.into_iter().map(|(_, row)| row.product.slug).collect();
        if backward {
            slugs.splice(0..0, found);
        } else {
            slugs.extend(found);
        }
        if !(if backward { page.has_previous } else { page.has_next }) {
            return slugs;
        }
    }
}

#[tokio::test]
async fn a_cursor_belongs_to_its_order() {
    let (shop, _) = shop().await;
    put(&shop, &chair()).await.expect("saved");
    let filter = ProductFilter::default();
    let page = list::products(&shop, &guest(), &filter, ProductSort::Newest, &PageRequest::first(1))
        .await
        .expect("a page");
    for after in [page.rows[0].0.clone(), "forged".into(), String::new()] {
        let request = PageRequest {
            after: Some(after),
            ..PageRequest::first(1)
        };
        let refused = refusals(list::products(&shop, &guest(), &filter, ProductSort::PriceAscending, &request).await);
        assert_eq!(refused[0].code, ErrorCode::Invalid);
    }
}

#[tokio::test]
async fn filters_restrict_and_take_wildcards_literally() {
    let (shop, _) = shop().await;
    put(&shop, &chair()).await.expect("saved");
    let mut lamp = draft("lamp", "Lamp_100", 20_000);
    lamp.variants[0].on_hand = Some(0);
    lamp.vendor = Some("Licht".into());
    put(&shop, &lamp).await.expect("saved");
    let mut hidden = draft("hidden", "Hidden chair", 1);
    hidden.active = false;
    put(&shop, &hidden).await.expect("saved");

    let any = ProductFilter::default;
    let text = |text: &str| ProductFilter {
        text: Some(text.into()),
        ..any()
    };
    let attribute = |name: &str, value: &str| ProductFilter {
        attributes: vec![(name.into(), vec!["None".into(), value.into()])],
        ..any()
    };
    let cases = [
        (any(), vec!["chair", "lamp"]),
        (text("CHAIR oak"), vec!["chair"]),
        (text("ch-n"), vec!["chair"]),
        (text("lamp_1"), vec!["lamp"]),
        (text("l_mp"), vec![]),
        (text("%"), vec![]),
        (text("'; drop table product; --"), vec![]),
        (
            ProductFilter {
                category_slugs: vec!["chairs".into()],
                ..any()
            },
            vec!["chair"],
        ),
        (
            ProductFilter {
                category_slugs: vec!["nowhere".into()],
                ..any()
            },
            vec![],
        ),
        (
            ProductFilter {
                price_min_minor: Some(9_900),
                price_max_minor: Some(9_900),
                ..any()
            },
            vec!["chair"],
        ),
        (
            ProductFilter {
                price_min_minor: Some(9_901),
                ..any()
            },
            vec!["lamp"],
        ),
        (
            ProductFilter {
                in_stock: Some(true),
                ..any()
            },
            vec!["chair"],
        ),
        (
            ProductFilter {
                in_stock: Some(false),
                ..any()
            },
            vec!["lamp"],
        ),
        (
            ProductFilter {
                tags: vec!["50% off".into()],
                ..any()
            },
            vec!["chair"],
        ),
        (
            ProductFilter {
                tags: vec!["50".into()],
                ..any()
            },
            vec![],
        ),
        (
            ProductFilter {
                vendors: vec!["Licht".into(), "x".into()],
                ..any()
            },
            vec!["lamp"],
        ),
        (attribute("Material", "Oak"), vec!["chair"]),
        (attribute("Color", "Black"), vec!["chair"]),
        (attribute("Color", "Oak"), vec![]),
    ];
    for (filter, expected) in cases {
        assert_eq!(listed(&shop, filter.clone()).await, expected, "{filter:?}");
    }
    let drafts = ProductFilter {
        status: Some(ProductStatus::Draft),
        ..any()
    };
    assert_eq!(
        refusals(list::count(&shop, &guest(), &drafts).await)[0].code,
        ErrorCode::Forbidden
    );
    assert_eq!(list::count(&shop, &system(), &drafts).await.expect("counted").rows, 1);
    assert!(
        find::by_slug(&shop, &guest(), "hidden")
            .await
            .expect("looked")
            .is_none()
    );
}
