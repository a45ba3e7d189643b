//! What kind of tax a document's taxes are.

use serde::{Deserialize, Serialize};
use vitrine_entity::address::Address;

use super::Tax;

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

/// Where the tax on what is bought is called goods and services tax.
const GOODS_AND_SERVICES: [&str; 8] = ["AU", "CA", "IN", "JE", "MV", "NZ", "PG", "SG"];

impl TaxScheme {
    /// Of what is charged it is where the goods go that counts; what bears no tax is left without it by the law of the
    /// seller's country.
    pub(crate) fn of(taxes: &[Tax], goes_to: Option<&Address>, seller: Option<&Address>) -> Self {
        let is_charged = taxes.iter().any(|tax| tax.tax_minor != 0);
        let counts = match is_charged {
            true => goes_to,
            false => seller,
        };
        counts.map_or_else(Self::default, |address| Self::of_country(&address.country))
    }

    fn of_country(country: &str) -> Self {
        match country {
            "US" => Self::Sales,
            country if GOODS_AND_SERVICES.contains(&country) => Self::GoodsAndServices,
            _ => Self::ValueAdded,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::ValueAdded => "VAT",
            Self::GoodsAndServices => "GST",
            Self::Sales => "LOC",
        }
    }
}
