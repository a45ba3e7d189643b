use async_graphql::{Context, ID, Object};
use vitrine_commerce::{
    inventory::{self, LevelFilter},
    staff::Permission,
};

use super::{
    stock_entry::{StockEntry, StockEntryConnection},
    stock_level::{StockLevel, StockLevelConnection, StockLevelWhere},
};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

#[derive(Debug, Default)]
pub struct InventoryQuery;

#[Object]
impl InventoryQuery {
    /// Where little is left of what: the available units are at the variant's `lowStockThreshold` or
    /// below: `stockLevels` with `low`. For staff with the permission `INVENTORY`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn low_stock(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<StockLevelConnection>> {
        let filter = LevelFilter {
            low: true,
            ..LevelFilter::default()
        };
        let page = page(first, after, last, before);
        let page = inventory::levels(ctx.shop(), ctx.caller(), &filter, &page).await?;
        Ok(Some(StockLevelConnection {
            page: map(page, StockLevel),
            context: (),
        }))
    }

    /// What lies where. For staff with the permission `INVENTORY`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn stock_levels(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which levels.")] filter: Option<StockLevelWhere>,
    ) -> Result<Option<StockLevelConnection>> {
        let filter = filter.unwrap_or_default().into();
        let page = page(first, after, last, before);
        let page = inventory::levels(ctx.shop(), ctx.caller(), &filter, &page).await?;
        Ok(Some(StockLevelConnection {
            page: map(page, StockLevel),
            context: (),
        }))
    }

    /// Every change of a variant's stock, newest first. For staff with the permission `INVENTORY`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn stock_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The variant's id.")] variant_id: ID,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<StockEntryConnection>> {
        ctx.require(Permission::Inventory)?;
        let Some(variant) = ids::find(&variant_id) else {
            return Ok(None);
        };
        let page = page(first, after, last, before);
        let page = inventory::entries(ctx.shop(), ctx.caller(), variant, &page).await?;
        Ok(Some(StockEntryConnection {
            page: map(page, StockEntry),
            context: (),
        }))
    }
}
