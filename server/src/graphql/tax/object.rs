use async_graphql::{ID, Object};
use chrono::{DateTime, Utc};
use vitrine_entity::tax_rate;

use crate::{
    graphql::shared::{CountryCode, connection, int},
    ids,
};

/// A tax rate of a country or of a part of it, as staff set it up.
#[derive(Debug, Clone)]
pub struct TaxRate(pub tax_rate::Model);

connection!(TaxRateConnection, TaxRateEdge, TaxRate);

/// A tax rate of a country or of a part of it, as staff set it up.
#[Object]
impl TaxRate {
    /// Names the rate.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Whose tax it is.
    async fn country_code(&self) -> CountryCode {
        CountryCode(self.0.country.clone())
    }

    /// The part of the country by its code of ISO 3166-2, as in `CA-QC`; null for all of it.
    async fn region(&self) -> Option<&str> {
        self.0.region.as_deref()
    }

    /// The category of goods; null for the standard rate, which all others bear.
    async fn tax_category(&self) -> Option<&str> {
        self.0.tax_category.as_deref()
    }

    /// Its name, as it stands on an invoice: `VAT`.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The rate in hundredths of a percent: 19 % is 1900.
    async fn basis_points(&self) -> i32 {
        self.0.basis_points
    }

    /// Whether it comes on top of the country's rate; else it takes its place.
    async fn on_top(&self) -> bool {
        self.0.on_top
    }

    /// Whether staff have looked at it. One that they have not holds all the same.
    async fn confirmed(&self) -> bool {
        self.0.confirmed
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
