use async_graphql::{Context, Object};
use vitrine_commerce::settings::flags;

use super::object::Flag;
use crate::graphql::shared::{ContextExt, Result};

#[derive(Debug, Default)]
pub struct FlagQuery;

#[Object]
impl FlagQuery {
    /// What is switched while the shop runs: its capabilities, then the flags that its front ends ask for, each by name. For
    /// staff with the permission `SETTINGS`; shoppers ask `shop.capabilities` and `shop.flags`.
    #[graphql(complexity = "20 * child_complexity")]
    async fn flags(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Those that were taken away, and no others.", default)] deleted: bool,
    ) -> Result<Option<Vec<Flag>>> {
        let flags = flags::list(ctx.shop(), ctx.caller(), deleted).await?;
        Ok(Some(flags.into_iter().map(Flag).collect()))
    }

    /// A flag by its name, taken away or not. Null if there is none, or for whoever has not the permission `SETTINGS`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn flag(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The flag's name.")] name: String,
    ) -> Result<Option<Flag>> {
        Ok(flags::find(ctx.shop(), ctx.caller(), name.trim()).await?.map(Flag))
    }
}
