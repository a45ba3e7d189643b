//! Where a new shop sends to.

use vitrine_entity::{ids::LocationId, shipping_method::MethodKind};

use super::{ShippingPrices, vat, words::Words};
use crate::delivery::draft::{MethodDraft, ZoneDraft};

/// Home, the rest of the European Union from a country in it, and where it is wished, the rest of the world.
pub(super) fn zones(
    country: &str,
    prices: &ShippingPrices,
    pickup: Option<LocationId>,
    words: &Words,
) -> Vec<ZoneDraft> {
    let mut home = vec![
        MethodDraft {
            free_from_minor: prices.free_from_minor,
            ..method(words.standard, prices.standard_minor, 2, 3)
        },
        method(words.express, prices.express_minor, 1, 1),
    ];
    home.extend(pickup.map(|location| MethodDraft {
        name: words.pickup.to_owned(),
        kind: MethodKind::Pickup,
        location: Some(location),
        handling_days: 1,
        ..MethodDraft::default()
    }));
    let mut zones = vec![zone(words.domestic, vec![country.to_owned()], home)];
    if vat::is_in_eu(country) {
        let methods = vec![method(words.standard, prices.union_minor, 4, 7)];
        zones.push(zone(words.union, vat::rest_of_eu(country), methods));
    }
    if let Some(amount) = prices.world_minor {
        let methods = vec![method(words.standard, amount, 7, 14)];
        zones.push(zone(words.world, vec!["*".to_owned()], methods));
    }
    zones
}

fn zone(name: &str, countries: Vec<String>, methods: Vec<MethodDraft>) -> ZoneDraft {
    ZoneDraft {
        name: name.to_owned(),
        countries,
        methods,
        ..ZoneDraft::default()
    }
}

fn method(name: &str, amount_minor: i64, days_min: i32, days_max: i32) -> MethodDraft {
    MethodDraft {
        name: name.to_owned(),
        amount_minor,
        transit_days_min: Some(days_min),
        transit_days_max: Some(days_max),
        ..MethodDraft::default()
    }
}
