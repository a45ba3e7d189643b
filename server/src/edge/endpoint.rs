//! What every way into the schema shares: who asks, the bounds, and how much runs at once.

use std::{net::SocketAddr, sync::Arc};

use async_graphql::Executor;
use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::Response,
};
use serde_json::Map;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    answer::Rejection,
    authenticate::{Admission, Authenticate, Caller},
    drain::Drain,
    error::code,
    settings::HttpSettings,
};

/// One schema, behind all its transports.
pub struct GraphqlEndpoint<E> {
    executor: E,
    authenticate: Arc<dyn Authenticate>,
    settings: Arc<HttpSettings>,
    drain: Drain,
    requests: Arc<Semaphore>,
    streams: Arc<Semaphore>,
    page: Option<fn() -> Response>,
}

impl<E: Clone> Clone for GraphqlEndpoint<E> {
    fn clone(&self) -> Self {
        Self {
            executor: self.executor.clone(),
            authenticate: Arc::clone(&self.authenticate),
            settings: Arc::clone(&self.settings),
            drain: self.drain.clone(),
            requests: Arc::clone(&self.requests),
            streams: Arc::clone(&self.streams),
            page: self.page,
        }
    }
}

impl<E: Executor> GraphqlEndpoint<E> {
    /// `executor` is a schema that went through [`super::document::apply`].
    pub fn new(executor: E, authenticate: impl Authenticate, settings: HttpSettings, drain: Drain) -> Self {
        let requests = Arc::new(Semaphore::new(settings.requests_max));
        let streams = Arc::new(Semaphore::new(settings.streams_max));
        let authenticate = Arc::new(authenticate);
        Self {
            executor,
            authenticate,
            settings: Arc::new(settings),
            drain,
            requests,
            streams,
            page: None,
        }
    }

    /// What a person's browser is shown at `/graphql`.
    #[must_use]
    pub fn with_page(self, page: fn() -> Response) -> Self {
        Self {
            page: Some(page),
            ..self
        }
    }

    pub(super) fn page(&self) -> Option<fn() -> Response> {
        self.page
    }

    pub(super) fn executor(&self) -> &E {
        &self.executor
    }

    pub(super) fn settings(&self) -> &HttpSettings {
        &self.settings
    }

    pub(super) fn drain(&self) -> &Drain {
        &self.drain
    }

    /// A permit for one query or mutation; `None` while too many run.
    pub(super) fn acquire_request(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.requests).try_acquire_owned().ok()
    }

    /// A permit for one stream: a WebSocket, or an answer by Server-Sent Events.
    pub(super) fn acquire_stream(&self) -> Result<OwnedSemaphorePermit, Rejection> {
        let streams = Arc::clone(&self.streams);
        streams.try_acquire_owned().map_err(|_| {
            let status = StatusCode::SERVICE_UNAVAILABLE;
            Rejection::new(status, code::TOO_MANY_STREAMS, "Too many streams are open. Try later.")
                .with_header(header::RETRY_AFTER, "5")
        })
    }

    pub(super) async fn admit(&self, caller: Caller) -> Result<Admission, Rejection> {
        Ok(self.authenticate.authenticate(caller).await?)
    }
}

/// The caller as their request's head shows them.
pub(crate) fn caller(parts: &Parts) -> Caller {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    Caller {
        authorization: authorization(&parts.headers),
        headers: parts.headers.clone(),
        connection_params: Map::new(),
        peer,
        ids: parts.extensions.get().cloned().unwrap_or_default(),
    }
}

pub(super) fn authorization(headers: &HeaderMap) -> Option<String> {
    headers.get(header::AUTHORIZATION)?.to_str().ok().map(str::to_owned)
}
