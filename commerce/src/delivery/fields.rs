//! What is wrong with a draft, collected, so that whoever wrote it learns of everything at once.

use crate::{
    Error, ErrorCode, Refusal, Result,
    language::{Message, messages},
    text,
};

/// The highest amount, in minor units.
pub(super) const AMOUNT_MINOR_MAX: i64 = 1_000_000_000_000;

#[derive(Debug, Default)]
pub(super) struct Refusals(Vec<Refusal>);

impl Refusals {
    pub(super) fn refuse(&mut self, field: &[&str], message: impl Into<Message>) {
        self.0.push(Refusal::new(ErrorCode::Invalid, message).at(field));
    }

    /// Brings a line to its normal form.
    pub(super) fn line(&mut self, field: &[&str], value: &mut String, length_max: usize) {
        let normal = text::line(field, value, length_max);
        self.take(value, normal);
    }

    pub(super) fn optional(&mut self, field: &[&str], value: &mut Option<String>, length_max: usize) {
        let normal = text::optional_line(field, value.as_deref(), length_max);
        self.take(value, normal);
    }

    pub(super) fn paragraph(&mut self, field: &[&str], value: &mut String, length_max: usize) {
        let normal = text::optional_paragraph(field, Some(value), length_max);
        self.take(value, normal.map(Option::unwrap_or_default));
    }

    pub(super) fn amount(&mut self, field: &[&str], minor: Option<i64>) {
        if minor.is_some_and(|minor| !(0..=AMOUNT_MINOR_MAX).contains(&minor)) {
            let message = messages::amount_range(AMOUNT_MINOR_MAX);
            self.0.push(Refusal::new(ErrorCode::InvalidAmount, message).at(field));
        }
    }

    pub(super) fn within(&mut self, field: &[&str], number: Option<i64>, most: i64, what: &str) {
        if number.is_some_and(|number| !(0..=most).contains(&number)) {
            self.refuse(field, format!("{what} must be between 0 and {most}."));
        }
    }

    pub(super) fn at_most(&mut self, field: &[&str], count: usize, most: usize) {
        if count > most {
            self.refuse(field, messages::at_most_given(most, count));
        }
    }

    /// The lower of two bounds must not be above the upper.
    pub(super) fn ordered(&mut self, field: &[&str], min: Option<i64>, max: Option<i64>) {
        if let (Some(min), Some(max)) = (min, max)
            && min > max
        {
            self.refuse(field, messages::most_below_least(max, min));
        }
    }

    /// All of it at once, unless there is nothing.
    pub(super) fn any(self) -> Result<()> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Error::Refused(self.0))
        }
    }

    fn take<T>(&mut self, value: &mut T, normal: Result<T, Refusal>) {
        match normal {
            Ok(normal) => *value = normal,
            Err(refusal) => self.0.push(refusal),
        }
    }
}
