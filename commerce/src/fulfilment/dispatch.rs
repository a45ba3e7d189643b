//! Staff send an order on its way, in one parcel.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use vitrine_entity::{
    ids::{OrderId, ShipmentId, ShipmentLineId},
    order::{self, OrderStatus},
    shipment,
    shipment::ShipmentStatus,
    shipment_line,
};

use super::{tracking, way::way};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx, inventory,
    orders::{desk::make_findable, load, state::Transition, transition},
    payments,
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// Which order, and how it travels.
#[derive(Debug, Clone)]
pub struct Dispatch {
    pub order: OrderId,
    pub carrier: Option<String>,
    pub tracking_number: Option<String>,
    /// http or https. That of a known carrier follows from the number.
    pub tracking_url: Option<String>,
}

/// Dispatches a confirmed order, all of whose goods are there.
pub async fn dispatch(shop: &Shop, context: &Context, input: Dispatch) -> Result<order::Model> {
    permission::require(context, Permission::Orders)?;
    let line = |field: &str, text: &Option<String>| text::optional_line(&[field], text.as_deref(), 200);
    let carrier = line("carrier", &input.carrier)?;
    let number = line("trackingNumber", &input.tracking_number)?;
    let url = web_address(input.tracking_url.as_deref())?;
    let input = &Dispatch {
        order: input.order,
        tracking_url: url.or_else(|| tracking::page(carrier.as_deref(), number.as_deref())),
        carrier,
        tracking_number: number,
    };
    shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, input.order).await?;
        if is_sent_so(&tx, &order, input).await? {
            return Ok(order);
        }
        refuse_waiting(&tx, &order).await?;
        let data = json!({ "carrier": input.carrier, "trackingNumber": input.tracking_number, "trackingUrl": input.tracking_url, "by": way(&order) });
        let order = transition::apply(&tx, &order, Transition::Dispatch, data.clone()).await?;
        payments::capture_on_dispatch(&tx, &order).await?;
        write_parcel(&tx, &order, input).await?;
        audit(&tx, "order.dispatch", order.id.to_string(), data).await?;
        Ok(order)
    })
    .await
}

/// Whether this was done before: asked again, perhaps because the answer was lost.
async fn is_sent_so(tx: &Tx, order: &order::Model, input: &Dispatch) -> Result<bool> {
    if !matches!(order.status, OrderStatus::Dispatched | OrderStatus::Completed) {
        return Ok(false);
    }
    let parcels = shipment::Entity::find().filter(shipment::Column::OrderId.eq(order.id));
    let parcel = parcels.order_by_desc(shipment::Column::Id).one(tx.db()).await?;
    Ok(parcel.is_some_and(|parcel| {
        let shipment::Model {
            carrier,
            tracking_number,
            tracking_url,
            ..
        } = parcel;
        (carrier, tracking_number, tracking_url)
            == (
                input.carrier.clone(),
                input.tracking_number.clone(),
                input.tracking_url.clone(),
            )
    }))
}

/// Nothing leaves that has not come yet.
async fn refuse_waiting(tx: &Tx, order: &order::Model) -> Result<()> {
    let waiting = inventory::waiting_of(tx, order.id).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let lines = load::lines_on(tx.db(), order.id).await?;
    let missing: Vec<_> = lines
        .iter()
        .filter_map(|line| {
            let of_it = waiting.iter().filter(|row| row.variant_id == line.variant_id);
            let units: i64 = of_it.map(|row| row.quantity - row.filled).sum();
            (units > 0).then(|| format!("{units} of {}", line.sku))
        })
        .collect();
    let message = format!(
        "Not all of its goods are there: it waits for {}. Once they have come it can be dispatched.",
        missing.join(", ")
    );
    Err(Refusal::new(ErrorCode::InsufficientStock, message)
        .at(&["orderId"])
        .into())
}

async fn write_parcel(tx: &Tx, order: &order::Model, input: &Dispatch) -> Result<()> {
    let parcel = ShipmentId(tx.shop().new_id());
    let row = shipment::ActiveModel {
        id: Set(parcel),
        order_id: Set(order.id),
        status: Set(ShipmentStatus::Dispatched),
        carrier: Set(input.carrier.clone()),
        tracking_number: Set(input.tracking_number.clone()),
        tracking_url: Set(input.tracking_url.clone()),
        created_at: Set(tx.shop().now()),
    };
    shipment::Entity::insert(row).exec_without_returning(tx.db()).await?;
    let lines = load::lines_on(tx.db(), order.id).await?;
    let sent = lines.iter().map(|line| shipment_line::ActiveModel {
        id: Set(ShipmentLineId(tx.shop().new_id())),
        shipment_id: Set(parcel),
        order_line_id: Set(line.id),
        quantity: Set(line.quantity),
    });
    shipment_line::Entity::insert_many(sent)
        .exec_without_returning(tx.db())
        .await?;
    if input.tracking_number.is_some() {
        let goods = lines.iter().flat_map(|line| [line.sku.as_str(), line.title.as_str()]);
        make_findable(tx, order, goods).await?;
    }
    Ok(())
}

/// A link goes into a mail: nothing but the web's own schemes.
fn web_address(text: Option<&str>) -> Result<Option<String>, Refusal> {
    let field = ["trackingUrl"];
    match text::optional_line(&field, text, 2_000)? {
        Some(url) if !is_web_address(&url) => Err(Refusal::new(
            ErrorCode::Invalid,
            "`trackingUrl` must be a web address, like https://example.com/parcel.",
        )
        .at(&field)),
        url => Ok(url),
    }
}

fn is_web_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let begins = |rest: &str| rest.starts_with(|first: char| first.is_alphanumeric() || first == '[');
    let unfit = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}');
    rest.is_some_and(|rest| begins(rest) && !rest.contains(unfit))
}
