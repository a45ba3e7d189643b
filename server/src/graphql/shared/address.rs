use async_graphql::{InputObject, SimpleObject};
use vitrine_commerce::address::{self, AddressInput};
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
    /// All of it but the phone as it is written on a parcel, line by line: in the order of its country, which stands at
    /// the end in English. Empty where there is no address.
    pub lines: Vec<String>,
}

impl From<Address> for MailingAddress {
    fn from(address: Address) -> Self {
        let lines = address::lines(&address);
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
            lines,
        }
    }
}

/// A postal address. Text is trimmed, and what nobody sees of it is taken out; control characters are refused.
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
    /// Town or city. Needed where the country's `requiresCity` says so: nearly everywhere.
    pub city: Option<String>,
    /// State, province or canton, where the country uses them.
    pub region: Option<String>,
    /// Postal code. Needed where the country's `requiresPostalCode` says so; one of another form than the country's is
    /// refused.
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
        let (city, postal_code) = (city.unwrap_or_default(), postal_code.unwrap_or_default());
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
