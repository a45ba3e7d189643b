//! Postal addresses, as somebody types them and as they are kept. What one needs differs by country: `countries` knows
//! it, of data that is generated (`data/README.md`).

mod countries;
mod lines;
mod mobile;
mod phone;
mod postal_code;

use vitrine_entity::address::Address;

pub use self::{
    countries::{Country, PostalCode, Region, by_name, countries, country as known},
    lines::{lines, lines_in},
};
pub(crate) use self::{mobile::mobile, phone::checked as checked_phone};
use crate::{
    Error, ErrorCode, Refusal,
    language::{Called, messages},
    text,
};

const LINE_MAX: usize = 200;

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

/// Brings every part into its normal form and checks it by what the country needs.
///
/// # Errors
/// Names every field at fault, all of them fields of `which`: whoever fills in a form is told once.
pub(crate) fn checked(address: &AddressInput, which: &str) -> Result<Address, Error> {
    let country = country(&[which, "countryCode"], &address.country)?;
    let rules = known(&country);
    let mut refusals = Vec::new();
    let mut parts = Parts {
        which,
        refusals: &mut refusals,
    };
    let code = [which, "postalCode"];
    let checked = Address {
        name: parts.line("name", &address.name),
        company: parts.optional("company", address.company.as_deref()),
        line1: parts.line("line1", &address.line1),
        line2: parts.optional("line2", address.line2.as_deref()),
        city: match rules.is_none_or(Country::needs_city) {
            true => parts.line("city", &address.city),
            false => parts.optional("city", Some(&address.city)).unwrap_or_default(),
        },
        region: parts.keep(region(&[which, "region"], address.region.as_deref(), rules)),
        postal_code: parts.keep(match rules {
            Some(rules) => postal_code::checked(&code, &address.postal_code, rules),
            None => text::optional_line(&code, Some(&address.postal_code), 20).map(Option::unwrap_or_default),
        }),
        phone: parts.keep(checked_phone(&[which, "phone"], address.phone.as_deref())),
        country,
    };
    match refusals.is_empty() {
        true => Ok(checked),
        false => Err(Error::Refused(refusals)),
    }
}

/// What is wrong with the parts of an address so far.
struct Parts<'a> {
    which: &'a str,
    refusals: &'a mut Vec<Refusal>,
}

impl Parts<'_> {
    fn line(&mut self, field: &str, text: &str) -> String {
        self.keep(text::line(&[self.which, field], text, LINE_MAX))
    }

    fn optional(&mut self, field: &str, text: Option<&str>) -> Option<String> {
        self.keep(text::optional_line(&[self.which, field], text, LINE_MAX))
    }

    fn keep<T: Default>(&mut self, part: Result<T, Refusal>) -> T {
        part.unwrap_or_else(|refusal| {
            self.refusals.push(refusal);
            T::default()
        })
    }
}

/// A region. Where the post asks for one and has a list of them, taxes and shipping zones go by that list: what is not in
/// it is a mistake.
fn region(field: &[&str], text: Option<&str>, rules: Option<&Country>) -> Result<Option<String>, Refusal> {
    let typed = text::optional_line(field, text, LINE_MAX)?;
    let Some((typed, rules)) = typed.as_deref().zip(rules.filter(|rules| rules.needs_region())) else {
        return Ok(typed);
    };
    match rules.regions.first() {
        Some(first) if rules.region(typed).is_none() => {
            let message = messages::region_unknown(called(rules.code), first.latin_name);
            Err(Refusal::new(ErrorCode::Invalid, message).at(field))
        }
        _ => Ok(Some(typed.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(change: impl FnOnce(&mut AddressInput)) -> Vec<String> {
        let mut address = AddressInput {
            name: "Ada".to_owned(),
            line1: "Street 1".to_owned(),
            city: "Los Angeles".to_owned(),
            region: Some("california".to_owned()),
            postal_code: "90210".to_owned(),
            country: "US".to_owned(),
            ..AddressInput::default()
        };
        change(&mut address);
        match checked(&address, "address") {
            Ok(_) => Vec::new(),
            Err(Error::Refused(refusals)) => {
                let named = refusals.iter().map(|refusal| refusal.field.join("."));
                named.collect()
            }
            Err(Error::Fault(fault)) => panic!("{fault}"),
        }
    }

    #[test]
    fn every_field_at_fault_is_named_at_once() {
        let all = fields(|address| {
            *address = AddressInput {
                country: "DE".to_owned(),
                phone: Some("abc".to_owned()),
                ..AddressInput::default()
            };
        });
        let named = ["name", "line1", "city", "postalCode", "phone"].map(|field| format!("address.{field}"));
        assert_eq!(all, named);
        assert_eq!(fields(|_| {}), Vec::<String>::new());
        assert_eq!(
            fields(|address| address.country = "XX".to_owned()),
            ["address.countryCode"]
        );
    }

    #[test]
    fn a_region_is_one_of_the_posts_list_where_the_post_asks_for_one() {
        let with = |country: &'static str, code: &'static str, region: &'static str| {
            fields(move |address| {
                (address.country, address.postal_code) = (country.to_owned(), code.to_owned());
                address.region = Some(region.to_owned());
            })
        };
        assert_eq!(with("US", "90210", "Kalifornia"), ["address.region"]);
        assert_eq!(with("US", "90210", "US-CA"), Vec::<String>::new());
        assert_eq!(with("US", "90210", ""), Vec::<String>::new());
        // Germany's post asks for none.
        assert_eq!(with("DE", "10117", "Preussen"), Vec::<String>::new());
    }
}
