//! The fields that drafts and staff's changes share, and what is wrong with them, collected.

use std::collections::HashSet;

use crate::{
    ErrorCode, Refusal,
    language::{Message, messages},
    text,
};

/// The highest price, in minor units.
const PRICE_MINOR_MAX: i64 = 1_000_000_000_000;
const TAGS_MAX: usize = 250;
const DESCRIPTION_BYTES_MAX: usize = 200_000;

/// Tags in their normal form: each once, in the order given.
pub(super) fn tags(tags: &[String], refusals: &mut Refusals) -> Vec<String> {
    refusals.at_most("tags", tags.len(), TAGS_MAX);
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    for tag in tags.iter().take(TAGS_MAX) {
        match text::optional_line(&["tags"], Some(tag), 255) {
            Ok(Some(tag)) if seen.insert(tag.clone()) => kept.push(tag),
            Ok(_) => {}
            Err(refusal) => refusals.0.push(refusal),
        }
    }
    kept
}

/// What of a description may reach a shopper's browser.
pub(super) fn description(html: &str, refusals: &mut Refusals) -> String {
    let clean = text::html(&["descriptionHtml"], html, DESCRIPTION_BYTES_MAX);
    clean.unwrap_or_else(|refusal| {
        refusals.0.push(refusal);
        String::new()
    })
}

/// An amount of money that a price may be.
pub(super) fn amount(field: &[&str], minor: i64, refusals: &mut Refusals) {
    if !(0..=PRICE_MINOR_MAX).contains(&minor) {
        let message = messages::price_range(PRICE_MINOR_MAX);
        refusals
            .0
            .push(Refusal::new(ErrorCode::InvalidAmount, message).at(field));
    }
}

/// A colour as `#rrggbb`, in lower case.
pub(super) fn colour(field: &[&str], text: &mut String, refusals: &mut Refusals) {
    *text = text.trim().to_ascii_lowercase();
    let digits = text.strip_prefix('#').unwrap_or_default();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        refusals.refuse(field, messages::colour_form());
    }
}

/// Everything that is wrong, collected.
#[derive(Debug, Default)]
pub(super) struct Refusals(pub Vec<Refusal>);

impl Refusals {
    pub(super) fn line(&mut self, field: &[&str], value: &mut String, length_max: usize) {
        let normal = text::line(field, value, length_max);
        self.take(value, normal);
    }

    pub(super) fn optional(&mut self, field: &[&str], value: &mut Option<String>, length_max: usize) {
        let normal = text::optional_line(field, value.as_deref(), length_max);
        self.take(value, normal);
    }

    pub(super) fn optional_paragraph(&mut self, field: &[&str], value: &mut Option<String>, length_max: usize) {
        let normal = text::optional_paragraph(field, value.as_deref(), length_max);
        self.take(value, normal);
    }

    pub(super) fn refuse(&mut self, field: &[&str], message: impl Into<Message>) {
        self.0.push(Refusal::new(ErrorCode::Invalid, message).at(field));
    }

    pub(super) fn at_most(&mut self, field: &str, count: usize, most: usize) {
        if count > most {
            self.refuse(&[field], messages::product_has_at_most(most, field, count));
        }
    }

    /// All of it at once, unless there is nothing.
    pub(super) fn any(self) -> Result<(), Vec<Refusal>> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0) }
    }

    fn take<T>(&mut self, value: &mut T, normal: Result<T, Refusal>) {
        match normal {
            Ok(normal) => *value = normal,
            Err(refusal) => self.0.push(refusal),
        }
    }
}
