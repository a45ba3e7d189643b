//! What is proposed for a country, from `countries.csv`: whoever makes a shop may choose otherwise.

use std::{collections::BTreeMap, sync::LazyLock};

use chrono_tz::Tz;

use crate::money::Currency;

/// What most people in a country would choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub currency: Currency,
    pub time_zone: Tz,
    /// BCP 47; at least one.
    pub languages: Vec<String>,
}

static COUNTRIES: LazyLock<BTreeMap<String, Proposal>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(include_str!("countries.csv").as_bytes());
    reader.records().filter_map(|record| read(&record.ok()?)).collect()
});

/// What is proposed for the country, by its two letters.
pub fn proposal(country: &str) -> Option<&'static Proposal> {
    COUNTRIES.get(country)
}

/// A line that cannot be read is left out, and fails the test.
fn read(record: &csv::StringRecord) -> Option<(String, Proposal)> {
    let proposal = Proposal {
        currency: record.get(1)?.parse().ok()?,
        time_zone: record.get(2)?.parse().ok()?,
        languages: record.get(3)?.split(' ').map(str::to_owned).collect(),
    };
    Some((record.get(0)?.to_owned(), proposal))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{address::is_country, settings::language};

    #[test]
    fn every_line_can_be_read() {
        let lines: Vec<&str> = include_str!("countries.csv").lines().skip(1).collect();
        let known: Vec<&str> = lines.iter().copied().map(|line| &line[..2]).collect();
        let lost: Vec<_> = known.iter().filter(|code| proposal(code).is_none()).collect();
        assert!(lost.is_empty(), "{lost:?}");
        assert!(COUNTRIES.len() > 240 && COUNTRIES.len() == lines.len());
        for (country, proposal) in &*COUNTRIES {
            assert!(is_country(country), "{country}");
            for tag in &proposal.languages {
                assert_eq!(language(&["languages"], tag).as_deref(), Ok(tag.as_str()), "{country}");
            }
        }
        let bulgaria = proposal("BG").expect("Bulgaria");
        assert_eq!(
            (bulgaria.currency, bulgaria.time_zone),
            (Currency::EUR, Tz::Europe__Sofia)
        );
    }
}
