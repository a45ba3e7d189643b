use async_graphql::{Context, ID, Object};
use vitrine_commerce::{delivery::zones, staff::Permission};

use super::zone::{ShippingZone, ShippingZoneOverlap, overlaps};
use crate::{
    graphql::shared::{ContextExt, Result},
    ids,
};

#[derive(Debug, Default)]
pub struct ShippingQuery;

#[Object]
impl ShippingQuery {
    /// Where the shop sends to: its zones in their order, at most 250. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + 5 * child_complexity")]
    async fn shipping_zones(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whether those that were taken away are shown, too.", default)] include_deleted: bool,
    ) -> Result<Option<Vec<ShippingZone>>> {
        ctx.require(Permission::Settings)?;
        let rows = zones::list(&ctx.shop().db, include_deleted).await?;
        Ok(Some(rows.into_iter().map(ShippingZone).collect()))
    }

    /// A zone. Null if there is none. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "5 + child_complexity")]
    async fn shipping_zone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The zone's id.")] id: ID,
    ) -> Result<Option<ShippingZone>> {
        ctx.require(Permission::Settings)?;
        let Some(id) = ids::find(&id) else { return Ok(None) };
        let rows = zones::list(&ctx.shop().db, true).await?;
        Ok(rows.into_iter().find(|zone| zone.id == id).map(ShippingZone))
    }

    /// Places that two zones name equally, at most 100: which of them wins there. For staff with the permission
    /// `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn shipping_zone_overlaps(&self, ctx: &Context<'_>) -> Result<Option<Vec<ShippingZoneOverlap>>> {
        ctx.require(Permission::Settings)?;
        Ok(Some(overlaps(ctx).await?))
    }
}
