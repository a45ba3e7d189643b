//! What an operation cost, and what one may cost: the answer's `extensions.cost`.

use async_graphql::{Name, Value, indexmap::IndexMap};

/// What an operation cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cost {
    pub(super) requested: usize,
    pub(super) limit: usize,
}

impl Cost {
    pub(super) fn to_value(self) -> Value {
        let mut report = IndexMap::new();
        report.insert(Name::new("requested"), Value::from(self.requested));
        report.insert(Name::new("limit"), Value::from(self.limit));
        Value::Object(report)
    }
}
