use vitrine_commerce::content::policies;
use vitrine_entity::{ids::OrderId, page_version};

use crate::graphql::shared::questions;

questions! {
    /// The texts of policies under which it was placed.
    PoliciesOfOrder(OrderId) -> Vec<page_version::Model> = policies::of_orders;
}
