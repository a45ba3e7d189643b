//! Staff say how the shop sends, and for how much.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use serde_json::json;
use vitrine_entity::{
    currency::Currency,
    ids::{LocationId, ShippingMethodId, ShippingZoneId},
    location,
    shipping_method::{self, Classes, MethodKind, Step, Steps},
    shipping_zone,
};

use super::{change::expect_all, check, draft::MethodDraft};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    staff::{Permission, audit, permission::require_or_system},
};

/// The most methods of a zone, those that were deleted included.
pub const METHODS_MAX: usize = 100;

/// A change of a method; what is `None` stays as it is, `Some(None)` is taken away.
#[derive(Debug, Clone, Default)]
pub struct MethodChange {
    pub name: Option<String>,
    pub description: Option<Option<String>>,
    pub kind: Option<MethodKind>,
    pub location: Option<Option<LocationId>>,
    pub carrier: Option<Option<String>>,
    pub amount_minor: Option<i64>,
    pub weight_steps: Option<Vec<Step>>,
    pub value_steps: Option<Vec<Step>>,
    pub free_from_minor: Option<Option<i64>>,
    pub value_min_minor: Option<Option<i64>>,
    pub value_max_minor: Option<Option<i64>>,
    pub weight_min_grams: Option<Option<i64>>,
    pub weight_max_grams: Option<Option<i64>>,
    pub handling_days: Option<i32>,
    pub transit_days_min: Option<Option<i32>>,
    pub transit_days_max: Option<Option<i32>>,
    pub cutoff_hour: Option<Option<i32>>,
    pub refused_classes: Option<Vec<String>>,
    pub only_classes: Option<Vec<String>>,
    pub tax_category: Option<Option<String>>,
    pub active: Option<bool>,
}

impl MethodChange {
    /// The draft with the change.
    pub fn of(self, draft: MethodDraft) -> MethodDraft {
        MethodDraft {
            name: self.name.unwrap_or(draft.name),
            description: self.description.map_or(draft.description, Option::unwrap_or_default),
            kind: self.kind.unwrap_or(draft.kind),
            location: self.location.unwrap_or(draft.location),
            carrier: self.carrier.unwrap_or(draft.carrier),
            amount_minor: self.amount_minor.unwrap_or(draft.amount_minor),
            weight_steps: self.weight_steps.unwrap_or(draft.weight_steps),
            value_steps: self.value_steps.unwrap_or(draft.value_steps),
            free_from_minor: self.free_from_minor.unwrap_or(draft.free_from_minor),
            value_min_minor: self.value_min_minor.unwrap_or(draft.value_min_minor),
            value_max_minor: self.value_max_minor.unwrap_or(draft.value_max_minor),
            weight_min_grams: self.weight_min_grams.unwrap_or(draft.weight_min_grams),
            weight_max_grams: self.weight_max_grams.unwrap_or(draft.weight_max_grams),
            handling_days: self.handling_days.unwrap_or(draft.handling_days),
            transit_days_min: self.transit_days_min.unwrap_or(draft.transit_days_min),
            transit_days_max: self.transit_days_max.unwrap_or(draft.transit_days_max),
            cutoff_hour: self.cutoff_hour.unwrap_or(draft.cutoff_hour),
            refused_classes: self.refused_classes.unwrap_or(draft.refused_classes),
            only_classes: self.only_classes.unwrap_or(draft.only_classes),
            tax_category: self.tax_category.unwrap_or(draft.tax_category),
            active: self.active.unwrap_or(draft.active),
        }
    }
}

/// The methods of each zone, in display order.
pub async fn of_zones(
    db: &impl ConnectionTrait,
    zones: &[ShippingZoneId],
    with_deleted: bool,
) -> Result<HashMap<ShippingZoneId, Vec<shipping_method::Model>>> {
    let mut query =
        shipping_method::Entity::find().filter(shipping_method::Column::ZoneId.is_in(zones.iter().copied()));
    if !with_deleted {
        query = query.filter(shipping_method::Column::DeletedAt.is_null());
    }
    let ordered = query
        .order_by_asc(shipping_method::Column::Position)
        .order_by_asc(shipping_method::Column::Id);
    let mut methods: HashMap<_, Vec<_>> = HashMap::new();
    for row in ordered.all(db).await? {
        methods.entry(row.zone_id).or_default().push(row);
    }
    Ok(methods)
}

