//! Which shipping methods reach a country.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{shipping_method, shipping_zone};

use crate::{Fault, Result, Shop};

/// Every country that no other zone names.
const ELSEWHERE: &str = "*";

/// The active methods that reach `country`, in display order: those of the zone that names it,
/// or else of the zone of everywhere else.
pub async fn methods_to(db: &impl ConnectionTrait, shop: &Shop, country: &str) -> Result<Vec<shipping_method::Model>> {
    let zones = shipping_zone::Entity::find()
        .order_by_asc(shipping_zone::Column::Position)
        .all(db)
        .await?;
    let Some(zone) = zone_of(&zones, country)? else {
        return Ok(Vec::new());
    };
    Ok(shipping_method::Entity::find()
        .filter(shipping_method::Column::ZoneId.eq(zone.id))
        .filter(shipping_method::Column::Currency.eq(shop.settings.currency.code()))
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

/// Whether `code` is a country of ISO 3166-1, by its two capital letters.
pub fn is_country(code: &str) -> bool {
    rust_iso3166::from_alpha2(code).is_some()
}
