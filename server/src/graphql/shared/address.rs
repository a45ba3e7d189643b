use async_graphql::{InputObject, SimpleObject};
use vitrine_commerce::address::AddressInput;
use vitrine_entity::address::Address;

use super::scalars::CountryCode;

/// A postal address.
#[derive(Debug, SimpleObject)]
pub struct MailingAddress {
    /// Who receives it.
    pub name: String,
    /// Their company, if it goes there.
    pub company: Option<String>,
    /// Street and number.
    pub line1: String,
    /// Floor, apartment, building.
    pub line2: Option<String>,
    /// Town or city.
    pub city: String,
    /// State, province or canton, where the country uses them.
    pub region: Option<String>,
    /// Postal code; empty in countries that have none.
    pub postal_code: String,
    /// The country.
    pub country_code: CountryCode,
    /// For the carrier.
    pub phone: Option<String>,
}

impl From<Address> for MailingAddress {
    fn from(address: Address) -> Self {
        let Address {
            name,
            company,
            line1,
            line2,
            city,
            region,
            postal_code,
            country,
            phone,
        } = address;
        Self {
            name,
            company,
            line1,
            line2,
            city,
            region,
            postal_code,
            country_code: CountryCode(country),
            phone,
        }
    }
}

/// A postal address. Text is trimmed; control characters are refused.
#[derive(Debug, Clone, InputObject)]
pub struct MailingAddressInput {
    /// Who receives it.
    pub name: String,
    /// Their company, if it goes there.
    pub company: Option<String>,
    /// Street and number.
    pub line1: String,
    /// Floor, apartment, building.
    pub line2: Option<String>,
    /// Town or city.
    pub city: String,
    /// State, province or canton, where the country uses them.
    pub region: Option<String>,
    /// Postal code. Needed unless the country has none.
    pub postal_code: Option<String>,
    /// The country, by its two letters: `DE`.
    pub country_code: CountryCode,
    /// For the carrier.
    pub phone: Option<String>,
}

impl From<MailingAddressInput> for AddressInput {
    fn from(input: MailingAddressInput) -> Self {
        let MailingAddressInput {
            name,
            company,
            line1,
            line2,
            city,
            region,
            postal_code,
            country_code,
            phone,
        } = input;
        let postal_code = postal_code.unwrap_or_default();
        Self {
            name,
            company,
            line1,
            line2,
            city,
            region,
            postal_code,
            country: country_code.0,
            phone,
        }
    }
}
