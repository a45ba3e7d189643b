//! Which tax rate applies: by country and subdivision, and where it differs, by category of goods.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use vitrine_entity::tax_rate;
pub use vitrine_entity::variant::UNTAXED;

use crate::{
    Result, Shop,
    delivery::Destination,
    pricing::{Rate, RatePart},
};

/// The rates at a place. Where there are none, nothing is taxed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TaxRates {
    country: ByCategory,
    region: ByCategory,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct ByCategory {
    standard: Option<tax_rate::Model>,
    by_category: HashMap<String, tax_rate::Model>,
}

impl ByCategory {
    fn of(&self, category: Option<&str>) -> Option<&tax_rate::Model> {
        let own = category.and_then(|category| self.by_category.get(category));
        own.or_else(|| self.standard.as_ref().filter(|_| category != Some(UNTAXED)))
    }
}

impl TaxRates {
    /// The rates of `rows` that hold at `to`. Pure.
    pub fn new(rows: Vec<tax_rate::Model>, to: &Destination) -> Self {
        let mut rates = Self::default();
        for row in rows.into_iter().filter(|row| row.country == to.country) {
            let place = match &row.region {
                None => &mut rates.country,
                Some(region) if Some(region) == to.region.as_ref() => &mut rates.region,
                Some(_) => continue,
            };
            match row.tax_category.clone() {
                None => place.standard = Some(row),
                Some(category) => {
                    place.by_category.insert(category, row);
                }
            }
        }
        rates
    }

    /// Whether the shop charges any tax there, be it of no percent.
    pub fn any(&self) -> bool {
        let any = |place: &ByCategory| place.standard.is_some() || !place.by_category.is_empty();
        any(&self.country) || any(&self.region)
    }

    /// The rate of goods of `category`; the standard rate where it has none of its own and is not
    /// [`UNTAXED`]. A subdivision's rate
    /// takes the place of its country's, or comes on top of it.
    pub fn of(&self, category: Option<&str>) -> Rate {
        let (country, region) = (self.country.of(category), self.region.of(category));
        let parts: Vec<&tax_rate::Model> = match region {
            Some(region) if region.on_top => country.into_iter().chain([region]).collect(),
            Some(region) => vec![region],
            None => country.into_iter().collect(),
        };
        let part = |row: &tax_rate::Model| RatePart {
            name: row.name.clone(),
            basis_points: row.basis_points,
        };
        Rate(parts.into_iter().map(part).collect())
    }
}

/// The rates at `to`.
pub async fn rates_at(db: &impl ConnectionTrait, to: &Destination) -> Result<TaxRates> {
    let rows = tax_rate::Entity::find()
        .filter(tax_rate::Column::Country.eq(&to.country))
        .filter(tax_rate::Column::DeletedAt.is_null())
        .all(db)
        .await?;
    Ok(TaxRates::new(rows, to))
}

/// Whether the shop charges tax on what goes to a country, or to a part of it: what goes anywhere else is exported. At home
/// nothing is, whatever the rates.
pub async fn is_charged_in(shop: &Shop, country: &str) -> Result<bool> {
    if *shop.profile().country == *country {
        return Ok(true);
    }
    let rates = tax_rate::Entity::find()
        .filter(tax_rate::Column::Country.eq(country))
        .filter(tax_rate::Column::DeletedAt.is_null());
    Ok(rates.count(&shop.db).await? > 0)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;
    use vitrine_entity::ids::TaxRateId;

    use super::*;

    fn row(place: &str, category: Option<&str>, basis_points: i32, on_top: bool) -> tax_rate::Model {
        let country = &place[..2];
        tax_rate::Model {
            id: TaxRateId(Uuid::from_u128(1)),
            country: country.to_owned(),
            tax_category: category.map(str::to_owned),
            name: format!("{place} {basis_points}"),
            basis_points,
            region: (place.len() > 2).then(|| place.to_owned()),
            on_top,
            confirmed: true,
            version: 1,
            deleted_at: None,
        }
    }

    fn told(country: &str, region: Option<&str>, category: Option<&str>) -> String {
        let rows = vec![
            row("CA", None, 500, false),
            row("CA", Some("food"), 0, false),
            row("CA-BC", None, 700, true),
            row("CA-BC", Some("books"), 0, true),
            row("CA-ON", None, 1_300, false),
            row("US-CA", None, 725, false),
        ];
        let rates = TaxRates::new(rows, &Destination::new(country, region, None));
        let parts = rates.of(category).0.into_iter().map(|part| part.name);
        parts.collect::<Vec<_>>().join(" + ")
    }

    #[test]
    fn a_subdivision_adds_to_its_country_or_takes_its_place() {
        assert_eq!(told("CA", None, None), "CA 500");
        assert_eq!(told("CA", Some("British Columbia"), None), "CA 500 + CA-BC 700");
        assert_eq!(told("CA", Some("BC"), Some("books")), "CA 500 + CA-BC 0");
        assert_eq!(told("CA", Some("BC"), Some("food")), "CA 0 + CA-BC 700");
        assert_eq!(told("CA", Some("ON"), Some("food")), "CA-ON 1300");
        assert_eq!(told("US", Some("CA"), None), "US-CA 725");
        assert_eq!(told("US", Some("OR"), None), "");
        assert_eq!(told("DE", None, None), "");
    }
}
