//! Writes parcels: new ones, and what changes of one.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{
    ids::{OrderId, ShipmentId, ShipmentLineId},
    order,
    shipment::{self, ShipmentStatus},
    shipment_line,
};

use super::{
    goods::Units,
    label::{Label, Package},
};
use crate::{
    Refusal, Result, Tx,
    jobs::Job,
    orders::{desk::make_findable, load, transition},
};

/// Writes a parcel that stands ready.
pub(super) async fn insert(
    tx: &Tx,
    (id, order): (ShipmentId, &order::Model),
    label: &Label,
    package: Package,
    units: &[Units],
) -> Result<shipment::Model> {
    let mut row = shipment::ActiveModel {
        id: Set(id),
        order_id: Set(order.id),
        status: Set(ShipmentStatus::Packed),
        carrier: Set(None),
        tracking_number: Set(None),
        tracking_url: Set(None),
        created_at: Set(tx.shop().now()),
        weight_grams: Set(package.weight_grams),
        length_mm: Set(package.length_mm),
        width_mm: Set(package.width_mm),
        height_mm: Set(package.height_mm),
        status_at: Set(None),
        dispatched_at: Set(None),
        delivered_at: Set(None),
        heard_at: Set(None),
        version: Set(1),
        label_due: Set(tx.shop().parcel_labels.is_some()),
    };
    label.fill(&mut row);
    let parcel = shipment::Entity::insert(row).exec_with_returning(tx.db()).await?;
    let lines = units.iter().map(|units| shipment_line::ActiveModel {
        id: Set(ShipmentLineId(tx.shop().new_id())),
        shipment_id: Set(id),
        order_line_id: Set(units.line),
        // A part of a line's units, which fit.
        quantity: Set(i32::try_from(units.quantity).unwrap_or(i32::MAX)),
        location_id: Set(units.location),
    });
    shipment_line::Entity::insert_many(lines)
        .exec_without_returning(tx.db())
        .await?;
    label.write(tx, id).await?;
    if label.number().is_some() {
        find_by_numbers(tx, order).await?;
    }
    if parcel.label_due {
        tx.enqueue(order.id, Job::HandOverLabel { shipment: id });
    }
    Ok(parcel)
}

/// Writes what changes of a parcel, whose order is locked.
pub(super) async fn update(
    tx: &Tx,
    parcel: &shipment::Model,
    change: shipment::ActiveModel,
) -> Result<shipment::Model> {
    let row = shipment::ActiveModel {
        id: Set(parcel.id),
        version: Set(parcel.version + 1),
        ..change
    };
    Ok(shipment::Entity::update(row).exec(tx.db()).await?)
}

/// Has what stands on the labels of an order's parcels that have not left be handed over anew: where they go, say, is another
/// place.
pub(in crate::fulfilment) async fn label_anew(tx: &Tx, order: OrderId) -> Result<()> {
    if tx.shop().parcel_labels.is_none() {
        return Ok(());
    }
    let parcels = of_order(tx, order).await?;
    for parcel in parcels.iter().filter(|parcel| parcel.status == ShipmentStatus::Packed) {
        let change = shipment::ActiveModel {
            label_due: Set(true),
            ..Default::default()
        };
        update(tx, parcel, change).await?;
        tx.enqueue(order, Job::HandOverLabel { shipment: parcel.id });
    }
    Ok(())
}

/// Has what stands on the labels of an order's parcels be taken away: the order is nobody's any more.
pub(crate) async fn forget_labels(tx: &Tx, order: OrderId) -> Result<()> {
    if tx.shop().parcel_labels.is_none() {
        return Ok(());
    }
    for parcel in of_order(tx, order).await? {
        // Due until it is done; with another version whoever is handing it over at this moment notices.
        let change = shipment::ActiveModel {
            label_due: Set(true),
            ..Default::default()
        };
        update(tx, &parcel, change).await?;
        tx.enqueue(order, Job::HandOverLabel { shipment: parcel.id });
    }
    Ok(())
}

/// Has the order found by the numbers that its parcels have now.
pub(super) async fn find_by_numbers(tx: &Tx, order: &order::Model) -> Result<()> {
    let lines = load::lines_on(tx.db(), order.id).await?;
    let goods = lines.iter().flat_map(|line| [line.sku.as_str(), line.title.as_str()]);
    make_findable(tx, order, goods).await
}

/// A parcel with its order, which is locked.
///
/// # Errors
/// Refuses what is no parcel.
pub(super) async fn lock(tx: &Tx, id: ShipmentId) -> Result<(order::Model, shipment::Model)> {
    let missing = || Refusal::not_found("parcel").at(&["shipmentId"]);
    let found = shipment::Entity::find_by_id(id)
        .one(tx.db())
        .await?
        .ok_or_else(missing)?;
    let order = transition::lock(tx, found.order_id).await?;
    // It may have changed until the order was ours.
    let parcel = shipment::Entity::find_by_id(id)
        .one(tx.db())
        .await?
        .ok_or_else(missing)?;
    Ok((order, parcel))
}

/// What a parcel holds.
pub(super) async fn lines(tx: &Tx, parcel: ShipmentId) -> Result<Vec<shipment_line::Model>> {
    let held = shipment_line::Entity::find().filter(shipment_line::Column::ShipmentId.eq(parcel));
    Ok(held.order_by_asc(shipment_line::Column::Id).all(tx.db()).await?)
}

/// An order's parcels, oldest first.
pub(in crate::fulfilment) async fn of_order(tx: &Tx, order: OrderId) -> Result<Vec<shipment::Model>> {
    let parcels = shipment::Entity::find().filter(shipment::Column::OrderId.eq(order));
    Ok(parcels.order_by_asc(shipment::Column::Id).all(tx.db()).await?)
}
