//! Postal addresses, as somebody types them and as they are kept. What one needs differs by country: `countries` knows
//! it, of data that is generated (`data/README.md`).

mod countries;
mod lines;
mod postal_code;

use vitrine_entity::address::Address;

pub use self::{
    countries::{Country, PostalCode, Region, by_name, countries, country as known},
    lines::{lines, lines_in},
};
use crate::{
    ErrorCode, Refusal,
    language::{Called, messages},
    text,
};

/// An address as somebody typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddressInput {
    pub name: String,
    pub company: Option<String>,
    pub line1: String,
    pub line2: Option<String>,
    pub city: String,
    pub region: Option<String>,
    pub postal_code: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub phone: Option<String>,
}

impl From<Address> for AddressInput {
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
            country,
            phone,
        }
    }
}

/// What a country is called, for a message: in the language of whoever reads it.
pub fn called(code: &str) -> Called {
    Called::new(code, |code, language| {
        known(code).map_or_else(|| code.to_owned(), |country| country.name(language).to_owned())
    })
}

/// Whether `code` is a country of ISO 3166-1, or Kosovo's `XK`, by its two capital letters.
pub fn is_country(code: &str) -> bool {
    known(code).is_some() || rust_iso3166::from_alpha2(code).is_some()
}

/// A country's letters as somebody typed them, in capitals. What the Kingdom and the Union's taxes call two of them besides
/// is read as ISO has it.
pub fn country_code(code: &str) -> String {
    match text::code(code).to_ascii_uppercase().as_str() {
        "UK" => "GB".to_owned(),
        "EL" => "GR".to_owned(),
        code => code.to_owned(),
    }
}

/// A country's two letters, in capitals.
pub fn country(field: &[&str], code: &str) -> Result<String, Refusal> {
    let code = country_code(code);
    if is_country(&code) {
        return Ok(code);
    }
    let name = field.last().copied().unwrap_or("country");
    Err(Refusal::new(ErrorCode::Invalid, messages::not_a_country(name)).at(field))
}

/// Brings every part into its normal form and checks it by what the country needs, and names the one at fault: a field
/// of `which`.
pub(crate) fn checked(address: &AddressInput, which: &str) -> Result<Address, Refusal> {
    let line = |field: &str, text: &str| text::line(&[which, field], text, 200);
    let optional = |field: &str, text: &Option<String>| text::optional_line(&[which, field], text.as_deref(), 200);
    let country = country(&[which, "countryCode"], &address.country)?;
    let rules = known(&country);
    let code = [which, "postalCode"];
    Ok(Address {
        name: line("name", &address.name)?,
        company: optional("company", &address.company)?,
        line1: line("line1", &address.line1)?,
        line2: optional("line2", &address.line2)?,
        city: match rules.is_none_or(Country::needs_city) {
            true => line("city", &address.city)?,
            false => text::optional_line(&[which, "city"], Some(&address.city), 200)?.unwrap_or_default(),
        },
        region: optional("region", &address.region)?,
        postal_code: match rules {
            Some(rules) => postal_code::checked(&code, &address.postal_code, rules)?,
            None => text::optional_line(&code, Some(&address.postal_code), 20)?.unwrap_or_default(),
        },
        country,
        phone: optional("phone", &address.phone)?,
    })
}
