//! Which taxes an order bore, and a buyer's VAT number, kept as JSON in the row that owns it.

use sea_orm::{FromJsonQueryResult, prelude::DateTimeUtc};
use serde::{Deserialize, Serialize};

/// The taxes of an order, as they were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct TaxRecord {
    pub treatment: TaxTreatment,
    /// Whose taxes they are; ISO 3166-1 alpha-2.
    pub country: String,
    /// By rate, highest first.
    pub lines: Vec<TaxRecordLine>,
    /// The number by which a business bought.
    pub tax_id: Option<TaxId>,
    /// Why the customer pays none, as staff wrote it.
    pub exempt_reason: Option<String>,
}

/// The tax at one rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxRecordLine {
    pub name: String,
    /// Hundredths of a percent.
    pub basis_points: i32,
    pub amount_minor: i64,
}

/// Why taxes are what they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TaxTreatment {
    /// The rates of the country.
    Taxed,
    /// The customer pays none.
    Exempt,
    /// A business in another country of the European Union owes it there.
    ReverseCharge,
    /// The goods leave for a country in which the shop charges none.
    Export,
}

/// A VAT number of the European Union, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct TaxId {
    /// In its one form, with its country's letters: `DE136695976`.
    pub number: String,
    pub check: TaxIdCheck,
    pub checked_at: DateTimeUtc,
}

/// How a VAT number was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TaxIdCheck {
    /// Its form and its check digits are right; nobody was asked.
    Form,
    /// The register knows it.
    Registered,
    /// The register does not know it.
    Unknown,
    /// The register did not answer.
    Unreachable,
}
