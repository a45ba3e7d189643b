//! What is wrong with a draft, collected, so that whoever wrote it learns of everything at once.

use crate::{Error, ErrorCode, Refusal, Result, language::Message};

#[derive(Debug, Default)]
pub(super) struct Refusals(Vec<Refusal>);

impl Refusals {
    /// Of a field of `discount`.
    pub(super) fn refuse(&mut self, field: &[&str], message: impl Into<Message>) {
        self.0
            .push(Refusal::new(ErrorCode::Invalid, message).at(&[&["discount"][..], field].concat()));
    }

    pub(super) fn refuse_amount(&mut self, field: &[&str], message: impl Into<Message>) {
        self.0
            .push(Refusal::new(ErrorCode::InvalidAmount, message).at(&[&["discount"][..], field].concat()));
    }

    pub(super) fn add(&mut self, refusal: Refusal) {
        self.0.push(refusal);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// # Errors
    /// All of it at once, unless there is nothing.
    pub(super) fn any(self) -> Result<()> {
        match self.0.is_empty() {
            true => Ok(()),
            false => Err(Error::Refused(self.0)),
        }
    }
}
