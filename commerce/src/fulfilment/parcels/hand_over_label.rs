//! The job `HandOverLabel`: whoever prints labels is told what stands on a parcel's, and forgets it with its order's person.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use sea_orm::{EntityTrait, FromQueryResult};
use vitrine_entity::{
    address::Address,
    ids::{LocationId, ShipmentId},
    order, shipment,
};

use super::load::trackings_of;
use crate::{
    Context, Fault, Result, Shop,
    jobs::JobError,
    orders,
    outbox::Lease,
    ports::{
        ParcelLabels,
        parcel_labels::{Content, ParcelLabel, Place},
    },
    sql,
};

/// How soon a label is handed over again that was mended while it was.
const ANEW_PAUSE: TimeDelta = TimeDelta::seconds(1);

/// Hands it over, unless that was done, or the parcel was unpacked. That of an order which is nobody's any more is taken away.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: ShipmentId) -> Result<(), JobError> {
    let parcel = shipment::Entity::find_by_id(id)
        .one(&shop.db)
        .await
        .map_err(Fault::from)?;
    let Some(parcel) = parcel else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let (version, order) = (parcel.version, parcel.order_id);
    let is_wanted = parcel.label_due && parcel.status != shipment::ShipmentStatus::Cancelled;
    if let Some(labels) = &shop.parcel_labels {
        let of = order_of(shop, &parcel).await?;
        if orders::is_erased(&of) {
            remove(&**labels, id).await?;
        } else if is_wanted {
            let label = label_of(shop, parcel, of).await?;
            labels
                .hand_over(&label)
                .await
                .map_err(|error| Fault::Other("a parcel's label was not taken".to_owned(), Some(Box::new(error))))?;
        }
    }
    let is_done = shop
        .transact_briefly(context, |tx| async move {
            // What was mended meanwhile is not on the label that was handed over.
            let done = "update shipment set label_due = false where id = $1 and version = $2";
            if sql::execute(tx.db(), done, [id.into(), version.into()]).await? == 0 {
                return Ok(false);
            }
            lease.finish(&tx).await?;
            Ok(true)
        })
        .await?;
    if is_done {
        return Ok(());
    }
    // Its order may have been erased while this handed it over, and another worker may have this job by now, and be done.
    if let Some(labels) = &shop.parcel_labels {
        let of = order::Entity::find_by_id(order)
            .one(&shop.db)
            .await
            .map_err(Fault::from)?;
        if of.as_ref().is_some_and(orders::is_erased) {
            remove(&**labels, id).await?;
        }
    }
    Err(JobError::Defer(ANEW_PAUSE))
}

async fn remove(labels: &dyn ParcelLabels, parcel: ShipmentId) -> Result<()> {
    let removed = labels.remove(parcel).await;
    removed
        .map_err(|error| Fault::Other("a parcel's label was not taken away".to_owned(), Some(Box::new(error))).into())
}

async fn order_of(shop: &Shop, parcel: &shipment::Model) -> Result<order::Model> {
    let order = order::Entity::find_by_id(parcel.order_id).one(&shop.db).await?;
    Ok(order.ok_or_else(|| Fault::Other(format!("{} has no order", parcel.id), None))?)
}

#[derive(FromQueryResult)]
struct Row {
    sku: String,
    title: String,
    quantity: i64,
    weight_grams: i32,
    ordered: i64,
    total_minor: i64,
    location_id: Option<LocationId>,
    address: Option<Address>,
}

async fn label_of(shop: &Shop, parcel: shipment::Model, order: order::Model) -> Result<ParcelLabel> {
    let sql = "select l.sku, l.title, cast(i.quantity as bigint) as quantity, \
        coalesce(l.weight_grams, v.weight_grams) as weight_grams, \
        cast(l.quantity as bigint) as ordered, l.total_minor, i.location_id, p.address \
        from shipment_line i join order_line l on l.id = i.order_line_id join variant v on v.id = l.variant_id \
        left join location p on p.id = i.location_id where i.shipment_id = $1 order by l.position, i.id";
    let rows: Vec<Row> = sql::all(&shop.db, sql, [parcel.id.into()]).await?;
    let places: BTreeSet<_> = rows.iter().map(|row| row.location_id).collect();
    let from = rows
        .first()
        .and_then(|row| row.address.clone())
        .filter(|_| places.len() == 1);
    let weight: i64 = rows.iter().map(|row| row.quantity * i64::from(row.weight_grams)).sum();
    let trackings = trackings_of(shop, &[parcel.id])
        .await?
        .remove(&parcel.id)
        .unwrap_or_default();
    let content = |row: Row| Content {
        paid_minor: (i128::from(row.total_minor) * i128::from(row.quantity) / i128::from(row.ordered.max(1))) as i64,
        sku: row.sku,
        title: row.title,
        quantity: row.quantity,
        unit_weight_grams: row.weight_grams,
    };
    Ok(ParcelLabel {
        parcel: parcel.id,
        order_number: order.number,
        shipping_method: order.shipping_method_name,
        carrier: parcel.carrier,
        tracking_numbers: trackings.into_iter().map(|row| row.number).collect(),
        from: from.map(Place::from),
        to: order.shipping_address.into(),
        email: order.email,
        weight_grams: parcel.weight_grams.map_or(weight, i64::from),
        length_mm: parcel.length_mm,
        width_mm: parcel.width_mm,
        height_mm: parcel.height_mm,
        currency: order.currency.code().to_owned(),
        contents: rows.into_iter().map(content).collect(),
    })
}
