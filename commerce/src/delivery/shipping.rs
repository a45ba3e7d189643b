//! Which shipping methods reach a destination, and a new shop's first zones.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter};
use vitrine_entity::{
    currency::Currency,
    ids::ShippingZoneId,
    location,
    shipping_method::{self, MethodKind},
    shipping_zone,
};

pub use super::draft::{MethodDraft, ZoneDraft};
use super::{convert::priced_in, place::Destination, zone::zone_of, zones};
use crate::{
    Result, Shop, Tx,
    sql::{self, columns},
};

/// The active methods that reach `to`, priced in `currency`, in display order: those of the zone that names it most
/// closely.
pub async fn methods_to(shop: &Shop, currency: Currency, to: &Destination) -> Result<Vec<shipping_method::Model>> {
    let (zones, methods) = zones_with_methods(&*shop.db, None).await?;
    let methods = priced_in(&methods, currency, &shop.profile());
    let methods = methods.iter().map(|method| &**method);
    with_open_locations(&*shop.db, reaching(&zones, methods, to).cloned().collect()).await
}

/// Those of `methods` that are of the zone in which `to` lies.
pub(super) fn reaching<'a>(
    zones: &[shipping_zone::Model],
    methods: impl Iterator<Item = &'a shipping_method::Model>,
    to: &Destination,
) -> impl Iterator<Item = &'a shipping_method::Model> {
    let zone = zone_of(zones, to).map(|zone| zone.id);
    methods.filter(move |method| Some(method.zone_id) == zone)
}

/// Those of `methods` by which goods are picked up. What is picked up is where it is whoever fetches it: of the methods of
/// all zones for a location that is the first.
pub(super) fn pickups<'a>(methods: impl Iterator<Item = &'a shipping_method::Model>) -> Vec<shipping_method::Model> {
    let mut seen = HashSet::new();
    methods
        .filter(|method| method.kind == MethodKind::Pickup && seen.insert(method.location_id))
        .cloned()
        .collect()
}

/// All zones, and the active methods of them, where it is given priced in `currency`, in one statement: a shop has a few.
pub(super) async fn zones_with_methods(
    db: &impl ConnectionTrait,
    currency: Option<Currency>,
) -> Result<(Vec<shipping_zone::Model>, Vec<shipping_method::Model>)> {
    let priced = match currency {
        Some(_) => "and m.currency = $1",
        None => "",
    };
    let sql = format!(
        "select {}, {} from shipping_zone z left join shipping_method m on m.zone_id = z.id {priced} \
         and m.active and m.deleted_at is null where z.deleted_at is null \
         order by z.position, z.id, m.position, m.id",
        columns::<shipping_zone::Column>("z"),
        columns::<shipping_method::Column>("m")
    );
    let (mut zones, mut methods) = (Vec::<shipping_zone::Model>::new(), Vec::new());
    for row in sql::rows(db, &sql, currency.map(Into::into)).await? {
        let id: ShippingZoneId = row.try_get("z_", "id")?;
        if zones.last().is_none_or(|zone| zone.id != id) {
            zones.push(shipping_zone::Model::from_query_result(&row, "z_")?);
        }
        methods.extend(shipping_method::Model::from_query_result_optional(&row, "m_")?);
    }
    Ok((zones, methods))
}

/// Without those whose goods would wait at a location where nobody may pick them up any more, or of which nobody knows
/// where it is.
async fn with_open_locations(
    db: &impl ConnectionTrait,
    mut methods: Vec<shipping_method::Model>,
) -> Result<Vec<shipping_method::Model>> {
    let named: Vec<_> = methods.iter().filter_map(|method| method.location_id).collect();
    if named.is_empty() {
        return Ok(methods);
    }
    let open = location::Entity::find()
        .filter(location::Column::Id.is_in(named))
        .filter(location::Column::Pickup.eq(true))
        .filter(location::Column::Address.is_not_null())
        .filter(location::Column::DeletedAt.is_null())
        .all(db)
        .await?;
    let is_open = |method: &shipping_method::Model| {
        let location = method.location_id;
        location.is_none_or(|id| open.iter().any(|location| location.id == id))
    };
    methods.retain(is_open);
    Ok(methods)
}

/// Gives a shop that has no zones its first ones, checked as those of staff are; where there is one, nothing
/// is written.
///
/// # Errors
/// Refuses a draft that is wrong.
pub async fn init(tx: &Tx, drafts: &[ZoneDraft]) -> Result<()> {
    if shipping_zone::Entity::find().count(tx.db()).await? > 0 {
        return Ok(());
    }
    for draft in drafts {
        zones::create_in(tx, draft).await?;
    }
    Ok(())
}
