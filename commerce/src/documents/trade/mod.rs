//! An invoice or a credit note as EN 16931 means it: net amounts, categories of tax, and totals that follow from them. Pure.
//!
//! An order counts to the minor unit a line, with the tax contained in its prices or upon them. Here each line is its total less
//! its tax, so that the sums are the order's own and nobody pays a cent more or less than they did (BR-CO-10 to BR-CO-16); the tax
//! of a rate may differ from the rate of its sum by the rounding of its lines, which BR-CO-17 and its like allow by less than one unit of
//! the currency: not where that has no decimals.

mod correction;
#[cfg(test)]
mod correction_tests;
mod lines;
#[cfg(test)]
mod sale_tests;
mod scheme;
mod shipping;
mod tax;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use vitrine_entity::address::Address;

pub use self::scheme::TaxScheme;
pub(super) use self::{
    correction::{Back, Given, in_own_currency, of_all, of_part},
    lines::of_order,
    tax::Treatment,
};
use crate::money::Currency;

/// What a program reads of an invoice or a credit note. Amounts are in minor units, without tax unless they say otherwise, and
/// those of a credit note are what is given back: not below nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trade {
    pub is_credit_note: bool,
    pub number: String,
    pub issued_on: NaiveDate,
    pub currency: Currency,
    /// The tax in the seller's own currency, where that is another.
    pub tax_in_own_currency: Option<(Currency, i64)>,
    pub delivered_on: Option<NaiveDate>,
    pub order_number: String,
    /// By which number the company that bought it knows its purchase.
    #[serde(default)]
    pub purchase_order_number: Option<String>,
    /// The invoice that a credit note takes from: its number, and when it was issued.
    pub corrects: Option<(String, NaiveDate)>,
    pub seller: Party,
    pub buyer: Party,
    pub ship_to: Option<Address>,
    pub payment: Payment,
    pub lines: Vec<Line>,
    /// Shipping.
    pub charges: Vec<Charge>,
    pub taxes: Vec<Tax>,
    #[serde(default)]
    pub tax_scheme: TaxScheme,
    pub paid_minor: i64,
}

/// Who sells or buys.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub name: String,
    pub address: Option<Address>,
    /// With its country's letters.
    pub vat_number: Option<String>,
    /// At the tax office, which is no VAT number.
    pub tax_number: Option<String>,
    /// In a register of companies.
    pub registration_number: Option<String>,
    /// What the law wants said of it besides.
    pub legal_form: Option<String>,
    pub contact_name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
}

/// How it is paid.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// UNTDID 4461.
    pub means: String,
    pub text: Option<String>,
    pub iban: Option<String>,
    pub bic: Option<String>,
    pub account_name: Option<String>,
    pub due_on: Option<NaiveDate>,
    pub terms: Option<String>,
}

/// Goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub sku: String,
    pub name: String,
    pub description: Option<String>,
    pub quantity: i64,
    /// All units, before what follows.
    pub units_minor: i64,
    /// What was taken off it or put on it.
    pub changes: Vec<Change>,
    pub net_minor: i64,
    pub tax_minor: i64,
    pub rate: Rate,
}

/// A discount or a fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub label: String,
    pub amount_minor: i64,
    pub is_charge: bool,
}

/// Something beside the goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    pub label: String,
    pub net_minor: i64,
    pub tax_minor: i64,
    pub rate: Rate,
}

/// Why a tax is what it is, and its rate in hundredths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Rate {
    pub category: Category,
    pub basis_points: i32,
}

/// UNTDID 5305, as EN 16931 uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Category {
    Standard,
    Zero,
    Exempt,
    ReverseCharge,
    /// Goods that a business in another country of the European Union buys.
    IntraCommunity,
    Export,
}

impl Category {
    pub fn code(self) -> &'static str {
        match self {
            Self::Standard => "S",
            Self::Zero => "Z",
            Self::Exempt => "E",
            Self::ReverseCharge => "AE",
            Self::IntraCommunity => "K",
            Self::Export => "G",
        }
    }

    /// The code of the reason (VATEX), where there is one.
    pub fn reason_code(self) -> Option<&'static str> {
        match self {
            Self::Standard | Self::Zero | Self::Exempt => None,
            Self::ReverseCharge => Some("VATEX-EU-AE"),
            Self::IntraCommunity => Some("VATEX-EU-IC"),
            Self::Export => Some("VATEX-EU-G"),
        }
    }
}

/// The tax of one rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tax {
    pub rate: Rate,
    pub net_minor: i64,
    pub tax_minor: i64,
    /// Why there is none.
    pub reason: Option<String>,
}

impl Trade {
    /// The same, of the tax of where its goods go and of its seller.
    pub(super) fn with_tax_scheme(self) -> Self {
        let goes_to = self.ship_to.as_ref().or(self.buyer.address.as_ref());
        let tax_scheme = TaxScheme::of(&self.taxes, goes_to, self.seller.address.as_ref());
        Self { tax_scheme, ..self }
    }

    /// BT-106: all lines.
    pub fn lines_minor(&self) -> i64 {
        self.lines.iter().map(|line| line.net_minor).sum()
    }

    /// BT-108: what is charged beside them.
    pub fn charges_minor(&self) -> i64 {
        self.charges.iter().map(|charge| charge.net_minor).sum()
    }

    /// BT-109.
    pub fn net_minor(&self) -> i64 {
        self.lines_minor() + self.charges_minor()
    }

    /// BT-110.
    pub fn tax_minor(&self) -> i64 {
        self.taxes.iter().map(|tax| tax.tax_minor).sum()
    }

    /// BT-112, with the tax.
    pub fn total_minor(&self) -> i64 {
        self.net_minor() + self.tax_minor()
    }

    /// BT-115: what is left to be paid.
    pub fn due_minor(&self) -> i64 {
        self.total_minor() - self.paid_minor
    }
}
