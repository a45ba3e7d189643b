use vitrine_commerce::catalog::safety;
use vitrine_entity::{
    economic_operator,
    ids::{EconomicOperatorId, ProductId},
    product_safety,
};

use crate::graphql::shared::questions;

questions! {
    SafetyOfProduct(ProductId) -> product_safety::Model = safety::safety_of, alone;
    OperatorById(EconomicOperatorId) -> economic_operator::Model = safety::operators;
}
