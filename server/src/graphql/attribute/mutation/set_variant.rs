use async_graphql::{Context, ID, InputObject};
use vitrine_commerce::catalog::attributes::{self, VariantAttributesSet};

use super::set::AttributeValuesInput;
use crate::{
    graphql::{
        shared::{ContextExt, payload},
        variant::object::ProductVariant,
    },
    ids,
};

/// A variant, and its values of some attributes.
#[derive(Debug, InputObject)]
pub struct VariantAttributesSetInput {
    /// The variant's id.
    pub variant_id: ID,
    /// The product's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// The values, at most 100 attributes. Those that are not named keep theirs.
    pub attributes: Vec<AttributeValuesInput>,
}

payload! {
    /// What `variantAttributesSet` answers.
    VariantAttributesSetPayload {
        /// The variant as it is now.
        variant: ProductVariant,
    }
}

pub(super) async fn set(
    ctx: &Context<'_>,
    input: VariantAttributesSetInput,
) -> vitrine_commerce::Result<ProductVariant> {
    let set = VariantAttributesSet {
        variant: ids::input(&input.variant_id, "variant", &["variantId"])?,
        expected_version: input.expected_version.map(i64::from),
        attributes: input.attributes.into_iter().map(Into::into).collect(),
    };
    Ok(ProductVariant(
        attributes::set_variant(ctx.shop(), ctx.caller(), set).await?,
    ))
}
