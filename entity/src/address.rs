//! A postal address, kept as JSON in the row that owns it.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

/// A postal address. Which fields a country needs is `vitrine_commerce::checkout`'s to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Address {
    pub name: String,
    pub company: Option<String>,
    pub line1: String,
    pub line2: Option<String>,
    pub city: String,
    pub region: Option<String>,
    pub postal_code: String,
    /// ISO 3166-1 alpha-2, upper case.
    pub country: String,
    pub phone: Option<String>,
}

impl Address {
    /// Of what is sent nowhere: nothing but a country.
    pub fn nowhere(country: &str) -> Self {
        Self {
            name: String::new(),
            company: None,
            line1: String::new(),
            line2: None,
            city: String::new(),
            region: None,
            postal_code: String::new(),
            country: country.to_owned(),
            phone: None,
        }
    }

    /// Whether it is an address at all.
    pub fn is_somewhere(&self) -> bool {
        !self.line1.is_empty()
    }
}
