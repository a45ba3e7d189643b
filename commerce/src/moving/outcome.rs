//! What became of a thing.

use crate::{Error, ErrorCode, Refusal, language::Message};

/// What became of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Created,
    Updated,
    Unchanged,
}

/// What became of a thing, and what of it stays as it is here though the file says otherwise: a column, and why.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) outcome: Outcome,
    pub(super) kept: Vec<(&'static str, Message)>,
}

impl Written {
    /// It stays as it is here, though the file says otherwise.
    pub(super) fn kept(column: &'static str, why: Message) -> Self {
        Self {
            outcome: Outcome::Unchanged,
            kept: vec![(column, why)],
        }
    }
}

impl From<Outcome> for Written {
    fn from(outcome: Outcome) -> Self {
        Self {
            outcome,
            kept: Vec::new(),
        }
    }
}

/// Why it is not taken.
pub(super) fn refused(message: Message) -> Error {
    Refusal::new(ErrorCode::Invalid, message).into()
}
