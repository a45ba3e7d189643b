use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::delivery::{methods, zone, zones};
use vitrine_entity::shipping_zone;

use super::method::ShippingMethod;
use crate::{
    graphql::shared::{ContextExt, CountryCode, Result, int},
    ids,
};

/// Where goods are sent alike, as staff set it up.
#[derive(Debug, Clone)]
pub struct ShippingZone(pub shipping_zone::Model);

/// Where goods are sent alike, as staff set it up. The zone that names an address most closely is the one that it lies
/// in: by postal code, else by region, else by country, else the one of everywhere else. Of two that name it equally
/// the first in order.
#[Object]
impl ShippingZone {
    /// Names the zone.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What staff call it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Countries by their two letters; `*` stands for every country that no other zone names.
    async fn countries(&self) -> &[String] {
        &self.0.countries.0
    }

    /// Parts of countries by their code of ISO 3166-2, as in `US-CA`.
    async fn regions(&self) -> &[String] {
        &self.0.regions.0
    }

    /// Postal codes, by country.
    async fn postal_codes(&self) -> Vec<ShippingZonePostalCodes> {
        let area = |area: &shipping_zone::PostalArea| ShippingZonePostalCodes {
            country_code: CountryCode(area.country.clone()),
            codes: area.codes.clone(),
        };
        self.0.postal_codes.0.iter().map(area).collect()
    }

    /// How goods are sent there, in display order. At most 100.
    #[graphql(complexity = "5 * child_complexity")]
    async fn methods(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whether those that were taken away are shown, too.", default)] include_deleted: bool,
    ) -> Result<Vec<ShippingMethod>> {
        let mut rows = methods::of_zones(&ctx.shop().db, &[self.0.id], include_deleted).await?;
        let rows = rows.remove(&self.0.id).unwrap_or_default();
        Ok(rows.into_iter().map(ShippingMethod).collect())
    }

    /// Its place among the zones, from 0.
    async fn position(&self) -> i32 {
        self.0.position
    }

    /// Grows with every change: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was taken away; null while it is there.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}

/// Postal codes of a country.
#[derive(Debug, SimpleObject)]
pub struct ShippingZonePostalCodes {
    /// The country.
    pub country_code: CountryCode,
    /// Codes, beginnings (`BT*`) and ranges (`10000-19999`), without spaces and in capitals.
    pub codes: Vec<String>,
}

/// A place that two zones name equally: the first of them wins there.
#[derive(Debug, SimpleObject)]
pub struct ShippingZoneOverlap {
    /// The zone that wins.
    pub first_zone_id: ID,
    /// The zone that loses.
    pub second_zone_id: ID,
    /// What both name: `DE`, `US-CA`, `DE 10000-19999`.
    pub place: String,
    /// Says it in a sentence.
    pub message: String,
}

/// Where the zones of the shop overlap.
pub async fn overlaps(ctx: &Context<'_>) -> Result<Vec<ShippingZoneOverlap>> {
    let zones = zones::list(&ctx.shop().db, false).await?;
    let name = |id| {
        zones
            .iter()
            .find(|zone| zone.id == id)
            .map_or("", |zone| zone.name.as_str())
    };
    let told = zone::overlaps(&zones).into_iter().map(|overlap| ShippingZoneOverlap {
        first_zone_id: ids::public(overlap.first),
        second_zone_id: ids::public(overlap.second),
        message: format!(
            "`{}` and `{}` both name {}: `{0}` comes first and wins there.",
            name(overlap.first),
            name(overlap.second),
            overlap.place
        ),
        place: overlap.place,
    });
    Ok(told.collect())
}
