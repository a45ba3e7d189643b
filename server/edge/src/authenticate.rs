//! Who asks: the hook through which the server's own notion of a caller comes to the edge.

use std::{net::IpAddr, sync::Arc, time::Duration};

use async_graphql::Data;
use axum::http::{HeaderMap, StatusCode, header};
use futures::{FutureExt, future::BoxFuture};
use serde_json::{Map, Value};

use super::{
    answer::Rejection,
    charge::{Charge, Standings},
    directed::Direct,
    error::{FAULT_MESSAGE, OVERLOAD_MESSAGE, code},
    late::Late,
    repeat::Repeats,
    request_ids::RequestIds,
    shares::Load,
};

/// What is known of a caller before they are recognised.
pub struct Caller {
    /// The `Authorization` header; on a WebSocket, the `authorization` or `Authorization` of
    /// `connection_init`'s payload, or else the header of the upgrade.
    pub authorization: Option<String>,
    pub headers: HeaderMap,
    /// Where they are, behind the proxies that are trusted.
    pub address: Option<IpAddr>,
    /// How they stand by the quotas that count them.
    pub standings: Standings,
    /// The payload of a WebSocket's `connection_init`: a browser sends no headers of its own there.
    pub connection_params: Map<String, Value>,
    pub ids: RequestIds,
}

/// Recognises a caller. Any `async` closure from [`Caller`] will do.
pub trait Authenticate: Send + Sync + 'static {
    fn authenticate(&self, caller: Caller) -> BoxFuture<'static, Result<Admission, NotAdmitted>>;
}

impl<F, Answer> Authenticate for F
where
    F: Fn(Caller) -> Answer + Send + Sync + 'static,
    Answer: Future<Output = Result<Admission, NotAdmitted>> + Send + 'static,
{
    fn authenticate(&self, caller: Caller) -> BoxFuture<'static, Result<Admission, NotAdmitted>> {
        self(caller).boxed()
    }
}

/// A recognised caller, be it a guest.
#[derive(Clone)]
pub struct Admission {
    equip: Arc<dyn Fn(&mut Data) + Send + Sync>,
    expires_in: Option<Duration>,
    ending: Option<Arc<dyn Fn() -> BoxFuture<'static, ()> + Send + Sync>>,
    stale: Option<Unauthenticated>,
    charge: Option<Arc<dyn Charge>>,
    repeats: Option<Arc<dyn Repeats>>,
    load: Option<Load>,
    sees_public: bool,
    directed: Option<Arc<dyn Direct>>,
    late: Option<Arc<dyn Late>>,
}

impl Admission {
    /// `equip` puts what the resolvers need into an operation's data: who asks, and loaders, which
    /// must be new for each operation. It runs once for each.
    pub fn new(equip: impl Fn(&mut Data) + Send + Sync + 'static) -> Self {
        Self {
            equip: Arc::new(equip),
            expires_in: None,
            ending: None,
            stale: None,
            charge: None,
            repeats: None,
            load: None,
            sees_public: false,
            directed: None,
            late: None,
        }
    }

    /// Of what is public they see what everybody sees: they may be given what is kept.
    #[must_use]
    pub fn seeing_public(self, sees_public: bool) -> Self {
        Self { sees_public, ..self }
    }

    pub(super) fn sees_public(&self) -> bool {
        self.sees_public && self.stale.is_none()
    }

    /// Ends the caller's WebSockets and event streams after this time.
    #[must_use]
    pub fn expiring_in(self, time: Duration) -> Self {
        Self {
            expires_in: Some(time),
            ..self
        }
    }

    /// Ends the caller's WebSockets and event streams when this does: it is made for each of them.
    #[must_use]
    pub fn ending_with(self, ending: impl Fn() -> BoxFuture<'static, ()> + Send + Sync + 'static) -> Self {
        Self {
            ending: Some(Arc::new(ending)),
            ..self
        }
    }

    /// Counts each operation before it runs.
    #[must_use]
    pub fn charged_by(self, charge: impl Charge + 'static) -> Self {
        Self {
            charge: Some(Arc::new(charge)),
            ..self
        }
    }

    pub(super) fn charge(&self) -> Option<Arc<dyn Charge>> {
        self.charge.clone()
    }

