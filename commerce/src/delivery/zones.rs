//! Staff say where the shop sends to.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use serde_json::json;
use vitrine_entity::{
    ids::ShippingZoneId,
    shipping_zone::{self, Places, PostalArea, PostalCodes},
};

use super::{
    change::{beneath, expect_all},
    check,
    draft::ZoneDraft,
    methods,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    language::messages,
    sql,
    staff::{Permission, audit, permission::require_or_system},
    turn::{self, Turn},
};

/// The most zones of a shop, those that were deleted included.
pub const ZONES_MAX: usize = 250;

/// A change of a zone; what is `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct ZoneChange {
    pub name: Option<String>,
    pub countries: Option<Vec<String>>,
    pub regions: Option<Vec<String>>,
    pub postal_codes: Option<Vec<PostalArea>>,
}

impl ZoneChange {
    /// The draft with the change.
    pub fn of(self, draft: ZoneDraft) -> ZoneDraft {
        ZoneDraft {
            name: self.name.unwrap_or(draft.name),
            countries: self.countries.unwrap_or(draft.countries),
            regions: self.regions.unwrap_or(draft.regions),
            postal_codes: self.postal_codes.unwrap_or(draft.postal_codes),
            methods: draft.methods,
        }
    }
}

/// All zones in their order, of which the first wins where two name a place equally.
pub async fn list(db: &impl ConnectionTrait, with_deleted: bool) -> Result<Vec<shipping_zone::Model>> {
    let mut query = shipping_zone::Entity::find();
    if !with_deleted {
        query = query.filter(shipping_zone::Column::DeletedAt.is_null());
    }
    let ordered = query
        .order_by_asc(shipping_zone::Column::Position)
        .order_by_asc(shipping_zone::Column::Id);
    Ok(ordered.all(db).await?)
}

/// Makes a zone, after the others, with its methods.
pub async fn create(shop: &Shop, context: &Context, draft: ZoneDraft) -> Result<shipping_zone::Model> {
    require_or_system(context, Permission::Settings)?;
    let draft = &draft;
    shop.transact(context, |tx| async move { create_in(&tx, draft).await })
        .await
}

/// As [`create`], within a transaction of whoever has asked for the permission.
pub async fn create_in(tx: &Tx, draft: &ZoneDraft) -> Result<shipping_zone::Model> {
    let checked = check::zone(draft)?;
    turn::take(tx, Turn::ShippingZones).await?;
    let present = list(tx.db(), true).await?;
    if present.len() >= ZONES_MAX {
        let message = messages::zones_max(ZONES_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).into());
    }
    let row = shipping_zone::Model {
        id: ShippingZoneId(tx.shop().new_id()),
        name: checked.name,
        countries: Places(checked.countries),
        regions: Places(checked.regions),
        postal_codes: PostalCodes(checked.postal_codes),
        position: present.iter().map(|zone| zone.position + 1).max().unwrap_or(0),
        version: 1,
        deleted_at: None,
    };
    let row = row.into_active_model().insert(tx.db()).await?;
    for (index, method) in draft.methods.iter().enumerate() {
        let made = methods::create_in(tx, row.id, method).await;
        made.map_err(|error| beneath(error, &["methods", &index.to_string()]))?;
    }
    audit(
        tx,
        "shipping_zone.create",
        row.id.to_string(),
        json!({ "name": row.name }),
    )
    .await?;
    Ok(row)
}

/// Changes a zone.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: ShippingZoneId,
    expected_version: Option<i64>,
    change: ZoneChange,
) -> Result<shipping_zone::Model> {
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
    id: ShippingZoneId,
    expected_version: Option<i64>,
    change: ZoneChange,
) -> Result<shipping_zone::Model> {
    let before = locked(tx, id).await?;
    if before.deleted_at.is_some() {
        return Err(missing().into());
    }
    expect_version("zone", before.version, expected_version)?;
    let checked = check::zone(&change.of(ZoneDraft::of(&before)))?;
    let after = shipping_zone::Model {
        name: checked.name,
        countries: Places(checked.countries),
        regions: Places(checked.regions),
        postal_codes: PostalCodes(checked.postal_codes),
        ..before.clone()
    };
    if after == before {
        return Ok(before);
    }
    write(tx, after, "shipping_zone.update").await
}

/// Takes a zone away, with its methods; [`restore`] brings both back. One that is gone stays so.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: ShippingZoneId,
    expected_version: Option<i64>,
) -> Result<shipping_zone::Model> {
    require_or_system(context, Permission::Settings)?;
    shop.transact(context, |tx| async move { delete_in(&tx, id, expected_version).await })
        .await
}

/// As [`delete`], within a transaction of whoever has asked for the permission.
pub async fn delete_in(tx: &Tx, id: ShippingZoneId, expected_version: Option<i64>) -> Result<shipping_zone::Model> {
    let mut row = locked(tx, id).await?;
    if row.deleted_at.is_some() {
        return Ok(row);
    }
    expect_version("zone", row.version, expected_version)?;
    row.deleted_at = Some(tx.shop().now());
    write(tx, row, "shipping_zone.delete").await
}

/// Brings back a zone that was deleted; one that was not stays as it is.
pub async fn restore(shop: &Shop, context: &Context, id: ShippingZoneId) -> Result<shipping_zone::Model> {
    require_or_system(context, Permission::Settings)?;
    shop.transact(context, |tx| async move {
        let mut row = locked(&tx, id).await?;
        if row.deleted_at.take().is_none() {
            return Ok(row);
        }
        write(&tx, row, "shipping_zone.restore").await
    })
    .await
}

/// Puts the zones into an order, all of them.
pub async fn reorder(shop: &Shop, context: &Context, ids: Vec<ShippingZoneId>) -> Result<Vec<shipping_zone::Model>> {
    require_or_system(context, Permission::Settings)?;
    let ids = &ids;
    shop.transact(context, |tx| async move { reorder_in(&tx, ids).await })
        .await
}

/// As [`reorder`], within a transaction of whoever has asked for the permission.
pub async fn reorder_in(tx: &Tx, ids: &[ShippingZoneId]) -> Result<Vec<shipping_zone::Model>> {
    let present: Vec<_> = list(tx.db(), false).await?.iter().map(|zone| zone.id).collect();
    expect_all("zoneIds", ids, &present)?;
    for (id, position) in sql::places(ids) {
        shipping_zone::Entity::update_many()
            .col_expr(shipping_zone::Column::Position, Expr::value(position))
            .filter(shipping_zone::Column::Id.eq(id))
            .exec(tx.db())
            .await?;
    }
    audit(
        tx,
        "shipping_zone.reorder",
        "shipping_zones".to_owned(),
        json!({ "zones": ids }),
    )
    .await?;
    list(tx.db(), false).await
}

async fn locked(tx: &Tx, id: ShippingZoneId) -> Result<shipping_zone::Model> {
    let row = tx.lock::<shipping_zone::Entity>(id).await?;
    row.ok_or_else(|| missing().into())
}

pub(super) fn missing() -> Refusal {
    Refusal::not_found("shipping zone").at(&["id"])
}

/// Writes a locked row at its next version.
async fn write(tx: &Tx, mut row: shipping_zone::Model, action: &str) -> Result<shipping_zone::Model> {
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
