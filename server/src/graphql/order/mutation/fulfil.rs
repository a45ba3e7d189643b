use async_graphql::{Context, ID, InputObject};
use vitrine_commerce::fulfilment::{self, Cancel, Dispatch};

use crate::{
    graphql::{
        order::{
            object::Order,
            shipment::mutation::{ShipmentLineInput, lines as shipment_lines},
        },
        shared::{ContextExt, payload},
    },
    ids,
};

/// Which order is given up, and why.
#[derive(Debug, InputObject)]
pub struct OrderCancelInput {
    /// The order's id.
    pub order_id: ID,
    /// Opens the order to a guest.
    #[graphql(secret)]
    pub access_token: Option<String>,
    /// Shown in the timeline and the mail, at most 200 characters.
    pub reason: Option<String>,
}

/// Which order goes on its way, and how.
#[derive(Debug, InputObject)]
pub struct OrderDispatchInput {
    /// The order's id.
    pub order_id: ID,
    /// What goes, each line once; all that is still to be sent where it is left out.
    pub lines: Option<Vec<ShipmentLineInput>>,
    /// The id of the location from where all of it leaves; from wherever it lies where it is left out.
    pub location_id: Option<ID>,
    /// Who carries it, as shoppers read it.
    pub carrier: Option<String>,
    /// The carrier's number of it.
    pub tracking_number: Option<String>,
    /// Where the shopper can follow it: an `https://` or `http://` address. Of carriers that the shop knows, such as DHL,
    /// DPD, GLS, UPS or USPS, it follows from the number unless given.
    pub tracking_url: Option<String>,
    /// Chosen by you, once for each dispatch that you mean to make, at most 255 characters: the same key again changes nothing.
    /// Where `lines` names units it is required, unless the request has the header `Idempotency-Key`.
    pub idempotency_key: Option<String>,
}

/// Which order has arrived.
#[derive(Debug, InputObject)]
pub struct OrderCompleteInput {
    /// The order's id.
    pub order_id: ID,
}

payload! {
    /// What `orderCancel` answers.
    OrderCancelPayload {
        /// The cancelled order.
        order: Order,
    }
}
payload! {
    /// What `orderDispatch` answers.
    OrderDispatchPayload {
        /// The dispatched order.
        order: Order,
    }
}
payload! {
    /// What `orderComplete` answers.
    OrderCompletePayload {
        /// The completed order.
        order: Order,
    }
}

pub(super) async fn cancel(ctx: &Context<'_>, input: OrderCancelInput) -> vitrine_commerce::Result<Order> {
    let order = ids::input(&input.order_id, "order", &["orderId"])?;
    let cancel = Cancel {
        order,
        access_token: input.access_token,
        reason: input.reason,
    };
    Ok(Order(fulfilment::cancel(ctx.shop(), ctx.caller(), cancel).await?))
}

pub(super) async fn dispatch(ctx: &Context<'_>, input: OrderDispatchInput) -> vitrine_commerce::Result<Order> {
    let OrderDispatchInput {
        order_id,
        lines,
        location_id,
        carrier,
        tracking_number,
        tracking_url,
        idempotency_key,
    } = input;
    let order = ids::input(&order_id, "order", &["orderId"])?;
    let location = location_id.map(|id| ids::input(&id, "location", &["locationId"]));
    let dispatch = Dispatch {
        order,
        lines: shipment_lines(lines.as_deref())?,
        location: location.transpose()?,
        carrier,
        tracking_number,
        tracking_url,
        idempotency_key,
    };
    Ok(Order(fulfilment::dispatch(ctx.shop(), ctx.caller(), dispatch).await?))
}

pub(super) async fn complete(ctx: &Context<'_>, input: OrderCompleteInput) -> vitrine_commerce::Result<Order> {
    let order = ids::input(&input.order_id, "order", &["orderId"])?;
    Ok(Order(fulfilment::complete(ctx.shop(), ctx.caller(), order).await?))
}
