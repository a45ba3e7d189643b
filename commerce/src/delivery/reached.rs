//! To which countries the shop sends anything.

use std::collections::HashSet;

use sea_orm::ConnectionTrait;
use vitrine_entity::{currency::Currency, ids::ShippingZoneId, shipping_method::MethodKind, shipping_zone};

use super::{place::Destination, shipping::zones_with_methods, zone::zone_of};
use crate::Result;

/// Where parcels may go, in one of the shop's currencies.
#[derive(Debug)]
pub struct Reached {
    zones: Vec<shipping_zone::Model>,
    /// Those with an active method by which goods are sent.
    with_methods: HashSet<ShippingZoneId>,
}

impl Reached {
    pub async fn read(db: &impl ConnectionTrait, currency: Currency) -> Result<Self> {
        let (zones, methods) = zones_with_methods(db, Some(currency)).await?;
        let sent = methods.iter().filter(|method| method.kind != MethodKind::Pickup);
        Ok(Self {
            zones,
            with_methods: sent.map(|method| method.zone_id).collect(),
        })
    }

    /// Whether something is sent to the country of these two letters, or to a part of it.
    pub fn contains(&self, country: &str) -> bool {
        let is_sent = |zone: &shipping_zone::Model| self.with_methods.contains(&zone.id);
        let as_a_whole = zone_of(&self.zones, &Destination::new(country, None, None)).is_some_and(is_sent);
        as_a_whole
            || self
                .zones
                .iter()
                .any(|zone| is_sent(zone) && names_a_part(zone, country))
    }
}

fn names_a_part(zone: &shipping_zone::Model, country: &str) -> bool {
    let has_region = |code: &String| code.split('-').next() == Some(country);
    zone.regions.0.iter().any(has_region) || zone.postal_codes.0.iter().any(|area| area.country == country)
}
