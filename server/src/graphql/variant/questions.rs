use vitrine_commerce::{
    catalog::load,
    downloads::files,
    inventory::{self, Availability},
};
use vitrine_entity::{ids::VariantId, price, stock, stock_policy, variant, variant_attribute, variant_file};

use crate::graphql::shared::questions;

questions! {
    VariantById(VariantId) -> variant::Model = load::variants, alone;
    AttributesOfVariant(VariantId) -> Vec<variant_attribute::Model> = load::attributes_of_variants, alone;
    PriceOfVariant(VariantId, in currency) -> price::Model = load::prices_of, alone;
    /// What can be had of it, over all locations that are open.
    AvailabilityOfVariant(VariantId) -> Availability = inventory::availability_of, alone;
    /// What is sold of it when stock is out, where staff said something. Unscoped: whoever shows it asks for the
    /// permission.
    PolicyOfVariant(VariantId) -> stock_policy::Model = inventory::policies_of, alone;
    /// Unscoped: whoever shows them asks for the permission.
    FilesOfVariant(VariantId) -> Vec<variant_file::Model> = files::of_variants;
    StockOfVariant(VariantId) -> Vec<stock::Model> = inventory::stock_of;
}