    /// Answers operations as their directives have it.
    #[must_use]
    pub fn directed_by(self, directed: impl Direct + 'static) -> Self {
        Self {
            directed: Some(Arc::new(directed)),
            ..self
        }
    }

    pub(super) fn directed(&self) -> Option<Arc<dyn Direct>> {
        self.directed.clone()
    }

    /// Answers queries with what is a little late, where that may be.
    #[must_use]
    pub fn answered_late(self, late: Option<impl Late + 'static>) -> Self {
        let late = late.map(|late| Arc::new(late) as Arc<dyn Late>);
        Self { late, ..self }
    }

    pub(super) fn late(&self) -> Option<Arc<dyn Late>> {
        self.late.clone()
    }

    /// Remembers what is asked under keys.
    #[must_use]
    pub fn remembered_by(self, repeats: impl Repeats + 'static) -> Self {
        Self {
            repeats: Some(Arc::new(repeats)),
            ..self
        }
    }

    pub(super) fn repeats(&self) -> Option<Arc<dyn Repeats>> {
        self.repeats.clone()
    }

    /// Counts each operation among those that its address has running.
    pub(super) fn loading(self, load: Option<Load>) -> Self {
        Self { load, ..self }
    }

    pub(super) fn load(&self) -> Option<Load> {
        self.load.clone()
    }

    /// Of a caller whose token is not valid: they may do what needs none to get another, and are refused
    /// everything else.
    #[must_use]
    pub fn with_stale(self, refusal: Unauthenticated) -> Self {
        Self {
            stale: Some(refusal),
            ..self
        }
    }

    /// Why they may do nothing but sign in.
    pub(super) fn stale(&self) -> Option<Unauthenticated> {
        self.stale
    }

    /// Ends when what the caller may do does, or never. Says why.
    pub(super) fn end(&self) -> BoxFuture<'static, &'static str> {
        let ending = self.ending.as_ref().map(|ending| ending());
        match (self.expires_in, ending) {
            // Most streams are guests', and hold nothing for it.
            (None, None) => std::future::pending().boxed(),
            (None, Some(ending)) => ending.map(|()| CHANGED).boxed(),
            (Some(time), ending) => expire(time, ending).boxed(),
        }
    }

    pub(super) fn equip(&self, data: &mut Data) {
        (self.equip)(data);
    }
}

const EXPIRED: &str = "Token expired";
const CHANGED: &str = "Access has changed";

async fn expire(time: Duration, ending: Option<BoxFuture<'static, ()>>) -> &'static str {
    let ending = ending.unwrap_or_else(|| std::future::pending().boxed());
    tokio::select! {
        () = tokio::time::sleep(time) => EXPIRED,
        () = ending => CHANGED,
    }
}

/// Why a caller was not recognised: the text is shown to them.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("{0}")]
pub struct Unauthenticated(pub &'static str);

/// Why nobody knows yet who a caller is, or why they are refused.
#[derive(Debug, Clone, Copy)]
pub enum NotAdmitted {
    Unauthenticated(Unauthenticated),
    /// There is too much to do to find out.
    Overloaded,
    /// Something is broken; it is logged already.
    Broken,
}

impl From<Unauthenticated> for NotAdmitted {
    fn from(refusal: Unauthenticated) -> Self {
        Self::Unauthenticated(refusal)
    }
}

impl From<NotAdmitted> for Rejection {
    fn from(refusal: NotAdmitted) -> Self {
        match refusal {
            NotAdmitted::Unauthenticated(refusal) => refusal.into(),
            NotAdmitted::Overloaded => {
                let status = StatusCode::SERVICE_UNAVAILABLE;
                Self::new(status, code::SERVICE_UNAVAILABLE, OVERLOAD_MESSAGE).with_header(header::RETRY_AFTER, "1")
            }
            NotAdmitted::Broken => Self::new(StatusCode::INTERNAL_SERVER_ERROR, code::INTERNAL_ERROR, FAULT_MESSAGE),
        }
    }
}

impl From<Unauthenticated> for Rejection {
    fn from(Unauthenticated(message): Unauthenticated) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code::UNAUTHENTICATED, message)
    }
}
