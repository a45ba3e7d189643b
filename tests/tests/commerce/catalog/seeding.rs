//! The demo shop.

use std::collections::HashMap;

use sea_orm::{EntityTrait, PaginatorTrait};
use vitrine_commerce::{
    Context, Shop,
    catalog::{
        categories, collections, index,
        list::{self, ProductFilter, ProductSort},
        load,
    },
    paging::PageRequest,
};
use vitrine_entity::{ids::ProductId, location, outbox, product, shipping_method, tax_rate};

use super::shop;
use crate::{guest, system};

#[tokio::test]
async fn the_demo_shop_is_seeded_once_and_leaves_no_job() {
    let (shop, engine) = shop().await;
    let report = vitrine_demo::seed(&shop, &system(), |_, _| ()).await.expect("seeded");
    assert!(
        report.products >= 40 && report.variants > report.products && report.collections > 0,
        "{report:?}"
    );
    assert_eq!(outbox::Entity::find().count(&shop.db).await.expect("jobs"), 0);
    assert_eq!(
        list::count(&shop, &system(), &ProductFilter::default())
            .await
            .expect("counted")
            .rows,
        report.products as u64
    );
    let active = list::count(&shop, &guest(), &ProductFilter::default())
        .await
        .expect("counted")
        .rows;
    assert_eq!(location::Entity::find().count(&shop.db).await.expect("locations"), 1);
    assert_eq!(
        shipping_method::Entity::find().count(&shop.db).await.expect("methods"),
        6
    );
    assert!(tax_rate::Entity::find().count(&shop.db).await.expect("rates") > 27);
    assert_eq!(index::fill(&shop).await.expect("filled"), active);
    assert_eq!(engine.all().len() as u64, active);
    assert_collections(&shop, &system()).await;
    assert_tree(&shop).await;
    assert_eq!(
        vitrine_demo::seed(&shop, &system(), |_, _| ()).await.expect("nothing"),
        vitrine_demo::SeedReport::default()
    );
}

/// Each collection lists as many products as know that they are in it.
async fn assert_collections(shop: &Shop, context: &Context) {
    let ids: Vec<ProductId> = product::Entity::find()
        .all(&shop.db)
        .await
        .expect("products")
        .iter()
        .map(|product| product.id)
        .collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for collection in load::collections_of(shop, &ids)
        .await
        .expect("collections")
        .into_values()
        .flatten()
    {
        *counts.entry(collection.slug).or_default() += 1;
    }
    for collection in collections::all(shop, &guest()).await.expect("collections") {
        let page = collections::products(
            shop,
            context,
            &collection.slug,
            ProductSort::Newest,
            &PageRequest::first(100),
        )
        .await;
        assert_eq!(
            page.expect("a page").rows.len(),
            counts[&collection.slug],
            "{}",
            collection.slug
        );
    }
}

/// A root category lists what its descendants hold.
async fn assert_tree(shop: &Shop) {
    let roots = categories::children_of(shop, &[None])
        .await
        .expect("roots")
        .remove(&None)
        .expect("some");
    let mut total = 0;
    for root in &roots {
        let filter = ProductFilter {
            category_slugs: vec![root.slug.clone()],
            ..ProductFilter::default()
        };
        total += list::count(shop, &guest(), &filter).await.expect("counted").rows;
        for slug in categories::descendant_slugs(shop, &root.slug).await.expect("slugs") {
            let category = categories::by_slug(shop, &guest(), &slug)
                .await
                .expect("found")
                .expect("there");
            let path = categories::ancestors(shop, category.id).await.expect("path");
            assert_eq!(path.first().unwrap_or(&category).id, root.id);
        }
    }
    assert_eq!(
        total,
        list::count(shop, &guest(), &ProductFilter::default())
            .await
            .expect("counted")
            .rows
    );
}
