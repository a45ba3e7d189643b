//! Which shipping methods reach a country, and a new shop's first zones.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use vitrine_entity::{
    currency::Currency,
    ids::{ShippingMethodId, ShippingZoneId},
    shipping_method, shipping_zone,
};

use crate::{Fault, Result, Tx};

/// Countries that ship alike, as they should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZoneDraft {
    pub name: String,
    /// ISO 3166-1 alpha-2 codes; `*` stands for every country that no other zone names.
    pub countries: Vec<String>,
    /// In the order to be shown.
    pub methods: Vec<MethodDraft>,
}

/// A way to ship within a zone, as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MethodDraft {
    pub name: String,
    #[serde(default)]
    pub description: String,
    /// In minor units of the currency in which it is written.
    pub amount_minor: i64,
    /// From this subtotal on it is free.
    #[serde(default)]
    pub free_from_minor: Option<i64>,
}

/// Every country that no other zone names.
const ELSEWHERE: &str = "*";

/// The active methods that reach `country` and are priced in `currency`, in display order: those of
/// the zone that names it, or else of the zone of everywhere else.
pub async fn methods_to(
    db: &impl ConnectionTrait,
    currency: Currency,
    country: &str,
) -> Result<Vec<shipping_method::Model>> {
    let zones = shipping_zone::Entity::find()
        .order_by_asc(shipping_zone::Column::Position)
        .all(db)
        .await?;
    let Some(zone) = zone_of(&zones, country)? else {
        return Ok(Vec::new());
    };
    Ok(shipping_method::Entity::find()
        .filter(shipping_method::Column::ZoneId.eq(zone.id))
        .filter(shipping_method::Column::Currency.eq(currency))
        .filter(shipping_method::Column::Active.eq(true))
        .order_by_asc(shipping_method::Column::Position)
        .all(db)
        .await?)
}

fn zone_of<'zones>(
    zones: &'zones [shipping_zone::Model],
    country: &str,
) -> Result<Option<&'zones shipping_zone::Model>, Fault> {
    let mut elsewhere = None;
    for zone in zones {
        let countries = countries_of(zone)?;
        if countries.iter().any(|named| named == country) {
            return Ok(Some(zone));
        }
        if countries.iter().any(|named| named == ELSEWHERE) {
            elsewhere = elsewhere.or(Some(zone));
        }
    }
    Ok(elsewhere)
}

fn countries_of(zone: &shipping_zone::Model) -> Result<Vec<String>, Fault> {
    serde_json::from_value(zone.countries.clone()).map_err(|_| Fault::Corrupt {
        table: "shipping_zone",
        column: "countries",
        id: zone.id.to_string(),
    })
}

/// Gives a shop that has no zones its first ones; where there is one, nothing is written.
pub async fn init(tx: &Tx, drafts: &[ZoneDraft]) -> Result<()> {
    if shipping_zone::Entity::find().count(tx.db()).await? > 0 {
        return Ok(());
    }
    let (mut zones, mut methods) = (Vec::new(), Vec::new());
    for (position, draft) in (0..).zip(drafts) {
        let id = ShippingZoneId(tx.shop().new_id());
        zones.push(shipping_zone::ActiveModel {
            id: Set(id),
            name: Set(draft.name.clone()),
            countries: Set(json!(draft.countries)),
            position: Set(position),
        });
        let rows = (0..).zip(&draft.methods);
        methods.extend(rows.map(|(position, method)| method_row(tx, id, position, method)));
    }
    shipping_zone::Entity::insert_many(zones)
        .exec_without_returning(tx.db())
        .await?;
    shipping_method::Entity::insert_many(methods)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

fn method_row(tx: &Tx, zone: ShippingZoneId, position: i32, draft: &MethodDraft) -> shipping_method::ActiveModel {
    let row = shipping_method::Model {
        id: ShippingMethodId(tx.shop().new_id()),
        zone_id: zone,
        name: draft.name.clone(),
        description: draft.description.clone(),
        currency: tx.context().currency,
        amount_minor: draft.amount_minor,
        free_from_minor: draft.free_from_minor,
        position,
        active: true,
    };
    row.into_active_model()
}
