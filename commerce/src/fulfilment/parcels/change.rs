//! Staff mend by whom a parcel travels, by which numbers it is followed, and how large it is.

use sea_orm::ActiveValue::Set;
use serde_json::json;
use vitrine_entity::{
    ids::ShipmentId,
    order_event::OrderEventKind,
    shipment::{self, ShipmentStatus},
};

use super::{
    events::catch_up,
    label::{Label, Package, Tracking},
    renumber::let_go,
    send::cancelled,
    told::data_of,
    write,
};
use crate::{
    Context, Result, Shop,
    error::expect_version,
    jobs::Job,
    language::messages,
    orders::transition,
    staff::{
        audit,
        permission::{self, Permission},
    },
};

/// What of a parcel is another from now on. What is not given stays.
#[derive(Debug, Clone)]
pub struct ShipmentChange {
    pub shipment: ShipmentId,
    /// The one that staff saw; any, where it is not given.
    pub expected_version: Option<i64>,
    pub carrier: Option<Option<String>>,
    /// In the place of all that it has.
    pub trackings: Option<Vec<Tracking>>,
    pub package: Option<Package>,
}

/// Mends a parcel, also after it has left. What a carrier told of a new number before is followed at once; what it
/// told of one that the parcel has no more was told of another.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`; `INVALID`; `VERSION_CONFLICT`; `ORDER_STATE` where it was cancelled.
pub async fn change(shop: &Shop, context: &Context, input: ShipmentChange) -> Result<shipment::Model> {
    permission::require(context, Permission::Orders)?;
    let package = input.package.map(Package::checked).transpose()?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let (order, parcel) = write::lock(&tx, input.shipment).await?;
        expect_version("parcel", parcel.version, input.expected_version)?;
        if parcel.status == ShipmentStatus::Cancelled {
            return Err(cancelled(messages::parcel_not_changed()).into());
        }
        let before = Label::load(&tx, &parcel).await?;
        let carrier = input.carrier.clone().unwrap_or_else(|| parcel.carrier.clone());
        let trackings = match &input.trackings {
            Some(trackings) => trackings.iter().map(|given| before.as_typed(given)).collect(),
            None => before.trackings(),
        };
        let label = Label::of(carrier.as_deref(), &trackings)?;
        let mut row = shipment::ActiveModel::default();
        if let Some(package) = package {
            row.weight_grams = Set(package.weight_grams);
            row.length_mm = Set(package.length_mm);
            row.width_mm = Set(package.width_mm);
            row.height_mm = Set(package.height_mm);
        }
        let is_mended = label != before;
        if !is_mended && package.is_none_or(|package| package == package_of(&parcel)) {
            return Ok(parcel);
        }
        label.fill(&mut row);
        // Whoever prints it has what it was.
        let is_labelled_anew = shop.parcel_labels.is_some() && parcel.status == ShipmentStatus::Packed;
        row.label_due = Set(is_labelled_anew || parcel.label_due);
        let parcel = write::update(&tx, &parcel, row).await?;
        if is_labelled_anew {
            tx.enqueue(order.id, Job::HandOverLabel { shipment: parcel.id });
        }
        audit(
            &tx,
            "shipment.update",
            order.id.to_string(),
            json!({ "shipment": parcel.id }),
        )
        .await?;
        if !is_mended {
            return Ok(parcel);
        }
        label.write(&tx, parcel.id).await?;
        write::find_by_numbers(&tx, &order).await?;
        // Nobody waits for a parcel of which they were told nothing.
        let is_public = parcel.status != ShipmentStatus::Packed;
        let data = data_of(&order, &parcel);
        let order = transition::note(&tx, &order, OrderEventKind::ParcelUpdated, is_public, data).await?;
        let keys = label.keys();
        let gone: Vec<String> = before.keys().into_iter().filter(|key| !keys.contains(key)).collect();
        let (order, parcel) = let_go(&tx, order, parcel, &gone).await?;
        let (_, parcel) = catch_up(&tx, order, parcel, keys).await?;
        Ok(parcel)
    })
    .await
}

fn package_of(parcel: &shipment::Model) -> Package {
    Package {
        weight_grams: parcel.weight_grams,
        length_mm: parcel.length_mm,
        width_mm: parcel.width_mm,
        height_mm: parcel.height_mm,
    }
}
