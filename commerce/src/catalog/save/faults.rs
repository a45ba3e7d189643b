//! Collects what is wrong, and checks the fields that drafts and staff's changes share.

use std::collections::HashSet;

use crate::{ErrorCode, Refusal, text};

/// The highest price, in minor units.
const PRICE_MINOR_MAX: i64 = 1_000_000_000_000;
const TAGS_MAX: usize = 250;
const DESCRIPTION_BYTES_MAX: usize = 200_000;

/// Tags in their normal form: each once, in the order given.
pub(in crate::catalog) fn tags(tags: &[String], faults: &mut Faults) -> Vec<String> {
    faults.at_most("tags", tags.len(), TAGS_MAX);
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    for tag in tags.iter().take(TAGS_MAX) {
        match text::optional_line(&["tags"], Some(tag), 255) {
            Ok(Some(tag)) if seen.insert(tag.clone()) => kept.push(tag),
            Ok(_) => {}
            Err(refusal) => faults.0.push(refusal),
        }
    }
    kept
}

/// What of a description may reach a shopper's browser.
pub(in crate::catalog) fn description(html: &str, faults: &mut Faults) -> String {
    if html.len() > DESCRIPTION_BYTES_MAX {
        faults.refuse(
            &["descriptionHtml"],
            format!("The description must have at most {DESCRIPTION_BYTES_MAX} bytes."),
        );
        return String::new();
    }
    ammonia::clean(html.trim())
}

/// An amount of money that a price may be.
pub(in crate::catalog) fn amount(field: &[&str], minor: i64, faults: &mut Faults) {
    if !(0..=PRICE_MINOR_MAX).contains(&minor) {
        let message = format!("A price must be between 0 and {PRICE_MINOR_MAX} minor units.");
        faults.0.push(Refusal::new(ErrorCode::InvalidAmount, message).at(field));
    }
}

/// Everything that is wrong, collected.
#[derive(Debug, Default)]
pub(in crate::catalog) struct Faults(pub Vec<Refusal>);

impl Faults {
    pub(in crate::catalog) fn line(&mut self, field: &[&str], value: &mut String, length_max: usize) {
        match text::line(field, value, length_max) {
            Ok(normal) => *value = normal,
            Err(refusal) => self.0.push(refusal),
        }
    }

    pub(in crate::catalog) fn optional(&mut self, field: &[&str], value: &mut Option<String>, length_max: usize) {
        match text::optional_line(field, value.as_deref(), length_max) {
            Ok(normal) => *value = normal,
            Err(refusal) => self.0.push(refusal),
        }
    }

    pub(in crate::catalog) fn refuse(&mut self, field: &[&str], message: impl Into<String>) {
        self.0.push(Refusal::new(ErrorCode::Invalid, message).at(field));
    }

    pub(in crate::catalog) fn at_most(&mut self, field: &str, count: usize, most: usize) {
        if count > most {
            self.refuse(&[field], format!("A product has at most {most} {field}, not {count}."));
        }
    }
}
