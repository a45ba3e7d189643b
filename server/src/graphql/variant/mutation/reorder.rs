use async_graphql::{Context, ID, InputObject};
use vitrine_commerce::catalog::variants::{self, Edited, VariantsReorder};

use super::{payload::variants_payload, select::variant_ids};
use crate::{graphql::shared::ContextExt, ids};

/// A product, and the order in which its variants are shown.
#[derive(Debug, InputObject)]
pub struct VariantsReorderInput {
    /// The product's id.
    pub product_id: ID,
    /// The product's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// The variants' ids, the first first. Those that are left out follow, in the order that they have.
    pub variant_ids: Vec<ID>,
}

variants_payload! {
    /// What `variantsReorder` answers.
    VariantsReorderPayload
}

pub(super) async fn reorder(ctx: &Context<'_>, input: VariantsReorderInput) -> vitrine_commerce::Result<Edited> {
    let reorder = VariantsReorder {
        product: ids::input(&input.product_id, "product", &["productId"])?,
        expected_version: input.expected_version.map(i64::from),
        variants: variant_ids(&input.variant_ids)?,
    };
    variants::reorder(ctx.shop(), ctx.caller(), reorder).await
}
