//! Which zone a destination lies in. Pure.
//!
//! The most specific zone wins: one that names the postal code, then one that names the subdivision, then one
//! that names the country, then one of everywhere else (`*`). Of two that are equally specific the one that
//! comes first in the order that staff gave them wins.

use vitrine_entity::{ids::ShippingZoneId, shipping_zone};

use super::{place::Destination, postal::Pattern};

/// Every country that no other zone names.
pub const ELSEWHERE: &str = "*";

/// How closely a zone names a destination, the closest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    Elsewhere,
    Country,
    Region,
    PostalCode,
}

/// How `zone` names `to`, if it does.
pub fn reach(zone: &shipping_zone::Model, to: &Destination) -> Option<Reach> {
    let in_codes = |code: &String| {
        let areas = zone.postal_codes.0.iter().filter(|area| area.country == to.country);
        areas.flat_map(|area| &area.codes).any(|pattern| names(pattern, code))
    };
    if to.postal_code.as_ref().is_some_and(in_codes) {
        Some(Reach::PostalCode)
    } else if to.region.as_ref().is_some_and(|region| zone.regions.0.contains(region)) {
        Some(Reach::Region)
    } else if zone.countries.0.contains(&to.country) {
        Some(Reach::Country)
    } else {
        let is_elsewhere = zone.countries.0.iter().any(|country| country == ELSEWHERE);
        is_elsewhere.then_some(Reach::Elsewhere)
    }
}

fn names(pattern: &str, code: &str) -> bool {
    Pattern::read(pattern).is_some_and(|pattern| pattern.names(code))
}

/// The zone in which `to` lies, of zones that are in their order.
pub fn zone_of<'zones>(
    zones: &'zones [shipping_zone::Model],
    to: &Destination,
) -> Option<&'zones shipping_zone::Model> {
    let mut best: Option<(Reach, &shipping_zone::Model)> = None;
    for zone in zones {
        let Some(reach) = reach(zone, to) else { continue };
        if best.is_none_or(|(so_far, _)| reach > so_far) {
            best = Some((reach, zone));
        }
    }
    best.map(|(_, zone)| zone)
}

/// A place that two zones name equally: the first of them wins there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    pub first: ShippingZoneId,
    pub second: ShippingZoneId,
    /// What both name, as staff wrote it: `DE`, `US-CA`, `DE 10000-19999`.
    pub place: String,
}

/// The most overlaps that are told.
const OVERLAPS_MAX: usize = 100;

/// Where zones, in their order, name the same place.
pub fn overlaps(zones: &[shipping_zone::Model]) -> Vec<Overlap> {
    let mut found = Vec::new();
    for (index, first) in zones.iter().enumerate() {
        for second in &zones[index + 1..] {
            let places = shared(first, second);
            found.extend(places.into_iter().map(|place| Overlap {
                first: first.id,
                second: second.id,
                place,
            }));
            if found.len() >= OVERLAPS_MAX {
                found.truncate(OVERLAPS_MAX);
                return found;
            }
        }
    }
    found
}

