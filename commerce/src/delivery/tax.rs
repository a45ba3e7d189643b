//! Which tax rate applies: by country, and where it differs, by category of goods; and a new
//! shop's first rates.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use vitrine_entity::{ids::TaxRateId, tax_rate};

use crate::{Result, Tx, pricing::Rate};

/// A rate as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateDraft {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// `None` for the country's standard rate.
    pub tax_category: Option<String>,
    pub name: String,
    /// Hundredths of a percent: 19 % is 1900.
    pub basis_points: i32,
}

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

/// Gives a shop that has no rates its first ones; where there is one, nothing is written.
pub async fn init(tx: &Tx, drafts: &[RateDraft]) -> Result<()> {
    if tax_rate::Entity::find().count(tx.db()).await? > 0 {
        return Ok(());
    }
    let rows = drafts.iter().map(|draft| tax_rate::ActiveModel {
        id: Set(TaxRateId(tx.shop().new_id())),
        country: Set(draft.country.clone()),
        tax_category: Set(draft.tax_category.clone()),
        name: Set(draft.name.clone()),
        basis_points: Set(draft.basis_points),
    });
    tax_rate::Entity::insert_many(rows)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}
