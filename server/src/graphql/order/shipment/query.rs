use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::{
    Refusal,
    fulfilment::parcels::{
        list::{self, ShipmentFilter},
        load,
    },
    staff::Permission,
};
use vitrine_entity::ids::ShipmentId;

use super::object::{Shipment, ShipmentConnection, ShipmentStatus};
use crate::{
    graphql::shared::{ContextExt, Counted, Result, cost, map, page},
    ids,
};

/// Restricts a list of parcels. Everything given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct ShipmentWhere {
    /// Where they are: in any of these states.
    pub status: Option<Vec<ShipmentStatus>>,
    /// Of this order.
    pub order_id: Option<ID>,
    /// Who carries them, as it was written.
    pub carrier: Option<String>,
    /// A whole tracking number of theirs. Blanks and case make no difference.
    pub number: Option<String>,
    /// On their way, and for so many days nobody has told anything of them: 1 to 365.
    pub silent_days: Option<i32>,
}

impl ShipmentWhere {
    fn filter(self) -> vitrine_commerce::Result<ShipmentFilter, Refusal> {
        let order = self.order_id.map(|id| ids::input(&id, "order", &["where", "orderId"]));
        Ok(ShipmentFilter {
            statuses: self.status.unwrap_or_default().into_iter().map(Into::into).collect(),
            order: order.transpose()?,
            carrier: self.carrier,
            number: self.number,
            silent_days: self.silent_days,
        })
    }
}

#[derive(Debug, Default)]
pub struct ShipmentQuery;

#[Object]
impl ShipmentQuery {
    /// A parcel. For staff with the permission `ORDERS`; those of an order are its `shipments`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn shipment(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Shipment>> {
        ctx.require(Permission::Orders)?;
        let Some(id) = ids::find::<ShipmentId>(&id) else {
            return Ok(None);
        };
        Ok(load::parcels(ctx.shop(), &[id]).await?.remove(&id).map(Shipment))
    }

    /// All parcels, the newest first. For staff with the permission `ORDERS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn shipments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which parcels.")] filter: Option<ShipmentWhere>,
    ) -> Result<Option<ShipmentConnection>> {
        let filter = filter.unwrap_or_default().filter()?;
        let asked = page(first, after, last, before);
        let found = list::list(ctx.shop(), ctx.caller(), &filter, &asked).await?;
        Ok(Some(ShipmentConnection {
            page: map(found, Shipment),
            context: Counted::new(filter),
        }))
    }
}