/// What both name at the same level.
fn shared(first: &shipping_zone::Model, second: &shipping_zone::Model) -> Vec<String> {
    let both = |first: &[String], second: &[String]| {
        let both = first.iter().filter(|place| second.contains(place));
        both.cloned().collect::<Vec<_>>()
    };
    let mut places = both(&first.countries.0, &second.countries.0);
    places.extend(both(&first.regions.0, &second.regions.0));
    for area in &first.postal_codes.0 {
        let others = second
            .postal_codes
            .0
            .iter()
            .filter(|other| other.country == area.country);
        let others: Vec<_> = others
            .flat_map(|other| &other.codes)
            .filter_map(|code| Pattern::read(code))
            .collect();
        let meets = |code: &&String| {
            let pattern = Pattern::read(code);
            pattern.is_some_and(|pattern| others.iter().any(|other| pattern.meets(other)))
        };
        places.extend(
            area.codes
                .iter()
                .filter(meets)
                .map(|code| format!("{} {code}", area.country)),
        );
    }
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;
    use vitrine_entity::shipping_zone::{Places, PostalArea, PostalCodes};

    use super::*;

    fn zone(number: u128, countries: &[&str], regions: &[&str], codes: &[(&str, &str)]) -> shipping_zone::Model {
        let owned = |places: &[&str]| Places(places.iter().map(|&place| place.to_owned()).collect());
        let area = |&(country, code): &(&str, &str)| PostalArea {
            country: country.to_owned(),
            codes: vec![code.to_owned()],
        };
        shipping_zone::Model {
            id: ShippingZoneId(Uuid::from_u128(number)),
            name: format!("Zone {number}"),
            countries: owned(countries),
            regions: owned(regions),
            postal_codes: PostalCodes(codes.iter().map(area).collect()),
            position: number as i32,
            version: 1,
            deleted_at: None,
        }
    }

    fn found(zones: &[shipping_zone::Model], country: &str, region: Option<&str>, code: Option<&str>) -> Option<i32> {
        zone_of(zones, &Destination::new(country, region, code)).map(|zone| zone.position)
    }

    #[test]
    fn the_most_specific_zone_wins_and_of_equals_the_first() {
        let zones = [
            zone(1, &["*"], &[], &[]),
            zone(2, &["US", "DE"], &[], &[]),
            zone(3, &[], &["US-CA", "US-HI"], &[]),
            zone(4, &[], &[], &[("US", "90000-90999"), ("DE", "27498")]),
            zone(5, &["DE", "GB"], &["US-HI"], &[("GB", "BT*")]),
            zone(6, &["GB"], &[], &[]),
        ];
        assert_eq!(found(&zones, "FR", None, Some("75001")), Some(1));
        assert_eq!(found(&zones, "US", None, Some("10001")), Some(2));
        assert_eq!(found(&zones, "US", Some("California"), Some("95814")), Some(3));
        assert_eq!(found(&zones, "US", Some("CA"), Some("90210-1234")), Some(4));
        assert_eq!(
            found(&zones, "US", Some("Hawaii"), Some("96801")),
            Some(3),
            "the first of two"
        );
        assert_eq!(found(&zones, "DE", None, Some("27498")), Some(4));
        assert_eq!(found(&zones, "DE", None, Some("10117")), Some(2));
        assert_eq!(found(&zones, "GB", None, Some("bt1 5gs")), Some(5));
        assert_eq!(found(&zones[1..], "FR", None, None), None);
    }

    #[test]
    fn a_code_of_another_country_names_nothing() {
        let zones = [zone(1, &[], &[], &[("DE", "10000-19999")])];
        assert_eq!(found(&zones, "FR", None, Some("10117")), None);
        assert_eq!(found(&zones, "DE", None, None), None, "without a code nobody knows");
    }

    #[test]
    fn overlaps_are_told_level_by_level() {
        let zones = [
            zone(1, &["DE", "*"], &[], &[("DE", "10000-19999")]),
            zone(2, &["FR"], &["US-CA"], &[("DE", "1*"), ("FR", "15000-16000")]),
            zone(3, &["DE", "*"], &["US-CA"], &[]),
        ];
        let told: Vec<_> = overlaps(&zones).into_iter().map(|overlap| overlap.place).collect();
        assert_eq!(told, ["DE 10000-19999", "DE", "*", "US-CA"]);
        assert_eq!(overlaps(&zones[..1]), []);
    }

    proptest! {
        /// Whoever wins is in the list, names the place, and none is more specific.
        #[test]
        fn nobody_names_it_more_closely_than_the_winner(
            picks in prop::collection::vec((0usize..4, 0usize..3, 0usize..3), 0..8), at in (0usize..3, 0usize..3, 0u32..30),
        ) {
            let countries = ["US", "DE", "FR", "*"];
            let zones: Vec<_> = (1u128..).zip(&picks).map(|(number, &(country, region, code))| {
                let regions: &[&str] = [&[][..], &["US-CA"][..], &["US-HI"][..]][region];
                let codes: &[(&str, &str)] = [&[][..], &[("US", "10-19")][..], &[("US", "1*")][..]][code];
                zone(number, &[countries[country]], regions, codes)
            }).collect();
            let to = Destination::new(countries[at.0], [None, Some("CA"), Some("HI")][at.1], Some(&format!("{:02}", at.2)));
            let closest = zones.iter().filter_map(|zone| reach(zone, &to)).max();
            let winner = zone_of(&zones, &to);
            prop_assert_eq!(winner.and_then(|zone| reach(zone, &to)), closest);
            let first = zones.iter().find(|zone| closest.is_some() && reach(zone, &to) == closest);
            prop_assert_eq!(winner, first);
        }
    }
}
