//! Where the demo shop ships to and which taxes it charges: a house in Germany that sells to the
//! European Union and beyond. Written only where a shop has none of its own.

use sea_orm::{ActiveValue::Set, EntityTrait, PaginatorTrait};
use serde_json::json;
use vitrine_entity::{
    ids::{ShippingMethodId, ShippingZoneId, TaxRateId},
    shipping_method, shipping_zone, tax_rate,
};

use crate::{Result, Tx};

struct Zone {
    name: &'static str,
    countries: &'static [&'static str],
    methods: [Method; 2],
}

struct Method {
    name: &'static str,
    description: &'static str,
    amount_minor: i64,
    free_from_minor: Option<i64>,
}

const ZONES: [Zone; 3] = [
    Zone {
        name: "Domestic",
        countries: &["DE"],
        methods: [
            Method {
                name: "Standard",
                description: "2 to 3 working days",
                amount_minor: 490,
                free_from_minor: Some(5_900),
            },
            Method {
                name: "Express",
                description: "The next working day",
                amount_minor: 1_290,
                free_from_minor: None,
            },
        ],
    },
    Zone {
        name: "European Union",
        countries: &[
            "AT", "BE", "BG", "CY", "CZ", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
            "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
        ],
        methods: [
            Method {
                name: "Standard",
                description: "4 to 7 working days",
                amount_minor: 990,
                free_from_minor: Some(14_900),
            },
            Method {
                name: "Express",
                description: "2 working days",
                amount_minor: 2_490,
                free_from_minor: None,
            },
        ],
    },
    Zone {
        name: "Rest of world",
        countries: &["*"],
        methods: [
            Method {
                name: "Standard",
                description: "7 to 14 working days",
                amount_minor: 1_990,
                free_from_minor: None,
            },
            Method {
                name: "Express",
                description: "3 to 5 working days",
                amount_minor: 4_490,
                free_from_minor: None,
            },
        ],
    },
];

/// Standard rates of value added tax, in hundredths of a percent.
const STANDARD_RATES: [(&str, i32); 27] = [
    ("AT", 2_000),
    ("BE", 2_100),
    ("BG", 2_000),
    ("CY", 1_900),
    ("CZ", 2_100),
    ("DE", 1_900),
    ("DK", 2_500),
    ("EE", 2_400),
    ("ES", 2_100),
    ("FI", 2_550),
    ("FR", 2_000),
    ("GR", 2_400),
    ("HR", 2_500),
    ("HU", 2_700),
    ("IE", 2_300),
    ("IT", 2_200),
    ("LT", 2_100),
    ("LU", 1_700),
    ("LV", 2_100),
    ("MT", 1_800),
    ("NL", 2_100),
    ("PL", 2_300),
    ("PT", 2_300),
    ("RO", 2_100),
    ("SE", 2_500),
    ("SI", 2_200),
    ("SK", 2_300),
];

/// Reduced rates for printed books.
const BOOK_RATES: [(&str, i32); 10] = [
    ("AT", 1_000),
    ("BE", 600),
    ("DE", 700),
    ("ES", 400),
    ("FR", 550),
    ("IE", 0),
    ("IT", 400),
    ("NL", 900),
    ("PL", 500),
    ("SE", 600),
];

/// Writes the zones and rates where there are none.
pub(super) async fn write(tx: &Tx) -> Result<()> {
    if shipping_zone::Entity::find().count(tx.db()).await? == 0 {
        write_zones(tx).await?;
    }
    if tax_rate::Entity::find().count(tx.db()).await? == 0 {
        write_rates(tx).await?;
    }
    Ok(())
}

async fn write_zones(tx: &Tx) -> Result<()> {
    let (mut zones, mut methods) = (Vec::new(), Vec::new());
    for (position, zone) in (0..).zip(&ZONES) {
        let id = ShippingZoneId(tx.shop().new_id());
        zones.push(shipping_zone::ActiveModel {
            id: Set(id),
            name: Set(zone.name.to_owned()),
            countries: Set(json!(zone.countries)),
            position: Set(position),
        });
        methods.extend(
            (0..)
                .zip(&zone.methods)
                .map(|(position, method)| method_row(tx, id, position, method)),
        );
    }
    shipping_zone::Entity::insert_many(zones)
        .exec_without_returning(tx.db())
        .await?;
    shipping_method::Entity::insert_many(methods)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

fn method_row(tx: &Tx, zone: ShippingZoneId, position: i32, method: &Method) -> shipping_method::ActiveModel {
    shipping_method::ActiveModel {
        id: Set(ShippingMethodId(tx.shop().new_id())),
        zone_id: Set(zone),
        name: Set(method.name.to_owned()),
        description: Set(method.description.to_owned()),
        currency: Set(tx.context().currency),
        amount_minor: Set(method.amount_minor),
        free_from_minor: Set(method.free_from_minor),
        position: Set(position),
        active: Set(true),
    }
}

async fn write_rates(tx: &Tx) -> Result<()> {
    let standard = STANDARD_RATES.iter().map(|(country, rate)| (country, None, rate));
    let books = BOOK_RATES
        .iter()
        .map(|(country, rate)| (country, Some("books".to_owned()), rate));
    let rows = standard
        .chain(books)
        .map(|(country, tax_category, basis_points)| tax_rate::ActiveModel {
            id: Set(TaxRateId(tx.shop().new_id())),
            country: Set((*country).to_owned()),
            tax_category: Set(tax_category),
            name: Set("VAT".to_owned()),
            basis_points: Set(*basis_points),
        });
    tax_rate::Entity::insert_many(rows)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}
