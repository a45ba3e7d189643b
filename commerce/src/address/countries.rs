//! Countries: what an address there needs and how it is written, from `data/`.

use std::{collections::BTreeMap, sync::LazyLock};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A country as the post knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2, or `XK`, which everybody uses for Kosovo.
    pub code: &'static str,
    /// How an address is written, in libaddressinput's words: `%N` is the name, `%n` ends a line.
    pub(super) lines: &'static str,
    /// The same in Latin letters, where it differs.
    pub(super) latin_lines: Option<&'static str>,
    required: &'static str,
    pub postal_code: Option<PostalCode>,
    /// What its regions are called: `state`, `prefecture`. Nothing where addresses name none.
    pub region_kind: Option<&'static str>,
    /// What its postal codes are called: `postal`, `zip`, `pin`, `eircode`. Nothing where addresses have none.
    pub postal_code_kind: Option<&'static str>,
    /// In the order of the post's list; empty where there is none.
    pub regions: Vec<Region>,
}

/// The form of a country's postal codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostalCode {
    /// A regular expression that matches the whole of one, in capitals.
    pub pattern: &'static str,
    /// The same for one without spaces and hyphens.
    pub(super) compact: &'static str,
    pub example: &'static str,
}

/// A state, province, prefecture: what an address names between town and country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// ISO 3166-2, as in `US-CA`, where it has one.
    pub iso: Option<&'static str>,
    /// As it stands in an address: `CA`.
    pub key: &'static str,
    pub name: &'static str,
    pub latin_name: &'static str,
}

/// Languages' places in a line of names, and the names by country.
type Names = (Vec<&'static str>, BTreeMap<&'static str, Vec<&'static str>>);

static COUNTRIES: LazyLock<BTreeMap<&'static str, Country>> = LazyLock::new(|| {
    let mut countries: BTreeMap<_, _> = rows(include_str!("data/countries.tsv"))
        .filter_map(|row| read(&row))
        .map(|country| (country.code, country))
        .collect();
    for row in rows(include_str!("data/regions.tsv")) {
        if let [country, iso, key, name, latin_name] = *row
            && let Some(country) = countries.get_mut(country)
        {
            let iso = some(iso);
            country.regions.push(Region {
                iso,
                key,
                name,
                latin_name,
            });
        }
    }
    countries
});

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let text = include_str!("data/names.tsv");
    let head = text.lines().next().unwrap_or_default().split('\t').skip(1).collect();
    let names = rows(text).filter_map(|row| row.split_first().map(|(country, names)| (*country, names.to_vec())));
    (head, names.collect())
});

/// Every country, by its code.
pub fn countries() -> impl ExactSizeIterator<Item = &'static Country> {
    COUNTRIES.values()
}

/// Every country, by its name in a language. Letters with accents stand with those without.
pub fn by_name(language: &str) -> Vec<&'static Country> {
    let mut sorted: Vec<_> = countries().collect();
    sorted.sort_by_cached_key(|country| {
        let name = country.name(language).nfd();
        name.filter(|c| !is_combining_mark(*c))
            .collect::<String>()
            .to_lowercase()
    });
    sorted
}

/// The country of two capital letters.
pub fn country(code: &str) -> Option<&'static Country> {
    COUNTRIES.get(code)
}

impl Country {
    /// What it is called in a language of BCP 47 or, where that is not known, in its nearest relative, and last in
    /// English.
    pub fn name(&self, language: &str) -> &'static str {
        let (languages, names) = &*NAMES;
        let Some(names) = names.get(self.code) else {
            return self.code;
        };
        let in_language = |tag: &str| {
            let place = languages.iter().position(|known| known.eq_ignore_ascii_case(tag))?;
            names.get(place).copied().filter(|name| !name.is_empty())
        };
        let traditional = ["zh-TW", "zh-HK", "zh-MO"].contains(&language);
        let written = if traditional { "zh-Hant" } else { language };
        relatives(written)
            .find_map(in_language)
            .or_else(|| in_language("en"))
            .unwrap_or(self.code)
    }

    /// Whether an address there is none without a postal code.
    pub fn needs_postal_code(&self) -> bool {
        self.required.contains('Z')
    }

    /// Whether an address there is none without a town; in Singapore there is but one.
    pub fn needs_city(&self) -> bool {
        self.required.contains('C')
    }

    /// Whether the post asks for a region. The shop takes an address without one: the rest tells where it is.
    pub fn needs_region(&self) -> bool {
        self.required.contains('S')
    }

    /// The region that somebody named by its code or its name.
    pub fn region(&self, text: &str) -> Option<&Region> {
        let is_named = |region: &&Region| {
            let names = [region.key, region.name, region.latin_name];
            let mut names = names.into_iter().chain(region.iso);
            names.any(|name| name.to_lowercase() == text.to_lowercase())
        };
        self.regions.iter().find(is_named)
    }
}

/// The tag and what is left of it from behind: `zh-Hant-TW`, `zh-Hant`, `zh`.
fn relatives(tag: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(tag), |tag| tag.rsplit_once('-').map(|(head, _)| head))
}

/// Without the head.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().skip(1).map(|line| line.split('\t').collect())
}

/// A line that cannot be read is left out, and fails the test.
fn read(row: &[&'static str]) -> Option<Country> {
    let [
        code,
        lines,
        latin_lines,
        required,
        pattern,
        compact,
        example,
        region_kind,
        code_kind,
    ] = *row
    else {
        return None;
    };
    Some(Country {
        code,
        lines,
        latin_lines: some(latin_lines),
        required,
        postal_code: some(pattern).map(|pattern| PostalCode {
            pattern,
            compact,
            example,
        }),
        region_kind: some(region_kind),
        postal_code_kind: some(code_kind),
        regions: Vec::new(),
    })
}

fn some(cell: &'static str) -> Option<&'static str> {
    Some(cell).filter(|cell| !cell.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_can_be_read() {
        let lines = |text: &str| text.lines().count() - 1;
        assert_eq!(COUNTRIES.len(), lines(include_str!("data/countries.tsv")));
        assert_eq!(NAMES.1.len(), COUNTRIES.len());
        let regions: usize = countries().map(|country| country.regions.len()).sum();
        assert_eq!(regions, lines(include_str!("data/regions.tsv")));
        for country in countries() {
            let is_iso = rust_iso3166::from_alpha2(country.code).is_some();
            assert!(is_iso || country.code == "XK", "{}", country.code);
            assert_ne!(country.name("en"), country.code);
        }
        assert!(rust_iso3166::ALL_ALPHA2.iter().all(|code| country(code).is_some()));
    }

    #[test]
    fn a_country_is_called_what_it_is_called_there() {
        let germany = country("DE").expect("Germany");
        for (language, name) in [
            ("en", "Germany"),
            ("de-AT", "Deutschland"),
            ("pt-BR", "Alemanha"),
            ("zh-TW", "德國"),
            ("zh-CN", "德国"),
            ("eo", "Germany"),
        ] {
            assert_eq!(germany.name(language), name, "{language}");
        }
        assert_eq!(country("XK").map(|kosovo| kosovo.name("en")), Some("Kosovo"));
    }

    #[test]
    fn a_region_is_known_by_any_of_its_names() {
        let region = |country: &str, text: &str| super::country(country)?.region(text).map(|region| region.key);
        for text in ["CA", "us-ca", "california"] {
            assert_eq!(region("US", text), Some("CA"), "{text}");
        }
        assert_eq!(region("JP", "Tokyo"), Some("東京都"));
        assert_eq!((region("US", "Nowhere"), region("DE", "Bayern")), (None, None));
    }
}
