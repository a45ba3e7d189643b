//! Which rows of a list an address asks for.

use super::Form;

/// What a connection takes: forwards from a cursor, or backwards.
pub struct Rows {
    pub first: Option<i64>,
    pub after: Option<String>,
    pub last: Option<i64>,
    pub before: Option<String>,
}

impl Rows {
    /// As an address says it, by `after` or `before`: so many of them.
    pub fn read(query: &Form, count: i64) -> Self {
        Self::of(query.some("after"), query.some("before"), count)
    }

    /// As [`read`](Self::read), of a second list of a page: by `{list}_after` or `{list}_before`.
    pub fn named(query: &Form, list: &str, count: i64) -> Self {
        let place = |name: &str| query.some(&format!("{list}_{name}"));
        Self::of(place("after"), place("before"), count)
    }

    pub fn of(after: Option<String>, before: Option<String>, count: i64) -> Self {
        let is_back = before.is_some();
        Self {
            first: (!is_back).then_some(count),
            after: after.filter(|_| !is_back),
            last: is_back.then_some(count),
            before,
        }
    }
}
