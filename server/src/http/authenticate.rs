//! Who asks: the hook through which the server's own notion of a caller comes to the edge.

use std::{error::Error, net::SocketAddr, sync::Arc, time::Duration};

use async_graphql::Data;
use axum::http::{HeaderMap, StatusCode, header};
use futures::{FutureExt, future::BoxFuture};

use super::{answer::Rejection, correlation::RequestIds};
use crate::graphql::error::{FAULT_MESSAGE, code};

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
    fn authenticate(&self, caller: Caller) -> BoxFuture<'static, Result<Admission, AuthError>>;
}

impl<F, Answer> Authenticate for F
where
    F: Fn(Caller) -> Answer + Send + Sync + 'static,
    Answer: Future<Output = Result<Admission, AuthError>> + Send + 'static,
{
    fn authenticate(&self, caller: Caller) -> BoxFuture<'static, Result<Admission, AuthError>> {
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

/// Why a caller was not recognised.
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// The text is shown to the caller.
    #[error("{0}")]
    Refused(&'static str),
    #[error("the caller could not be looked up")]
    Fault(#[source] Box<dyn Error + Send + Sync>),
}

impl From<AuthError> for Rejection {
    fn from(error: AuthError) -> Self {
        match error {
            AuthError::Refused(message) => Self::new(StatusCode::UNAUTHORIZED, code::UNAUTHENTICATED, message),
            fault @ AuthError::Fault(_) => {
                let _ = crate::graphql::error::fault(fault);
                let status = StatusCode::SERVICE_UNAVAILABLE;
                Self::new(status, code::SERVICE_UNAVAILABLE, FAULT_MESSAGE).with_header(header::RETRY_AFTER, "2")
            }
        }
    }
}
