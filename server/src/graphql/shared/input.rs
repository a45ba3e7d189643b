//! What inputs leave out, and what they take away.

use async_graphql::MaybeUndefined;

/// Null takes a text away, which the use case is told by an empty one.
pub fn emptied(text: MaybeUndefined<String>) -> Option<String> {
    match text {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(String::new()),
        MaybeUndefined::Value(text) => Some(text),
    }
}
