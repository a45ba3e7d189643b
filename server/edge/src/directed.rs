//! What directives at the head of an operation say of how it is to be answered: the hook through which the server's own
//! notion of that comes to the edge.

use async_graphql::{Data, Name, Pos, ServerResult, Value, indexmap::IndexMap};
use axum::http::HeaderValue;

/// A directive at an operation, with its variables' values in it. An argument whose variable has no value is not there.
#[derive(Debug)]
pub struct GivenDirective {
    pub name: Name,
    pub pos: Pos,
    pub arguments: IndexMap<Name, Value>,
}

/// Gives an operation other data, as its directives have it. Any closure will do.
pub trait Direct: Send + Sync {
    /// # Errors
    /// Where what a directive says cannot be done: nothing runs then.
    fn direct(&self, directives: &[GivenDirective], data: &mut Data) -> ServerResult<()>;
}

impl<F> Direct for F
where
    F: Fn(&[GivenDirective], &mut Data) -> ServerResult<()> + Send + Sync,
{
    fn direct(&self, directives: &[GivenDirective], data: &mut Data) -> ServerResult<()> {
        self(directives, data)
    }
}

/// Put into an operation's data: in which language it is answered.
#[derive(Debug, Clone)]
pub struct ContentLanguage(pub HeaderValue);
