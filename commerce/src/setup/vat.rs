//! A new shop's first tax rates, from `vat.toml`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::delivery::tax::RateDraft;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    date: String,
    eu: BTreeMap<String, Country>,
    elsewhere: BTreeMap<String, Country>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Country {
    name: String,
    standard: i32,
    #[serde(default)]
    categories: BTreeMap<String, i32>,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("vat.toml")).expect("the tests read the embedded file"));

/// Whether goods go from one of these countries to another as they do at home.
pub fn is_in_eu(country: &str) -> bool {
    FILE.eu.contains_key(country)
}

/// The other countries of the European Union.
pub fn rest_of_eu(country: &str) -> Vec<String> {
    FILE.eu.keys().filter(|other| *other != country).cloned().collect()
}

/// When the rates were looked up.
pub fn date() -> &'static str {
    &FILE.date
}

/// The first rates of a shop in `country`: within the European Union those of all its countries, elsewhere the
/// country's own standard rate, which staff must confirm.
pub fn first_rates(country: &str) -> Vec<RateDraft> {
    if is_in_eu(country) {
        return FILE
            .eu
            .iter()
            .flat_map(|(code, country)| rates(code, country))
            .collect();
    }
    let known = FILE.elsewhere.get(country);
    vec![RateDraft {
        country: country.to_owned(),
        tax_category: None,
        name: known.map_or("Tax", |known| known.name.as_str()).to_owned(),
        basis_points: known.map_or(0, |known| known.standard),
        confirmed: false,
        ..RateDraft::default()
    }]
}

fn rates(code: &str, country: &Country) -> Vec<RateDraft> {
    let rate = |category: Option<&str>, basis_points| RateDraft {
        country: code.to_owned(),
        tax_category: category.map(str::to_owned),
        name: country.name.clone(),
        basis_points,
        confirmed: true,
        ..RateDraft::default()
    };
    let own = country
        .categories
        .iter()
        .map(|(category, points)| rate(Some(category), *points));
    [rate(None, country.standard)].into_iter().chain(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::is_country;

    fn of(country: &str, category: Option<&str>) -> Option<i32> {
        let rates = first_rates("DE");
        let rate = rates
            .iter()
            .find(|rate| rate.country == country && rate.tax_category.as_deref() == category);
        rate.map(|rate| rate.basis_points)
    }

    #[test]
    fn the_union_has_all_its_rates() {
        assert_eq!(FILE.eu.len(), 27);
        assert_eq!(rest_of_eu("DE").len(), 26);
        for (country, standard, reduced) in [
            ("DE", 1_900, 700),
            ("EE", 2_400, 900),
            ("FI", 2_550, 1_350),
            ("LT", 2_100, 1_200),
            ("RO", 2_100, 1_100),
            ("SK", 2_300, 1_900),
        ] {
            assert_eq!(of(country, None), Some(standard), "{country}");
            assert_eq!(of(country, Some("reduced")), Some(reduced), "{country}");
        }
        assert_eq!(of("SK", Some("second-reduced")), Some(500));
        assert_eq!(of("IE", Some("books")), Some(0));
        assert_eq!(of("DK", Some("reduced")), None);
        for (code, country) in FILE.eu.iter().chain(&FILE.elsewhere) {
            let all = country.categories.values().chain([&country.standard]);
            assert!(
                is_country(code) && all.into_iter().all(|points| (0..=2_700).contains(points)),
                "{code}"
            );
        }
    }

    #[test]
    fn elsewhere_there_is_one() {
        assert_eq!(first_rates("CH").len(), 1);
        assert_eq!(
            (first_rates("CH")[0].basis_points, first_rates("CH")[0].confirmed),
            (810, false)
        );
        assert_eq!((first_rates("US").len(), first_rates("US")[0].basis_points), (1, 0));
    }
}
