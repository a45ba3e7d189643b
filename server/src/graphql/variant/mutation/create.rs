use async_graphql::{Context, ID, InputObject};
use vitrine_commerce::catalog::variants::{self, Edited, VariantsCreate};

use super::{input::VariantCreateInput, payload::variants_payload};
use crate::{graphql::shared::ContextExt, ids};

/// A product, and its new variants.
#[derive(Debug, InputObject)]
pub struct VariantsCreateInput {
    /// The product's id.
    pub product_id: ID,
    /// The product's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// The new variants, 1 to 250.
    pub variants: Vec<VariantCreateInput>,
}

variants_payload! {
    /// What `variantsCreate` answers.
    VariantsCreatePayload warns
}

pub(super) async fn create(ctx: &Context<'_>, input: VariantsCreateInput) -> vitrine_commerce::Result<Edited> {
    let create = VariantsCreate {
        product: ids::input(&input.product_id, "product", &["productId"])?,
        expected_version: input.expected_version.map(i64::from),
        variants: VariantCreateInput::read_all(input.variants, ctx.caller().currency)?,
    };
    variants::create(ctx.shop(), ctx.caller(), create).await
}
