//! Where a new shop sends to.

use super::{ShippingPrices, vat};
use crate::delivery::shipping::{MethodDraft, ZoneDraft};

/// Home, the rest of the European Union from a country in it, and where it is wished, the rest of the world.
pub(super) fn zones(country: &str, prices: &ShippingPrices) -> Vec<ZoneDraft> {
    let mut zones = vec![ZoneDraft {
        name: "Domestic".to_owned(),
        countries: vec![country.to_owned()],
        methods: vec![
            MethodDraft {
                free_from_minor: prices.free_from_minor,
                ..method("Standard", "2 to 3 working days", prices.standard_minor)
            },
            method("Express", "The next working day", prices.express_minor),
            method("Pickup", "At our place", 0),
        ],
    }];
    if vat::is_in_eu(country) {
        zones.push(ZoneDraft {
            name: "European Union".to_owned(),
            countries: vat::rest_of_eu(country),
            methods: vec![method("Standard", "4 to 7 working days", prices.union_minor)],
        });
    }
    if let Some(amount) = prices.world_minor {
        zones.push(ZoneDraft {
            name: "Rest of the world".to_owned(),
            countries: vec!["*".to_owned()],
            methods: vec![method("Standard", "7 to 14 working days", amount)],
        });
    }
    zones
}

fn method(name: &str, description: &str, amount_minor: i64) -> MethodDraft {
    MethodDraft {
        name: name.to_owned(),
        description: description.to_owned(),
        amount_minor,
        free_from_minor: None,
    }
}
