//! What kind of tax a country charges on what is bought.

use vitrine_entity::order;

/// What the tax on what is bought is, as its country calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaxKind {
    ValueAdded,
    /// Japan's.
    Consumption,
    GoodsAndServices,
    Sales,
}

/// Where the tax on what is bought is called goods and services tax.
const GOODS_AND_SERVICES: [&str; 8] = ["AU", "CA", "IN", "JE", "MV", "NZ", "PG", "SG"];

impl TaxKind {
    /// Of a country by its two letters.
    pub fn of_country(country: &str) -> Self {
        match country {
            "JP" => Self::Consumption,
            "US" => Self::Sales,
            country if GOODS_AND_SERVICES.contains(&country) => Self::GoodsAndServices,
            _ => Self::ValueAdded,
        }
    }

    /// Of the country whose tax an order bears.
    pub fn of_order(order: &order::Model) -> Self {
        let country = order.tax.as_ref().map(|tax| tax.country.as_str());
        Self::of_country(country.unwrap_or(&order.shipping_address.country))
    }

    /// By which messages tell it from the others.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::ValueAdded => "vat",
            Self::Consumption => "consumption",
            Self::GoodsAndServices => "gst",
            Self::Sales => "sales",
        }
    }
}
