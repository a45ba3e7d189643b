//! Who asks: the hook through which the server's own notion of a caller comes to the edge.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use async_graphql::Data;
use axum::http::{HeaderMap, StatusCode};
use futures::{FutureExt, future::BoxFuture};

use super::{answer::Rejection, error::code, request_ids::RequestIds};

/// What is known of a caller before they are recognised.
pub struct Caller {
    /// The `Authorization` header; on a WebSocket, the `authorization` or `Authorization` of
    /// `connection_init`'s payload, or else the header of the upgrade.
    pub authorization: Option<String>,
    pub headers: HeaderMap,
    /// The other end of the connection, which may be a proxy.
    pub peer: Option<SocketAddr>,
    pub ids: RequestIds,
}

/// Recognises a caller. Any `async` closure from [`Caller`] will do.
pub trait Authenticate: Send + Sync + 'static {
    fn authenticate(&self, caller: Caller) -> BoxFuture<'static, Result<Admission, Unauthenticated>>;
}

impl<F, Answer> Authenticate for F
where
    F: Fn(Caller) -> Answer + Send + Sync + 'static,
    Answer: Future<Output = Result<Admission, Unauthenticated>> + Send + 'static,
{
    fn authenticate(&self, caller: Caller) -> BoxFuture<'static, Result<Admission, Unauthenticated>> {
        self(caller).boxed()
    }
}

/// A recognised caller, be it a guest.
#[derive(Clone)]
pub struct Admission {
    equip: Arc<dyn Fn(&mut Data) + Send + Sync>,
    expires_in: Option<Duration>,
}

impl Admission {
    /// `equip` puts what the resolvers need into an operation's data: who asks, and loaders, which
    /// must be new for each operation. It runs once for each.
    pub fn new(equip: impl Fn(&mut Data) + Send + Sync + 'static) -> Self {
        Self {
            equip: Arc::new(equip),
            expires_in: None,
        }
    }

    /// Ends the caller's WebSockets and event streams after this time.
    #[must_use]
    pub fn expiring_in(self, time: Duration) -> Self {
        Self {
            expires_in: Some(time),
            ..self
        }
    }

    pub(super) fn equip(&self, data: &mut Data) {
        (self.equip)(data);
    }

    pub(super) fn expires_in(&self) -> Option<Duration> {
        self.expires_in
    }
}

/// Why a caller was not recognised: the text is shown to them.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unauthenticated(pub &'static str);

impl From<Unauthenticated> for Rejection {
    fn from(Unauthenticated(message): Unauthenticated) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code::UNAUTHENTICATED, message)
    }
}
