//! What an operation costs, and what one may cost: the answer's `extensions.cost`, and that of the
//! error that refuses it.

use async_graphql::{Name, ServerError, ServerResult, Value, indexmap::IndexMap};

use crate::error::{code, extensions_of, request_error};

/// What an operation cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cost {
    pub(super) requested: usize,
    pub(super) limit: usize,
    /// Of the caller's budget, after it.
    pub(super) remaining: Option<u32>,
}

impl Cost {
    /// Refuses what costs too much, and says how much it would.
    pub(super) fn check(self) -> ServerResult<()> {
        match self.requested <= self.limit {
            true => Ok(()),
            false => Err(self.refusal()),
        }
    }

    fn refusal(self) -> ServerError {
        let Self { requested, limit, .. } = self;
        let message = format!(
            "The operation would cost {requested} points, and {limit} are allowed: ask for fewer fields, or for \
             smaller pages."
        );
        let mut error = request_error(code::QUERY_TOO_COMPLEX, message);
        extensions_of(&mut error).set("cost", self.to_value());
        error
    }

    pub(super) fn to_value(self) -> Value {
        let mut report = IndexMap::new();
        report.insert(Name::new("requested"), Value::from(self.requested));
        report.insert(Name::new("limit"), Value::from(self.limit));
        if let Some(remaining) = self.remaining {
            report.insert(Name::new("remaining"), Value::from(remaining));
        }
        Value::Object(report)
    }
}
