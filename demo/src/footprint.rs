//! What is the demo's in a shop.

use vitrine_commerce::setup::removal::Footprint;

use crate::{catalogue::catalogue, region, staff};

/// What a shop has of the demo where it has all of it.
pub(crate) fn footprint() -> Footprint {
    let demo = catalogue();
    let skus = |product: &vitrine_commerce::catalog::draft::ProductDraft| {
        product.variants.iter().map(|variant| variant.sku.clone()).collect()
    };
    let (zones, rates) = region::drafts();
    Footprint {
        products: demo
            .products
            .iter()
            .map(|product| (product.slug.clone(), skus(product)))
            .collect(),
        categories: demo.categories.into_iter().map(|category| category.slug).collect(),
        collections: demo.collections.into_iter().map(|collection| collection.slug).collect(),
        zones,
        rates,
        staff_email: staff::EMAIL.to_owned(),
    }
}
