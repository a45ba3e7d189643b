use vitrine_commerce::catalog::price_schedules;
use vitrine_entity::{ids::VariantId, price_schedule};

use crate::graphql::shared::questions;

questions! {
    /// The one that holds and ends some day.
    EndingPriceOfVariant(VariantId, in currency) -> price_schedule::Model = price_schedules::ending, alone;
    /// Unscoped: whoever shows them asks for the permission.
    PriceSchedulesOfVariant(VariantId) -> Vec<price_schedule::Model> = price_schedules::of_variants;
}
