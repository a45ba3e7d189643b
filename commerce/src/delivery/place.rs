//! Where goods go, in the one form that zones and rates are matched by. Pure.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use vitrine_entity::address::Address;

use super::postal;
use crate::{address::country_code, text};

/// Where goods go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// ISO 3166-2, where it is known.
    pub region: Option<String>,
    /// In capitals, without spaces and hyphens.
    pub postal_code: Option<String>,
}

impl Destination {
    /// As somebody typed it; a region that nobody knows is none.
    pub fn new(country: &str, region: Option<&str>, postal_code: Option<&str>) -> Self {
        let country = country_code(country);
        Self {
            region: region.and_then(|region| subdivision(&country, region)),
            postal_code: postal_code
                .map(|code| postal::compact(&text::code(code)))
                .filter(|code| !code.is_empty()),
            country,
        }
    }

    pub fn of(address: &Address) -> Self {
        Self::new(&address.country, address.region.as_deref(), Some(&address.postal_code))
    }
}

/// The country of a subdivision of ISO 3166-2; `None` where there is no such subdivision.
pub fn country_of_region(code: &str) -> Option<&'static str> {
    rust_iso3166::iso3166_2::from_code(code).map(|known| known.country_code)
}

/// A subdivision's code of ISO 3166-2, by the whole code (`US-CA`), its last part (`CA`) or its name
/// (`California`), however it is written.
pub fn subdivision(country: &str, text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text.len() > 200 {
        return None;
    }
    let code = text.to_uppercase();
    let coded = [code.clone(), format!("{country}-{code}")];
    if let Some(code) = coded.into_iter().find(|code| country_of_region(code) == Some(country)) {
        return Some(code);
    }
    let wanted = plain(text);
    let country = rust_iso3166::from_alpha2(country)?;
    let named = country.subdivisions().unwrap_or_default().iter();
    let named = named.filter(|known| plain(known.name) == wanted);
    named.map(|known| known.code.to_owned()).min()
}

/// Without accents and case.
fn plain(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .collect::<String>()
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subdivision_is_known_by_code_and_by_name() {
        for text in ["US-CA", "us-ca", "ca", " California ", "CALIFORNIA"] {
            assert_eq!(subdivision("US", text).as_deref(), Some("US-CA"), "{text}");
        }
        for text in ["Québec", "quebec", "QC"] {
            assert_eq!(subdivision("CA", text).as_deref(), Some("CA-QC"), "{text}");
        }
        for (country, text) in [("DE", "California"), ("CA", "US-CA"), ("US", ""), ("XX", "CA")] {
            assert_eq!(subdivision(country, text), None, "{country} {text}");
        }
    }

    #[test]
    fn a_destination_has_one_form() {
        let typed = Destination::new(" gb", Some("Northern Ireland"), Some("bt1 5-gs"));
        let expected = Destination {
            country: "GB".to_owned(),
            region: Some("GB-NIR".to_owned()),
            postal_code: Some("BT15GS".to_owned()),
        };
        assert_eq!(typed, expected);
        assert_eq!(Destination::new("HK", None, Some(" ")).postal_code, None);
    }
}
