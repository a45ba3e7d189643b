//! A query's price: what it asked for, what one query may ask, and what is left to its caller.
//! It stands in the answer's `extensions.cost`.

use std::time::Duration;

use async_graphql::{Name, ServerError, Value, indexmap::IndexMap};

use super::error::{code, request_error};

/// The caller's budget, put into a request's data by whoever counts it. It is charged once an
/// operation has proved valid, before it runs.
pub struct CostBudget(Box<Charge>);

type Charge = dyn Fn(usize) -> Result<usize, Duration> + Send + Sync;

impl CostBudget {
    /// `charge` takes a cost and gives what is left, or how long to wait until there is enough.
    pub fn new(charge: impl Fn(usize) -> Result<usize, Duration> + Send + Sync + 'static) -> Self {
        Self(Box::new(charge))
    }

    pub(super) fn charge(&self, cost: usize) -> Result<usize, ServerError> {
        (self.0)(cost).map_err(|wait| {
            let seconds = wait.as_secs().saturating_add(1);
            let mut error = request_error(
                code::RATE_LIMITED,
                format!("Too much was asked in a short time. Try again in {seconds} s."),
            );
            error.extensions.get_or_insert_default().set("retryAfter", seconds);
            error
        })
    }
}

/// What an operation cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cost {
    pub(super) requested: usize,
    pub(super) limit: usize,
    /// Of the caller's budget, where one is counted.
    pub(super) remaining: Option<usize>,
}

impl Cost {
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
