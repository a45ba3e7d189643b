//! For whom a flag is on. Pure.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use vitrine_entity::{
    flag::{self, FlagAudience, FlagRule},
    ids::{CustomerGroupId, MarketId},
};

/// Into how many parts those who ask are divided: a percent is a hundred of them.
const PARTS: u32 = 10_000;

/// Whoever asks, as rules see them.
#[derive(Debug, Clone)]
pub(super) struct Asker {
    /// What tells them from others: a customer's, member's or app's id, or what the front end calls a guest.
    pub(super) key: Option<String>,
    pub(super) audience: FlagAudience,
    pub(super) country: Arc<str>,
    pub(super) market: Option<MarketId>,
    pub(super) groups: Vec<CustomerGroupId>,
    pub(super) at: DateTime<Utc>,
}

/// Whether a flag is on for somebody.
pub(super) fn is_on(flag: &flag::Model, asker: &Asker) -> bool {
    let rule = flag.rules.0.iter().find(|rule| names(rule, asker));
    let percent = rule.map_or(flag.percent, |rule| rule.percent);
    flag.is_on && is_among(&flag.name, asker.key.as_deref(), percent)
}

fn names(rule: &FlagRule, asker: &Asker) -> bool {
    let FlagRule {
        percent: _,
        audience,
        countries,
        markets,
        customer_groups,
        starts_at,
        ends_at,
    } = rule;
    audience.is_none_or(|audience| audience == asker.audience)
        && (countries.is_empty() || countries.iter().any(|country| **country == *asker.country))
        && (markets.is_empty() || asker.market.is_some_and(|market| markets.contains(&market)))
        && (customer_groups.is_empty() || asker.groups.iter().any(|group| customer_groups.contains(group)))
        && starts_at.is_none_or(|starts| starts <= asker.at)
        && ends_at.is_none_or(|ends| asker.at < ends)
}

/// Whether somebody is among so many percent: the same one always is, or never, and whoever is among few is among more.
/// Nobody knows where somebody stands who cannot be told from others: they are among all, or among none.
fn is_among(flag: &str, key: Option<&str>, percent: i32) -> bool {
    let bound = u32::try_from(percent).unwrap_or_default() * (PARTS / 100);
    match key {
        _ if bound >= PARTS => true,
        _ if bound == 0 => false,
        Some(key) => part(flag, key) < bound,
        None => false,
    }
}

/// In which part of all somebody is. Each flag divides them otherwise.
fn part(flag: &str, key: &str) -> u32 {
    let digest = Sha256::new()
        .chain_update(flag)
        .chain_update([0])
        .chain_update(key)
        .finalize();
    let number = digest
        .iter()
        .take(4)
        .fold(0, |number: u32, byte| number << 8 | u32::from(*byte));
    number % PARTS
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;
    use vitrine_entity::flag::FlagRules;

    use super::*;

    fn flag(percent: i32, rules: Vec<FlagRule>) -> flag::Model {
        let at = "2026-06-01T00:00:00Z".parse().expect("a time");
        flag::Model {
            name: "new_menu".to_owned(),
            description: String::new(),
            is_on: true,
            percent,
            rules: FlagRules(rules),
            version: 1,
            created_at: at,
            updated_at: at,
            deleted_at: None,
        }
    }

    fn asker(key: Option<&str>) -> Asker {
        Asker {
            key: key.map(str::to_owned),
            audience: FlagAudience::Guests,
            country: "DE".into(),
            market: None,
            groups: Vec::new(),
            at: "2026-06-01T00:00:00Z".parse().expect("a time"),
        }
    }

    #[test]
    fn the_first_rule_that_names_somebody_decides() {
        let rule = |percent, countries: &[&str]| FlagRule {
            percent,
            countries: countries.iter().map(|country| (*country).to_owned()).collect(),
            ..FlagRule::default()
        };
        let german_first = flag(0, vec![rule(100, &["DE", "AT"]), rule(0, &[])]);
        assert!(is_on(&german_first, &asker(None)));
        let french = Asker {
            country: "FR".into(),
            ..asker(None)
        };
        assert!(!is_on(&german_first, &french));
        assert!(!is_on(&flag(100, vec![rule(0, &["DE"])]), &asker(None)));
        let off = flag::Model {
            is_on: false,
            ..german_first
        };
        assert!(!is_on(&off, &asker(None)), "the switch goes before all rules");
    }

    #[test]
    fn everything_that_a_rule_says_must_hold() {
        let (market, group) = (MarketId(Uuid::from_u128(1)), CustomerGroupId(Uuid::from_u128(2)));
        let rule = FlagRule {
            percent: 100,
            audience: Some(FlagAudience::Customers),
            markets: vec![market],
            customer_groups: vec![group],
            starts_at: Some("2026-06-01T00:00:00Z".parse().expect("a time")),
            ends_at: Some("2026-07-01T00:00:00Z".parse().expect("a time")),
            ..FlagRule::default()
        };
        let flag = flag(0, vec![rule]);
        let meant = Asker {
            audience: FlagAudience::Customers,
            market: Some(market),
            groups: vec![group],
            ..asker(None)
        };
        assert!(is_on(&flag, &meant));
        let later = "2026-07-01T00:00:00Z".parse().expect("a time");
        let others = [
            Asker {
                audience: FlagAudience::Staff,
                ..meant.clone()
            },
            Asker {
                market: None,
                ..meant.clone()
            },
            Asker {
                groups: Vec::new(),
                ..meant.clone()
            },
            Asker {
                at: later,
                ..meant.clone()
            },
        ];
        for other in others {
            assert!(!is_on(&flag, &other), "{other:?}");
        }
    }

    #[test]
    fn so_many_percent_are_so_many_of_a_thousand() {
        let among = |percent| {
            let visitors = (0..1_000).map(|visitor| format!("visitor-{visitor}"));
            visitors
                .filter(|key| is_on(&flag(percent, Vec::new()), &asker(Some(key))))
                .count()
        };
        for percent in [1, 10, 30, 50, 90] {
            let (found, wanted) = (among(percent), usize::try_from(percent).unwrap() * 10);
            assert!(found.abs_diff(wanted) < 50, "{found} of 1,000 at {percent} %");
        }
        assert_eq!((among(0), among(100)), (0, 1_000));
    }

    proptest! {
        #[test]
        fn whoever_is_among_few_is_among_more(key in ".{0,40}", few in 0i32..=100, more in 0i32..=100) {
            let (few, more) = (few.min(more), few.max(more));
            let on = |percent| is_on(&flag(percent, Vec::new()), &asker(Some(&key)));
            prop_assert!(!on(few) || on(more));
            prop_assert_eq!(on(few), on(few));
        }
    }
}
