//! Staff send an order on its way, whole or in part, in one parcel.

use serde_json::json;
use vitrine_entity::{
    ids::{LocationId, OrderId, ShipmentId},
    order::{self, OrderStatus},
};

use super::parcels::{Label, Package, ParcelLine, Tracking, checked_key, close_all, data_of, make, of_order};
use crate::{
    Context, Result, Shop, Tx,
    idempotency::{self, Claim},
    orders::{self, transition},
    staff::{
        audit,
        permission::{self, Permission},
    },
};

/// Which order, what of it, and how it travels.
#[derive(Debug, Clone)]
pub struct Dispatch {
    pub order: OrderId,
    /// All that is still to be sent, where there are none.
    pub lines: Vec<ParcelLine>,
    /// From where all of it leaves; from wherever it lies, where there is none.
    pub location: Option<LocationId>,
    pub carrier: Option<String>,
    pub tracking_number: Option<String>,
    /// http or https. That of a known carrier follows from the number.
    pub tracking_url: Option<String>,
    /// Chosen by the client, once for each dispatch it means to make. Without one no units are named: whoever repeated that would
    /// send as many again.
    pub idempotency_key: Option<String>,
}

/// Dispatches what is still to be sent of a confirmed order, or the part of it that is named, and is there. An order of
/// which the rest was paid back is dispatched by that. The same key again changes nothing.
///
/// # Errors
/// As packing a parcel refuses.
pub async fn dispatch(shop: &Shop, context: &Context, input: Dispatch) -> Result<order::Model> {
    permission::require(context, Permission::Orders)?;
    let tracking = Tracking {
        carrier: None,
        number: input.tracking_number.clone(),
        url: input.tracking_url.clone(),
    };
    let label = &Label::of_one(input.carrier.as_deref(), &tracking)?;
    let key = checked_key(context, input.idempotency_key.as_deref(), &input.lines)?;
    let (key, input) = (key.as_deref(), &input);
    let work = |tx: Tx| async move {
        let order = transition::lock(&tx, input.order).await?;
        if let Some(key) = key {
            let parts = told(input);
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            let request = idempotency::Request::of_staff(&tx, "order_dispatch", key, &parts);
            if let Claim::Replay::<OrderId>(_) = idempotency::claim(&tx, &request, order.id, order.id).await? {
                return Ok(order);
            }
        }
        if is_sent_so(&tx, &order, input, label).await? {
            return Ok(order);
        }
        if let Some(closed) = close_all(&tx, &order).await? {
            audit(&tx, "order.dispatch", order.id.to_string(), json!({ "closed": true })).await?;
            return Ok(closed);
        }
        let (id, goods) = (ShipmentId(shop.new_id()), (input.lines.as_slice(), input.location));
        let (order, parcel) = make(&tx, (id, order), goods, label, Package::default(), true).await?;
        let data = data_of(&order, &parcel);
        audit(&tx, "order.dispatch", order.id.to_string(), data).await?;
        Ok(order)
    };
    match key {
        Some(_) => shop.transact_keyed(context, work).await,
        None => shop.transact(context, work).await,
    }
}

fn told(input: &Dispatch) -> [String; 3] {
    [
        input.order.to_string(),
        format!("{:?} {:?}", input.lines, input.location),
        format!(
            "{:?} {:?} {:?}",
            input.carrier, input.tracking_number, input.tracking_url
        ),
    ]
}

/// Whether this was done before: asked again, perhaps because the answer was lost.
async fn is_sent_so(tx: &Tx, order: &order::Model, input: &Dispatch, label: &Label) -> Result<bool> {
    let is_done = matches!(order.status, OrderStatus::Dispatched | OrderStatus::Completed);
    if !is_done || !input.lines.is_empty() {
        return Ok(false);
    }
    // What came back is to be sent again, by the same label or by none.
    let lines = orders::fulfilment_on(tx.db(), order.id).await?;
    if lines.iter().any(|line| line.open() > 0) {
        return Ok(false);
    }
    let newest = of_order(tx, order.id).await?.pop();
    Ok(newest.is_some_and(|parcel| label.is_of(&parcel)))
}
