use vitrine_commerce::{catalog::load, downloads::files, inventory};
use vitrine_entity::{ids::VariantId, picture, price, stock, variant, variant_attribute, variant_file};

use crate::graphql::shared::questions;

questions! {
    VariantById(VariantId) -> variant::Model = load::variants;
    /// The picture of its own, where it has one.
    PictureOfVariant(VariantId) -> picture::Model = load::variant_pictures;
    AttributesOfVariant(VariantId) -> Vec<variant_attribute::Model> = load::attributes_of_variants;
    PriceOfVariant(VariantId, in currency) -> price::Model = load::prices_of;
    /// Units that nobody has ordered, over all locations.
    AvailableOfVariant(VariantId) -> i64 = load::available_of;
    /// Unscoped: whoever shows them asks for the permission.
    FilesOfVariant(VariantId) -> Vec<variant_file::Model> = files::of_variants;
    StockOfVariant(VariantId) -> Vec<stock::Model> = inventory::stock_of;
}
