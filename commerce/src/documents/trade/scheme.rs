//! What kind of tax a document's taxes are.

use serde::{Deserialize, Serialize};
use vitrine_entity::address::Address;

use super::Tax;
use crate::delivery::tax::TaxKind;

/// UN/EDIFACT 5153, as far as shops charge it. EN 16931 knows value added tax alone: a document of another tax is written in its
/// form, and names the tax for what it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaxScheme {
    /// Also Japan's consumption tax, which its documents call so. Documents from before schemes were kept are of this one.
    #[default]
    ValueAdded,
    GoodsAndServices,
    Sales,
}

impl TaxScheme {
    /// Of what is charged it is where the goods go that counts; what bears no tax is left without it by the law of the
    /// seller's country.
    pub(crate) fn of(taxes: &[Tax], goes_to: Option<&Address>, seller: Option<&Address>) -> Self {
        let is_charged = taxes.iter().any(|tax| tax.tax_minor != 0);
        let counts = match is_charged {
            true => goes_to,
            false => seller,
        };
        counts.map_or_else(Self::default, |address| TaxKind::of_country(&address.country).into())
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::ValueAdded => "VAT",
            Self::GoodsAndServices => "GST",
            Self::Sales => "LOC",
        }
    }
}

impl From<TaxKind> for TaxScheme {
    fn from(kind: TaxKind) -> Self {
        match kind {
            TaxKind::ValueAdded | TaxKind::Consumption => Self::ValueAdded,
            TaxKind::GoodsAndServices => Self::GoodsAndServices,
            TaxKind::Sales => Self::Sales,
        }
    }
}
