use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::{
    inventory::counts::{self, CountFilter},
    staff::Permission,
};

use super::object::{InventoryCount, InventoryCountConnection, InventoryCountStatus};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

/// Which counts. All that is given must hold.
#[derive(Debug, Default, InputObject)]
pub struct InventoryCountWhere {
    /// What became of them.
    pub status: Option<InventoryCountStatus>,
    /// The location's id.
    pub location_id: Option<ID>,
}

#[derive(Debug, Default)]
pub struct CountQuery;

#[Object]
impl CountQuery {
    /// A count by its id; null if there is none. For staff with the permission `INVENTORY`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn inventory_count(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The count's id.")] id: ID,
    ) -> Result<Option<InventoryCount>> {
        ctx.require(Permission::Inventory)?;
        let Some(id) = ids::find(&id) else { return Ok(None) };
        let row = counts::by_id(ctx.shop(), ctx.caller(), id).await?;
        Ok(row.map(InventoryCount))
    }

    /// Counts, newest first. For staff with the permission `INVENTORY`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn inventory_counts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which counts.", name = "where")] wanted: Option<InventoryCountWhere>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<InventoryCountConnection>> {
        let wanted = wanted.unwrap_or_default();
        let location = wanted.location_id.as_ref();
        let filter = CountFilter {
            status: wanted.status.map(Into::into),
            location: location
                .map(|id| ids::input(id, "location", &["where", "locationId"]))
                .transpose()
                .map_err(vitrine_commerce::Error::from)?,
        };
        let page = page(first, after, last, before);
        let page = counts::list(ctx.shop(), ctx.caller(), filter, &page).await?;
        Ok(Some(InventoryCountConnection {
            page: map(page, InventoryCount),
            context: (),
        }))
    }
}
