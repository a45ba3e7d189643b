use async_graphql::{Enum, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::{Shop, delivery::tax::treatment::refusal_of};
use vitrine_entity::tax_record;

use crate::graphql::shared::Said;

/// Why taxes are what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::tax_record::TaxTreatment")]
pub enum TaxTreatment {
    /// The rates of the place where the goods go.
    Taxed,
    /// Staff have said that the customer pays no tax.
    Exempt,
    /// A business of another country of the European Union owes the tax there by itself.
    ReverseCharge,
    /// The goods leave for a country in which the shop charges no tax.
    Export,
}

/// How a VAT number was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::tax_record::TaxIdCheck")]
pub enum TaxIdCheck {
    /// Its form and its check digits are right; no register was asked.
    Form,
    /// The register knows it.
    Registered,
    /// The register does not know it.
    Unknown,
    /// The register did not answer.
    Unreachable,
}

/// A VAT number by which a business buys.
#[derive(Debug, SimpleObject)]
pub struct TaxId {
    /// The number in its one form, with its country's letters: `DE136695976`.
    pub number: String,
    /// How it was looked at.
    pub check: TaxIdCheck,
    /// When it was looked at.
    pub checked_at: DateTime<Utc>,
    /// Why it does not save the buyer the tax, for the shopper; null where it was accepted. Accepted numbers save the
    /// tax only across a border within the European Union.
    pub problem: Option<Said>,
}

impl TaxId {
    pub fn new(shop: &Shop, tax_id: &tax_record::TaxId) -> Self {
        Self {
            number: tax_id.number.clone(),
            check: tax_id.check.into(),
            checked_at: tax_id.checked_at,
            problem: refusal_of(tax_id, shop.settings.vat_form_is_enough).map(Said),
        }
    }
}
