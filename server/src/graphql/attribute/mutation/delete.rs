use async_graphql::{Context, ID, InputObject};
use vitrine_commerce::catalog::attributes;

use crate::{
    graphql::{
        attribute::object::AttributeDefinition,
        shared::{ContextExt, payload},
    },
    ids,
};

/// Which definition is deleted.
#[derive(Debug, InputObject)]
pub struct AttributeDefinitionDeleteInput {
    /// The definition's id.
    pub id: ID,
    /// The definition's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

/// Which definition comes back.
#[derive(Debug, InputObject)]
pub struct AttributeDefinitionRestoreInput {
    /// The definition's id.
    pub id: ID,
    /// The definition's version that you saw: refuse to restore any other.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `attributeDefinitionDelete` answers.
    AttributeDefinitionDeletePayload {
        /// The definition as it is now.
        attribute_definition: AttributeDefinition,
    }
}

payload! {
    /// What `attributeDefinitionRestore` answers.
    AttributeDefinitionRestorePayload {
        /// The definition as it is now.
        attribute_definition: AttributeDefinition,
    }
}

pub(super) async fn delete(
    ctx: &Context<'_>,
    input: AttributeDefinitionDeleteInput,
) -> vitrine_commerce::Result<AttributeDefinition> {
    let (id, version) = (ids::input(&input.id, "attribute", &["id"])?, input.expected_version);
    let deleted = attributes::delete(ctx.shop(), ctx.caller(), id, version.map(i64::from)).await?;
    Ok(AttributeDefinition(deleted))
}

pub(super) async fn restore(
    ctx: &Context<'_>,
    input: AttributeDefinitionRestoreInput,
) -> vitrine_commerce::Result<AttributeDefinition> {
    let (id, version) = (ids::input(&input.id, "attribute", &["id"])?, input.expected_version);
    let restored = attributes::restore(ctx.shop(), ctx.caller(), id, version.map(i64::from)).await?;
    Ok(AttributeDefinition(restored))
}
