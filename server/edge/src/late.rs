//! Queries that may be answered with what is a little late: the hook through which the server's own notion of that comes to
//! the edge.

use async_graphql::Response;
use futures::future::BoxFuture;

/// Knows which queries of a caller may be.
pub trait Late: Send + Sync {
    /// Whether a query with these fields at its top may be.
    fn may_be(&self, fields: &[String]) -> bool;

    /// Has what `work` reads be late.
    fn read<'a>(&self, work: BoxFuture<'a, Response>) -> BoxFuture<'a, Response>;
}