/// Makes a method of a zone, after its others. Its amounts are in the caller's currency.
pub async fn create(
    shop: &Shop,
    context: &Context,
    zone: ShippingZoneId,
    draft: MethodDraft,
) -> Result<shipping_method::Model> {
    require_or_system(context, Permission::Settings)?;
    let draft = &draft;
    shop.transact(context, |tx| async move { create_in(&tx, zone, draft).await })
        .await
}

/// As [`create`], within a transaction of whoever has asked for the permission.
pub async fn create_in(tx: &Tx, zone: ShippingZoneId, draft: &MethodDraft) -> Result<shipping_method::Model> {
    let checked = check::method(draft)?;
    let found = tx.lock::<shipping_zone::Entity>(zone).await?;
    if found.is_none_or(|zone| zone.deleted_at.is_some()) {
        return Err(Refusal::not_found("shipping zone").at(&["zoneId"]).into());
    }
    ensure_location(tx, checked.location).await?;
    let present = of_zones(tx.db(), &[zone], true)
        .await?
        .remove(&zone)
        .unwrap_or_default();
    if present.len() >= METHODS_MAX {
        let message = format!("A zone has at most {METHODS_MAX} methods.");
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["zoneId"]).into());
    }
    let head = Head {
        id: ShippingMethodId(tx.shop().new_id()),
        zone,
        currency: tx.context().currency,
        position: present.iter().map(|method| method.position + 1).max().unwrap_or(0),
        version: 1,
    };
    let row = row(checked, head).into_active_model().insert(tx.db()).await?;
    audit(
        tx,
        "shipping_method.create",
        row.id.to_string(),
        json!({ "name": row.name }),
    )
    .await?;
    Ok(row)
}

/// Changes a method.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: ShippingMethodId,
    expected_version: Option<i64>,
    change: MethodChange,
) -> Result<shipping_method::Model> {
    require_or_system(context, Permission::Settings)?;
    let change = &change;
    shop.transact(context, |tx| async move {
        update_in(&tx, id, expected_version, change.clone()).await
    })
    .await
}

/// As [`update`], within a transaction of whoever has asked for the permission.
pub async fn update_in(
    tx: &Tx,
    id: ShippingMethodId,
    expected_version: Option<i64>,
    change: MethodChange,
) -> Result<shipping_method::Model> {
    let before = locked(tx, id).await?;
    if before.deleted_at.is_some() {
        return Err(missing().into());
    }
    expect_version("method", before.version, expected_version)?;
    let checked = check::method(&change.of(MethodDraft::of(&before)))?;
    ensure_location(tx, checked.location).await?;
    let head = Head {
        id,
        zone: before.zone_id,
        currency: before.currency,
        position: before.position,
        version: before.version,
    };
    let after = row(checked, head);
    if after == before {
        return Ok(before);
    }
    write(tx, after, "shipping_method.update").await
}

/// Takes a method away; [`restore`] brings it back. A cart that chose it must choose anew.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: ShippingMethodId,
    expected_version: Option<i64>,
) -> Result<shipping_method::Model> {
    require_or_system(context, Permission::Settings)?;
    shop.transact(context, |tx| async move { delete_in(&tx, id, expected_version).await })
        .await
}

/// As [`delete`], within a transaction of whoever has asked for the permission.
pub async fn delete_in(tx: &Tx, id: ShippingMethodId, expected_version: Option<i64>) -> Result<shipping_method::Model> {
    let mut row = locked(tx, id).await?;
    if row.deleted_at.is_some() {
        return Err(missing().into());
    }
    expect_version("method", row.version, expected_version)?;
    row.deleted_at = Some(tx.shop().now());
    write(tx, row, "shipping_method.delete").await
}

/// Brings back a method that was deleted; one that was not stays as it is.
pub async fn restore(shop: &Shop, context: &Context, id: ShippingMethodId) -> Result<shipping_method::Model> {
    require_or_system(context, Permission::Settings)?;
    shop.transact(context, |tx| async move {
        let mut row = locked(&tx, id).await?;
        if row.deleted_at.take().is_none() {
            return Ok(row);
        }
        write(&tx, row, "shipping_method.restore").await
    })
    .await
}

