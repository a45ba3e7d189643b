use vitrine_commerce::catalog::list_prices;
use vitrine_entity::{ids::VariantId, price};

use crate::graphql::shared::questions;

questions! {
    /// In the currencies of the price lists. Unscoped: whoever shows them asks for the permission.
    ListPricesOfVariant(VariantId) -> Vec<price::Model> = list_prices::of_variants;
}
