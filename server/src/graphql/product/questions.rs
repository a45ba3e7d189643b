use vitrine_commerce::{
    catalog::{
        load::{self, Gallery},
        options, relations, videos,
    },
    inventory::{self, StockStatus},
};
use vitrine_entity::{
    collection, ids::ProductId, product, product_attribute, product_listing, product_option, product_option_swatch,
    product_relation::RelationKind, product_video, variant,
};

use crate::graphql::shared::questions;

questions! {
    ProductById(ProductId) -> product::Model = load::products, alone;
    VariantsOfProduct(ProductId) -> Vec<variant::Model> = load::variants_of, alone;
    /// Those that are switched off, and those that are deleted, too.
    AllVariantsOfProduct(ProductId) -> Vec<variant::Model> = load::all_variants_of;
    GalleryOfProduct(ProductId) -> Gallery = load::galleries_of, alone;
    OptionsOfProduct(ProductId) -> Vec<product_option::Model> = load::options_of, alone;
    /// How its options' values are shown.
    SwatchesOfProduct(ProductId) -> Vec<product_option_swatch::Model> = options::swatches_of, alone;
    VideosOfProduct(ProductId) -> Vec<product_video::Model> = videos::videos_of, alone;
    AttributesOfProduct(ProductId) -> Vec<product_attribute::Model> = load::attributes_of, alone;
    /// Its price range and availability.
    ListingOfProduct(ProductId, in currency) -> product_listing::Model = load::listings_of, alone;
    /// What can be had soonest of its active variants.
    StatusOfProduct(ProductId) -> StockStatus = inventory::statuses_of, alone;
    CollectionsOfProduct(ProductId) -> Vec<collection::Model> = load::collections_of;
    /// What staff put beside it.
    ChosenBesideProduct((ProductId, RelationKind)) -> Vec<product::Model> = relations::chosen_of;
    /// What is shown beside it.
    RelatedOfProduct((ProductId, RelationKind), in currency) -> Vec<product::Model> = relations::related_of;
}
