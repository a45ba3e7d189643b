//! The job `HandOverLabel`: whoever prints labels is told what stands on a parcel's.

use std::collections::BTreeSet;

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
    outbox::Lease,
    ports::parcel_labels::{Content, ParcelLabel, Place},
    sql,
};

/// Hands it over, unless that was done, or the parcel was unpacked.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: ShipmentId) -> Result<(), JobError> {
    let parcel = shipment::Entity::find_by_id(id)
        .one(&shop.db)
        .await
        .map_err(Fault::from)?;
    let is_wanted = |parcel: &shipment::Model| parcel.label_due && parcel.status != shipment::ShipmentStatus::Cancelled;
    if let (Some(parcel), Some(labels)) = (parcel.filter(is_wanted), &shop.parcel_labels) {
        let label = label_of(shop, parcel).await?;
        labels
            .hand_over(&label)
            .await
            .map_err(|error| Fault::Other("a parcel's label was not taken".to_owned(), Some(Box::new(error))))?;
    }
    shop.transact_briefly(context, |tx| async move {
        let done = "update shipment set label_due = false where id = $1";
        sql::execute(tx.db(), done, [id.into()]).await?;
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
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

async fn label_of(shop: &Shop, parcel: shipment::Model) -> Result<ParcelLabel> {
    let order = order::Entity::find_by_id(parcel.order_id).one(&shop.db).await?;
    let order = order.ok_or_else(|| Fault::Other(format!("{} has no order", parcel.id), None))?;
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
