//! What every way into the schema shares: who asks, the bounds, and how much runs at once.

use std::{net::IpAddr, sync::Arc};

use async_graphql::Executor;
use axum::{
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::Response,
};
use serde_json::Map;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    answer::Rejection,
    authenticate::{Admission, Authenticate, Caller},
    client_address::ClientAddress,
    document::Documents,
    drain::Drain,
    error::code,
    kept::{Keeper, KeptPages, KeptSettings, Store},
    places::Place,
    refusals::Room,
    settings::HttpSettings,
    shares::{Load, Share, Shares},
};

/// One schema, behind all its transports.
pub struct GraphqlEndpoint<E> {
    executor: E,
    authenticate: Arc<dyn Authenticate>,
    settings: Arc<HttpSettings>,
    drain: Drain,
    requests: Arc<Semaphore>,
    streams: Arc<Semaphore>,
    streams_by_address: Shares,
    running_by_address: Shares,
    page: Option<fn() -> Response>,
    kept: Option<(Arc<Store>, Arc<Documents>)>,
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
            streams_by_address: self.streams_by_address.clone(),
            running_by_address: self.running_by_address.clone(),
            page: self.page,
            kept: self.kept.clone(),
        }
    }
}

impl<E: Executor> GraphqlEndpoint<E> {
    /// `executor` is a schema that went through [`super::document::apply`].
    pub fn new(executor: E, authenticate: impl Authenticate, settings: HttpSettings, drain: Drain) -> Self {
        let requests = Place::Request.make(settings.requests_max);
        let streams = Place::Stream.make(settings.streams_max);
        let streams_by_address = Shares::new(settings.streams_per_address);
        let running_by_address = Shares::new(settings.running_cost_per_address);
        let authenticate = Arc::new(authenticate);
        Self {
            executor,
            authenticate,
            settings: Arc::new(settings),
            drain,
            requests,
            streams,
            streams_by_address,
            running_by_address,
            page: None,
            kept: None,
        }
    }

    /// Keeps the answers to documents that are [public](Documents::keeping): `documents` are those that the executor was
    /// given.
    #[must_use]
    pub fn keeping(self, documents: Arc<Documents>, keeper: impl Keeper, settings: KeptSettings) -> Self {
        let store = Store::new(Arc::new(keeper), settings);
        Self {
            kept: Some((Arc::new(store), documents)),
            ..self
        }
    }

    pub(super) fn kept(&self) -> Option<&Store> {
        self.kept.as_ref().map(|(store, _)| &**store)
    }

    /// For pages that are made of the endpoint's answers; nothing, where answers are not kept.
    pub fn kept_pages(&self) -> Option<KeptPages> {
        self.kept.as_ref().map(|(store, _)| KeptPages::new(Arc::clone(store)))
    }

    pub(super) fn documents(&self) -> Option<&Documents> {
        self.kept.as_ref().map(|(_, documents)| &**documents)
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
        let permit = Arc::clone(&self.requests).try_acquire_owned().ok();
        if permit.is_none() {
            Room::Request.refuse();
        }
        permit
    }

    /// A permit for one stream: a WebSocket, or an answer by Server-Sent Events.
    pub(super) fn acquire_stream(&self, address: Option<IpAddr>) -> Result<StreamPermit, Rejection> {
        let refused = |room: Room, status, message| {
            room.refuse();
            Rejection::new(status, code::TOO_MANY_STREAMS, message).with_header(header::RETRY_AFTER, "5")
        };
        let share = match address.map(|address| self.streams_by_address.take(address)) {
            Some(None) => {
                let message = "Too many streams are open from your address. Close some, or try later.";
                return Err(refused(Room::StreamOfAddress, StatusCode::TOO_MANY_REQUESTS, message));
            }
            Some(share) => share,
            None => None,
        };
        let permit = Arc::clone(&self.streams).try_acquire_owned().map_err(|_| {
            let message = "Too many streams are open. Try later.";
            refused(Room::Stream, StatusCode::SERVICE_UNAVAILABLE, message)
        })?;
        Ok(StreamPermit {
            _permit: permit,
            _share: share,
        })
    }

    pub(super) async fn admit(&self, caller: Caller) -> Result<Admission, Rejection> {
        let load = caller.address.map(|address| Load {
            running: self.running_by_address.clone(),
            address,
        });
        Ok(self.authenticate.authenticate(caller).await?.loading(load))
    }
}

/// Held while a stream is open.
pub(super) struct StreamPermit {
    _permit: OwnedSemaphorePermit,
    _share: Option<Share>,
}

/// The caller as their request's head shows them.
pub fn caller(parts: &Parts) -> Caller {
    let address = parts.extensions.get::<ClientAddress>().map(|address| address.0);
    Caller {
        authorization: authorization(&parts.headers),
        headers: parts.headers.clone(),
        address,
        standings: parts.extensions.get().cloned().unwrap_or_default(),
        connection_params: Map::new(),
        ids: parts.extensions.get().cloned().unwrap_or_default(),
    }
}

pub(super) fn authorization(headers: &HeaderMap) -> Option<String> {
    headers.get(header::AUTHORIZATION)?.to_str().ok().map(str::to_owned)
}
