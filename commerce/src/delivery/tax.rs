//! Which tax rate applies: by country, and where it differs, by category of goods.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use vitrine_entity::tax_rate;

use crate::{Result, pricing::Rate};

/// A country's rates. Where a country has none, nothing is taxed.
#[derive(Debug, Clone, Default)]
pub struct TaxRates {
    standard: Rate,
    by_category: HashMap<String, Rate>,
}

impl TaxRates {
    /// The rate of goods of `category`; the standard rate where it has none of its own.
    pub fn of(&self, category: Option<&str>) -> Rate {
        category
            .and_then(|category| self.by_category.get(category))
            .unwrap_or(&self.standard)
            .clone()
    }
}

/// The rates of `country`.
pub async fn rates_of(db: &impl ConnectionTrait, country: &str) -> Result<TaxRates> {
    let mut rates = TaxRates::default();
    for row in tax_rate::Entity::find()
        .filter(tax_rate::Column::Country.eq(country))
        .all(db)
        .await?
    {
        let rate = Rate {
            name: row.name,
            basis_points: row.basis_points,
        };
        match row.tax_category {
            None => rates.standard = rate,
            Some(category) => {
                rates.by_category.insert(category, rate);
            }
        }
    }
    Ok(rates)
}
