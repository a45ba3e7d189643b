use async_graphql::{Context, ID, Object};
use vitrine_commerce::cart;

use super::object::Cart;
use crate::{
    graphql::shared::{ContextExt, Result},
    ids,
};

#[derive(Debug, Default)]
pub struct CartQuery;

#[Object]
impl CartQuery {
    /// A cart, priced now. Null if there is none, or if it is another customer's.
    #[graphql(complexity = "5 + child_complexity")]
    async fn cart(&self, ctx: &Context<'_>, #[graphql(desc = "The cart's id.")] id: ID) -> Result<Option<Cart>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        Ok(cart::view(ctx.shop(), ctx.caller(), id).await?.map(Cart))
    }
}
