use async_graphql::{Context, ID, InputObject, MaybeUndefined};
use vitrine_commerce::{
    Refusal,
    catalog::safety::{self, SafetySet},
};
use vitrine_entity::ids::EconomicOperatorId;

use crate::{
    graphql::{
        product::object::Product,
        shared::{ContextExt, payload},
    },
    ids,
};

/// A product, and what its buyers are told for their safety. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct ProductSafetySetInput {
    /// The product's id.
    pub product_id: ID,
    /// The product's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// Who makes it; null for nobody.
    pub manufacturer_id: MaybeUndefined<ID>,
    /// Who answers for it in the EU; null for nobody.
    pub responsible_person_id: MaybeUndefined<ID>,
    /// Warnings and how to use it safely, as text with line breaks; null for none.
    pub warnings: MaybeUndefined<String>,
}

payload! {
    /// What `productSafetySet` answers.
    ProductSafetySetPayload {
        /// The product as it is now.
        product: Product,
    }
}

pub(super) async fn set(ctx: &Context<'_>, input: ProductSafetySetInput) -> vitrine_commerce::Result<Product> {
    let set = SafetySet {
        product: ids::input(&input.product_id, "product", &["productId"])?,
        expected_version: input.expected_version.map(i64::from),
        manufacturer: operator(input.manufacturer_id, "manufacturerId")?,
        responsible_person: operator(input.responsible_person_id, "responsiblePersonId")?,
        warnings: input.warnings.into(),
    };
    Ok(Product(safety::set(ctx.shop(), ctx.caller(), set).await?))
}

fn operator(id: MaybeUndefined<ID>, field: &str) -> Result<Option<Option<EconomicOperatorId>>, Refusal> {
    match id {
        MaybeUndefined::Undefined => Ok(None),
        MaybeUndefined::Null => Ok(Some(None)),
        MaybeUndefined::Value(id) => ids::input(&id, "economic operator", &[field]).map(|id| Some(Some(id))),
    }
}
