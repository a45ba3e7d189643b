//! What zones and methods must be before they are written: pure, and complete in one pass.

use vitrine_entity::{
    shipping_method::{MethodKind, Step},
    shipping_zone::PostalArea,
};

use super::{
    draft::{MethodDraft, ZoneDraft},
    fields::{AMOUNT_MINOR_MAX, Refusals},
    place::country_of_region,
    postal::Pattern,
    zone::ELSEWHERE,
};
use crate::{
    Result,
    address::{country_code, is_country},
    language::messages,
    text,
};

const COUNTRIES_MAX: usize = 260;
const REGIONS_MAX: usize = 1_000;
const POSTAL_CODES_MAX: usize = 2_000;
const STEPS_MAX: usize = 100;
const CLASSES_MAX: usize = 50;
const DAYS_MAX: i64 = 365;
pub(super) const GRAMS_MAX: i64 = 1_000_000_000;

/// A zone in its normal form, without its methods.
///
/// # Errors
/// Refuses everything that is wrong, each with the path of its field.
pub(super) fn zone(draft: &ZoneDraft) -> Result<ZoneDraft> {
    let mut draft = draft.clone();
    let mut refusals = Refusals::default();
    refusals.line(&["name"], &mut draft.name, 100);
    refusals.at_most(&["countries"], draft.countries.len(), COUNTRIES_MAX);
    refusals.at_most(&["regions"], draft.regions.len(), REGIONS_MAX);
    places(&mut draft.countries);
    places(&mut draft.regions);
    for (index, country) in draft.countries.iter().enumerate().take(COUNTRIES_MAX) {
        if country != ELSEWHERE && !is_country(country) {
            let message = messages::zone_country_form(short(country));
            refusals.refuse(&["countries", &index.to_string()], message);
        }
    }
    for (index, region) in draft.regions.iter().enumerate().take(REGIONS_MAX) {
        if country_of_region(region).is_none() {
            let message = messages::zone_region_form(short(region));
            refusals.refuse(&["regions", &index.to_string()], message);
        }
    }
    postal_codes(&mut draft.postal_codes, &mut refusals);
    if draft.countries.is_empty() && draft.regions.is_empty() && draft.postal_codes.is_empty() {
        refusals.refuse(&["countries"], messages::zone_needs_place());
    }
    refusals.any()?;
    Ok(draft)
}

/// In capitals, each once, in the order given.
fn places(codes: &mut Vec<String>) {
    let mut seen = Vec::new();
    for code in codes.iter().map(|code| country_code(code)) {
        if !seen.contains(&code) {
            seen.push(code);
        }
    }
    *codes = seen;
}

