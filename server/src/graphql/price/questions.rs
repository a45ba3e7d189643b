use vitrine_commerce::catalog::price_schedules;
use vitrine_entity::{ids::VariantId, price_schedule};

use crate::graphql::shared::questions;

questions! {
    /// Unscoped: whoever shows them asks for the permission.
    PriceSchedulesOfVariant(VariantId) -> Vec<price_schedule::Model> = price_schedules::of_variants;
}
