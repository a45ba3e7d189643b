//! Postal addresses, as somebody types them and as they are kept.

use vitrine_entity::address::Address;

use crate::{ErrorCode, Refusal, text};

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

/// Whether `code` is a country of ISO 3166-1, by its two capital letters.
pub fn is_country(code: &str) -> bool {
    rust_iso3166::from_alpha2(code).is_some()
}

/// A country's two letters, in capitals.
pub fn country(field: &[&str], code: &str) -> Result<String, Refusal> {
    let code = code.trim().to_ascii_uppercase();
    if is_country(&code) {
        return Ok(code);
    }
    let name = field.last().copied().unwrap_or("country");
    let message = format!("`{name}` must be a country's two letters by ISO 3166-1, like `DE`.");
    Err(Refusal::new(ErrorCode::Invalid, message).at(field))
}

/// Trims and checks every part, and names the one at fault: a field of `which`.
pub(crate) fn checked(address: &AddressInput, which: &str) -> Result<Address, Refusal> {
    let line = |field: &str, text: &str| text::line(&[which, field], text, 200);
    let optional = |field: &str, text: &Option<String>| text::optional_line(&[which, field], text.as_deref(), 200);
    let country = country(&[which, "countryCode"], &address.country)?;
    Ok(Address {
        name: line("name", &address.name)?,
        company: optional("company", &address.company)?,
        line1: line("line1", &address.line1)?,
        line2: optional("line2", &address.line2)?,
        city: line("city", &address.city)?,
        region: optional("region", &address.region)?,
        postal_code: postal_code(which, &address.postal_code, &country)?,
        country,
        phone: optional("phone", &address.phone)?,
    })
}

/// A few countries have no postal codes; everywhere else one is needed.
fn postal_code(which: &str, text: &str, country: &str) -> Result<String, Refusal> {
    const WITHOUT: [&str; 8] = ["AE", "AG", "AO", "BS", "FJ", "HK", "IE", "QA"];
    let field = [which, "postalCode"];
    match text::optional_line(&field, Some(text), 20)? {
        Some(code) => Ok(code),
        None if WITHOUT.contains(&country) => Ok(String::new()),
        None => Err(Refusal::new(ErrorCode::Invalid, "`postalCode` must not be empty.").at(&field)),
    }
}