/// Puts a zone's methods into an order, all of them.
pub async fn reorder(
    shop: &Shop,
    context: &Context,
    zone: ShippingZoneId,
    ids: Vec<ShippingMethodId>,
) -> Result<shipping_zone::Model> {
    require_or_system(context, Permission::Settings)?;
    let ids = &ids;
    shop.transact(context, |tx| async move { reorder_in(&tx, zone, ids).await })
        .await
}

/// As [`reorder`], within a transaction of whoever has asked for the permission.
pub async fn reorder_in(tx: &Tx, zone: ShippingZoneId, ids: &[ShippingMethodId]) -> Result<shipping_zone::Model> {
    let row = tx.lock::<shipping_zone::Entity>(zone).await?;
    let row = row.ok_or_else(|| Refusal::not_found("shipping zone").at(&["zoneId"]))?;
    let present = of_zones(tx.db(), &[zone], false)
        .await?
        .remove(&zone)
        .unwrap_or_default();
    let present: Vec<_> = present.iter().map(|method| method.id).collect();
    expect_all("methodIds", ids, &present)?;
    for (position, id) in (0i32..).zip(ids) {
        shipping_method::Entity::update_many()
            .col_expr(shipping_method::Column::Position, Expr::value(position))
            .filter(shipping_method::Column::Id.eq(*id))
            .exec(tx.db())
            .await?;
    }
    audit(
        tx,
        "shipping_method.reorder",
        zone.to_string(),
        json!({ "methods": ids }),
    )
    .await?;
    Ok(row)
}

async fn ensure_location(tx: &Tx, location: Option<LocationId>) -> Result<()> {
    let Some(id) = location else { return Ok(()) };
    match location::Entity::find_by_id(id).one(tx.db()).await? {
        Some(location) if location.deleted_at.is_some() => {}
        Some(location) if !location.pickup => {
            let message =
                "Shoppers may not pick up their goods at this location: change that by `locationUpdate` first.";
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["locationId"]).into());
        }
        Some(_) => return Ok(()),
        None => {}
    }
    Err(Refusal::not_found("location").at(&["locationId"]).into())
}

async fn locked(tx: &Tx, id: ShippingMethodId) -> Result<shipping_method::Model> {
    let row = tx.lock::<shipping_method::Entity>(id).await?;
    row.ok_or_else(|| missing().into())
}

fn missing() -> Refusal {
    Refusal::not_found("shipping method").at(&["id"])
}

/// What of a row no draft says.
struct Head {
    id: ShippingMethodId,
    zone: ShippingZoneId,
    currency: Currency,
    position: i32,
    version: i64,
}

fn row(draft: MethodDraft, head: Head) -> shipping_method::Model {
    shipping_method::Model {
        id: head.id,
        zone_id: head.zone,
        name: draft.name,
        description: draft.description,
        currency: head.currency,
        amount_minor: draft.amount_minor,
        free_from_minor: draft.free_from_minor,
        position: head.position,
        active: draft.active,
        kind: draft.kind,
        location_id: draft.location,
        carrier: draft.carrier,
        weight_steps: Steps(draft.weight_steps),
        value_steps: Steps(draft.value_steps),
        value_min_minor: draft.value_min_minor,
        value_max_minor: draft.value_max_minor,
        weight_min_grams: draft.weight_min_grams,
        weight_max_grams: draft.weight_max_grams,
        handling_days: draft.handling_days,
        transit_days_min: draft.transit_days_min,
        transit_days_max: draft.transit_days_max,
        cutoff_hour: draft.cutoff_hour,
        refused_classes: Classes(draft.refused_classes),
        only_classes: Classes(draft.only_classes),
        tax_category: draft.tax_category,
        version: head.version,
        deleted_at: None,
    }
}

/// Writes a locked row at its next version.
async fn write(tx: &Tx, mut row: shipping_method::Model, action: &str) -> Result<shipping_method::Model> {
    row.version += 1;
    let row = row.into_active_model().reset_all().update(tx.db()).await?;
    audit(
        tx,
        action,
        row.id.to_string(),
        json!({ "name": row.name, "version": row.version }),
    )
    .await?;
    Ok(row)
}
