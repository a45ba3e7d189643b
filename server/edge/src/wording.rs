//! Errors in the caller's words.

use std::{any::Any, sync::Arc};

use async_graphql::ServerError;

type Say = dyn Fn(&(dyn Any + Send + Sync)) -> Option<String> + Send + Sync;

/// Puts what an error is made of (its source) into the caller's words. Stands in an operation's data.
#[derive(Clone)]
pub struct Wording(Arc<Say>);

impl Wording {
    /// `say` gives nothing for a source that it does not know.
    pub fn new(say: impl Fn(&(dyn Any + Send + Sync)) -> Option<String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(say))
    }

    pub(super) fn put(&self, error: &mut ServerError) {
        let said = error.source.as_deref().and_then(|source| (self.0)(source));
        if let Some(said) = said {
            error.message = said;
        }
    }
}
