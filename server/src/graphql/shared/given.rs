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
