use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::{
    inventory::transfers::{self, TransferFilter},
    staff::Permission,
};

use super::object::{InventoryTransfer, InventoryTransferConnection, InventoryTransferStatus};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

/// Which transfers. All that is given must hold.
#[derive(Debug, Default, InputObject)]
pub struct InventoryTransferWhere {
    /// How far they have come.
    pub status: Option<InventoryTransferStatus>,
    /// A location's id: from there or to there.
    pub location_id: Option<ID>,
}

#[derive(Debug, Default)]
pub struct TransferQuery;

#[Object]
impl TransferQuery {
    /// A transfer by its id; null if there is none. For staff with the permission `INVENTORY`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn inventory_transfer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The transfer's id.")] id: ID,
    ) -> Result<Option<InventoryTransfer>> {
        ctx.require(Permission::Inventory)?;
        let Some(id) = ids::find(&id) else { return Ok(None) };
        let row = transfers::by_id(ctx.shop(), ctx.caller(), id).await?;
        Ok(row.map(InventoryTransfer))
    }

    /// Transfers and suppliers' deliveries, newest first. For staff with the permission `INVENTORY`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn inventory_transfers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which transfers.", name = "where")] wanted: Option<InventoryTransferWhere>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<InventoryTransferConnection>> {
        let wanted = wanted.unwrap_or_default();
        let location = wanted.location_id.as_ref();
        let filter = TransferFilter {
            status: wanted.status.map(Into::into),
            location: location
                .map(|id| ids::input(id, "location", &["where", "locationId"]))
                .transpose()
                .map_err(vitrine_commerce::Error::from)?,
        };
        let page = page(first, after, last, before);
        let page = transfers::list(ctx.shop(), ctx.caller(), filter, &page).await?;
        Ok(Some(InventoryTransferConnection {
            page: map(page, InventoryTransfer),
            context: (),
        }))
    }
}