fn postal_codes(areas: &mut Vec<PostalArea>, refusals: &mut Refusals) {
    let count = areas.iter().map(|area| area.codes.len()).sum();
    refusals.at_most(&["postalCodes"], count, POSTAL_CODES_MAX);
    refusals.at_most(&["postalCodes"], areas.len(), COUNTRIES_MAX);
    areas.truncate(COUNTRIES_MAX);
    for (index, area) in areas.iter_mut().enumerate() {
        let index = index.to_string();
        area.country = country_code(&area.country);
        if !is_country(&area.country) {
            refusals.refuse(&["postalCodes", &index, "countryCode"], messages::country_form());
        }
        if area.codes.is_empty() {
            refusals.refuse(&["postalCodes", &index, "codes"], messages::postal_codes_needed());
        }
        for (code_index, code) in area.codes.iter_mut().enumerate().take(POSTAL_CODES_MAX) {
            match Pattern::read(&text::code(code)) {
                Some(pattern) => *code = pattern.written(),
                None => {
                    let message = messages::postal_code_pattern(short(code));
                    refusals.refuse(&["postalCodes", &index, "codes", &code_index.to_string()], message);
                }
            }
        }
    }
    areas.retain(|area| !area.codes.is_empty());
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// A method in its normal form. Whether its location exists is the database's to say.
///
/// # Errors
/// Refuses everything that is wrong, each with the path of its field.
pub(super) fn method(draft: &MethodDraft) -> Result<MethodDraft> {
    let mut draft = draft.clone();
    let mut refusals = Refusals::default();
    refusals.line(&["name"], &mut draft.name, 100);
    refusals.paragraph(&["description"], &mut draft.description, 1_000);
    refusals.optional(&["carrier"], &mut draft.carrier, 100);
    refusals.optional(&["taxCategory"], &mut draft.tax_category, 100);
    check_kind(&draft, &mut refusals);
    check_amounts(&draft, &mut refusals);
    steps(&["weightSteps"], &draft.weight_steps, GRAMS_MAX, &mut refusals);
    steps(&["valueSteps"], &draft.value_steps, AMOUNT_MINOR_MAX, &mut refusals);
    check_days(&draft, &mut refusals);
    classes("refusedClasses", &mut draft.refused_classes, &mut refusals);
    classes("onlyClasses", &mut draft.only_classes, &mut refusals);
    if draft
        .only_classes
        .iter()
        .any(|class| draft.refused_classes.contains(class))
    {
        refusals.refuse(&["onlyClasses"], messages::class_refused_and_only());
    }
    refusals.any()?;
    Ok(draft)
}

fn check_kind(draft: &MethodDraft, refusals: &mut Refusals) {
    match (draft.kind, draft.location) {
        (MethodKind::Pickup, None) => refusals.refuse(&["locationId"], messages::pickup_needs_location()),
        (MethodKind::Ship, Some(_)) => refusals.refuse(&["locationId"], messages::only_pickup_has_location()),
        _ => {}
    }
}

fn check_amounts(draft: &MethodDraft, refusals: &mut Refusals) {
    refusals.amount(&["price"], Some(draft.amount_minor));
    refusals.amount(&["freeFrom"], draft.free_from_minor);
    refusals.amount(&["valueMin"], draft.value_min_minor);
    refusals.amount(&["valueMax"], draft.value_max_minor);
    refusals.ordered(&["valueMax"], draft.value_min_minor, draft.value_max_minor);
    refusals.within(
        &["weightMinGrams"],
        draft.weight_min_grams,
        GRAMS_MAX,
        "A weight in grams",
    );
    refusals.within(
        &["weightMaxGrams"],
        draft.weight_max_grams,
        GRAMS_MAX,
        "A weight in grams",
    );
    refusals.ordered(&["weightMaxGrams"], draft.weight_min_grams, draft.weight_max_grams);
}

fn check_days(draft: &MethodDraft, refusals: &mut Refusals) {
    let days = |days: Option<i32>| days.map(i64::from);
    let (min, max) = (days(draft.transit_days_min), days(draft.transit_days_max));
    refusals.within(
        &["handlingDays"],
        Some(i64::from(draft.handling_days)),
        DAYS_MAX,
        "A number of days",
    );
    refusals.within(&["transitDaysMin"], min, DAYS_MAX, "A number of days");
    refusals.within(&["transitDaysMax"], max, DAYS_MAX, "A number of days");
    refusals.ordered(&["transitDaysMax"], min, max);
    refusals.within(&["cutoffHour"], days(draft.cutoff_hour), 23, "An hour");
}

/// Ascending; only the last may be open-ended.
fn steps(field: &[&str; 1], steps: &[Step], most: i64, refusals: &mut Refusals) {
    refusals.at_most(field, steps.len(), STEPS_MAX);
    let mut before = None;
    for (index, step) in steps.iter().enumerate().take(STEPS_MAX) {
        let (path, is_last) = (index.to_string(), index + 1 == steps.len());
        refusals.amount(&[field[0], &path, "price"], Some(step.amount_minor));
        let up_to = [field[0], &path, "upTo"];
        refusals.within(&up_to, step.up_to, most, "A step's end");
        match step.up_to {
            None if !is_last => refusals.refuse(&up_to, messages::last_step_open()),
            Some(end) if before.is_some_and(|before| end <= before) => {
                refusals.refuse(&up_to, messages::step_above_former());
            }
            _ => {}
        }
        before = step.up_to.or(before);
    }
}

/// Words in lower case, in order, each once.
fn classes(field: &str, classes: &mut Vec<String>, refusals: &mut Refusals) {
    refusals.at_most(&[field], classes.len(), CLASSES_MAX);
    classes.truncate(CLASSES_MAX);
    for (index, class) in classes.iter_mut().enumerate() {
        refusals.line(&[field, &index.to_string()], class, 50);
        *class = class.to_lowercase();
    }
    classes.sort();
    classes.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    fn fields<T>(outcome: Result<T>) -> Vec<String> {
        match outcome {
            Ok(_) => Vec::new(),
            Err(Error::Refused(refusals)) => refusals.iter().map(|refusal| refusal.field.join(".")).collect(),
            Err(Error::Fault(fault)) => panic!("{fault}"),
        }
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn a_zone_is_brought_to_its_one_form() {
        let draft = ZoneDraft {
            name: " Home ".to_owned(),
            countries: texts(&["de", "DE", "*"]),
            regions: texts(&["us-ca"]),
            postal_codes: vec![PostalArea {
                country: "gb".to_owned(),
                codes: texts(&["bt *", "AB10 1AA"]),
            }],
            methods: Vec::new(),
        };
        let checked = zone(&draft).expect("it is right");
        assert_eq!(
            (&*checked.name, checked.countries, checked.regions),
            ("Home", texts(&["DE", "*"]), texts(&["US-CA"]))
        );
        assert_eq!(checked.postal_codes[0].codes, ["BT*", "AB101AA"]);
    }

    #[test]
    fn everything_that_is_wrong_with_a_zone_is_told_at_once() {
        let draft = ZoneDraft {
            name: " ".to_owned(),
            countries: texts(&["DE", "XX"]),
            regions: texts(&["US-ZZ"]),
            postal_codes: vec![PostalArea {
                country: "Germany".to_owned(),
                codes: texts(&["2-1"]),
            }],
            methods: Vec::new(),
        };
        let expected = [
            "name",
            "countries.1",
            "regions.0",
            "postalCodes.0.countryCode",
            "postalCodes.0.codes.0",
        ];
        assert_eq!(fields(zone(&draft)), expected);
        let empty = ZoneDraft {
            name: "Nowhere".to_owned(),
            ..ZoneDraft::default()
        };
        assert_eq!(fields(zone(&empty)), ["countries"]);
    }

    #[test]
    fn everything_that_is_wrong_with_a_method_is_told_at_once() {
        let step = |up_to, amount_minor| Step { up_to, amount_minor };
        let draft = MethodDraft {
            name: "Parcel".to_owned(),
            kind: MethodKind::Pickup,
            amount_minor: -1,
            weight_steps: vec![step(Some(10), 1), step(None, 2), step(Some(10), -3)],
            value_min_minor: Some(2),
            value_max_minor: Some(1),
            transit_days_min: Some(3),
            transit_days_max: Some(2),
            cutoff_hour: Some(24),
            refused_classes: texts(&["Bulky", "bulky"]),
            only_classes: texts(&["bulky"]),
            ..MethodDraft::default()
        };
        let expected = [
            "locationId",
            "price",
            "valueMax",
            "weightSteps.1.upTo",
            "weightSteps.2.price",
            "weightSteps.2.upTo",
            "transitDaysMax",
            "cutoffHour",
            "onlyClasses",
        ];
        assert_eq!(fields(method(&draft)), expected);
        let right = MethodDraft {
            name: "Parcel".to_owned(),
            ..MethodDraft::default()
        };
        assert_eq!(method(&right).ok(), Some(right));
    }
}
