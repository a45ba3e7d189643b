//! A field of an input that may be left out, or be null.

use async_graphql::MaybeUndefined;

/// What was left out stays as it is, which use cases are told by `None`; null takes it away.
pub fn given<T>(value: MaybeUndefined<T>) -> Option<Option<T>> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}

/// As [`given`], for use cases that are told by an empty text what is taken away.
pub fn emptied(text: MaybeUndefined<String>) -> Option<String> {
    given(text).map(Option::unwrap_or_default)
}
