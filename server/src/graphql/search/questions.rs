use vitrine_commerce::search::rules;
use vitrine_entity::{ids::SearchRuleId, search_rule_product};

use crate::graphql::shared::questions;

questions! {
    /// What it pins, by position, and hides.
    ProductsOfSearchRule(SearchRuleId) -> Vec<search_rule_product::Model> = rules::products_of;
}
