use async_graphql::{Context, ID, InputObject};
use vitrine_commerce::{
    Refusal,
    catalog::variants::{self, Edited, VariantsSelect},
};
use vitrine_entity::ids::VariantId;

use super::payload::variants_payload;
use crate::{graphql::shared::ContextExt, ids};

/// Which variants of which product are deleted.
#[derive(Debug, InputObject)]
pub struct VariantsDeleteInput {
    /// The product's id.
    pub product_id: ID,
    /// The product's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// The variants' ids, 1 to 250.
    pub variant_ids: Vec<ID>,
}

/// Which deleted variants of which product come back.
#[derive(Debug, InputObject)]
pub struct VariantsRestoreInput {
    /// The product's id.
    pub product_id: ID,
    /// The product's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// The variants' ids, 1 to 250.
    pub variant_ids: Vec<ID>,
}

variants_payload! {
    /// What `variantsDelete` answers.
    VariantsDeletePayload
}

variants_payload! {
    /// What `variantsRestore` answers.
    VariantsRestorePayload
}

pub(super) async fn delete(ctx: &Context<'_>, input: VariantsDeleteInput) -> vitrine_commerce::Result<Edited> {
    let select = read(&input.product_id, input.expected_version, &input.variant_ids)?;
    variants::delete(ctx.shop(), ctx.caller(), select).await
}

pub(super) async fn restore(ctx: &Context<'_>, input: VariantsRestoreInput) -> vitrine_commerce::Result<Edited> {
    let select = read(&input.product_id, input.expected_version, &input.variant_ids)?;
    variants::restore(ctx.shop(), ctx.caller(), select).await
}

fn read(product: &ID, expected_version: Option<i32>, variants: &[ID]) -> Result<VariantsSelect, Refusal> {
    Ok(VariantsSelect {
        product: ids::input(product, "product", &["productId"])?,
        expected_version: expected_version.map(i64::from),
        variants: variant_ids(variants)?,
    })
}

/// The ids of variants.
///
/// # Errors
/// `NOT_FOUND` at the place of the first that is none.
pub(super) fn variant_ids(ids: &[ID]) -> Result<Vec<VariantId>, Refusal> {
    let read = |(index, id): (usize, &ID)| ids::input(id, "variant", &["variantIds", &index.to_string()]);
    ids.iter().enumerate().map(read).collect()
}
