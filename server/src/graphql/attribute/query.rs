use async_graphql::{Context, ID, Object};
use vitrine_commerce::{catalog::attributes, staff::Permission};

use super::object::AttributeDefinition;
use crate::{
    graphql::shared::{ContextExt, Result},
    ids,
};

#[derive(Debug, Default)]
pub struct AttributeQuery;

#[Object]
impl AttributeQuery {
    /// The attributes that are defined, in display order, at most 500. Shoppers see those whose values they
    /// see.
    #[graphql(complexity = "10 + 10 * child_complexity")]
    async fn attribute_definitions(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Those that are deleted instead, which `attributeDefinitionRestore` brings back. For staff with the permission `CATALOG`.",
            default
        )]
        deleted: bool,
    ) -> Result<Option<Vec<AttributeDefinition>>> {
        let all = attributes::all(ctx.shop(), ctx.caller(), deleted).await?;
        Ok(Some(all.into_iter().map(AttributeDefinition).collect()))
    }

    /// One definition of an attribute. For staff with the permission `CATALOG`; null with an error otherwise.
    async fn attribute_definition(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The definition's id.")] id: ID,
    ) -> Result<Option<AttributeDefinition>> {
        ctx.require(Permission::Catalog)?;
        let Some(id) = ids::find(&id) else { return Ok(None) };
        Ok(attributes::by_id(ctx.shop(), id).await?.map(AttributeDefinition))
    }
}
