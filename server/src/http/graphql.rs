//! GraphQL over HTTP: <https://graphql.github.io/graphql-over-http/>.

use std::{net::SocketAddr, sync::Arc};

use async_graphql::Executor;
use axum::{
    Router,
    extract::{ConnectInfo, FromRequestParts, Request, State, ws::WebSocketUpgrade},
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    response::Response,
    routing::any,
};
use futures::future::join_all;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    answer::{Outcome, Rejection, respond},
    authenticate::{Admission, Authenticate, Caller},
    correlation::RequestIds,
    decode::{self, Parameters, Payload},
    drain::Drain,
    execution::Call,
    ide,
    negotiate::{self, Media},
    settings::HttpSettings,
    sse, websocket,
};
use crate::graphql::{error::code, operation::Door};

/// One schema, behind all its doors.
pub struct GraphqlEndpoint<E> {
    executor: E,
    authenticate: Arc<dyn Authenticate>,
    settings: Arc<HttpSettings>,
    drain: Drain,
    requests: Arc<Semaphore>,
    streams: Arc<Semaphore>,
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
        }
    }
}

impl<E: Executor> GraphqlEndpoint<E> {
    /// `executor` is a schema that went through [`crate::graphql::limits::apply`].
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
        }
    }

    /// `/graphql`, `/graphql/ws`, and in development the IDE's files. Give it to
    /// [`super::finish`], from which every request has its ids.
    pub fn routes(self) -> Router {
        let development = self.settings.development;
        let routes = Router::new()
            .route("/graphql", any(handle::<E>))
            .route("/graphql/ws", any(websocket::handle::<E>))
            .with_state(self);
        if development {
            routes.merge(ide::routes())
        } else {
            routes
        }
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

    /// A turn for one query or mutation; `None` while too many run.
    pub(super) fn take_turn(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.requests).try_acquire_owned().ok()
    }

    /// A place among the open streams.
    pub(super) fn take_place(&self) -> Result<OwnedSemaphorePermit, Rejection> {
        let places = Arc::clone(&self.streams);
        places.try_acquire_owned().map_err(|_| {
            let status = StatusCode::SERVICE_UNAVAILABLE;
            Rejection::new(status, code::TOO_MANY_STREAMS, "Too many streams are open. Try later.")
                .with_header(header::RETRY_AFTER, "5")
        })
    }

    pub(super) async fn admit(&self, caller: Caller) -> Result<Admission, Rejection> {
        Ok(self.authenticate.authenticate(caller).await?)
    }

    async fn answer_post(&self, asked: &Asked, request: Request) -> Result<Response, Rejection> {
        let payload = decode::read(&asked.headers, request.into_body(), &self.settings).await?;
        let admission = self.admit(asked.caller()).await?;
        match payload {
            Payload::One(parameters) if asked.media == Media::EventStream => {
                sse::answer(self, asked.call(parameters, &admission, Door::Stream), &admission).await
            }
            Payload::One(parameters) => {
                let call = asked.call(parameters, &admission, Door::Post);
                Ok(self.execute(call).await.answer(asked.media))
            }
            Payload::Batch(_) if asked.media == Media::EventStream => {
                Err(Rejection::bad_request("A batch cannot be answered as a stream."))
            }
            Payload::Batch(batch) => {
                let call = |parameters| asked.call(parameters, &admission, Door::Post);
                let running = batch.into_iter().map(|parameters| self.execute(call(parameters)));
                let outcomes = join_all(running).await;
                let bodies: Vec<_> = outcomes.iter().map(Outcome::body).collect();
                Ok(respond(StatusCode::OK, asked.media, &bodies))
            }
        }
    }

    async fn answer_get(&self, asked: &Asked, request: Request) -> Result<Response, Rejection> {
        let parameters = Parameters::from_uri(request.uri())?;
        let admission = self.admit(asked.caller()).await?;
        if asked.media == Media::EventStream {
            let call = asked.call(parameters, &admission, Door::GetStream);
            return sse::answer(self, call, &admission).await;
        }
        let call = asked.call(parameters, &admission, Door::Get);
        Ok(self.execute(call).await.answer(asked.media))
    }
}

async fn handle<E: Executor>(State(endpoint): State<GraphqlEndpoint<E>>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    if let Ok(upgrade) = WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        return websocket::open(endpoint, upgrade, &parts);
    }
    let is_get = parts.method == Method::GET;
    if is_get && endpoint.settings.development && negotiate::prefers_html(&parts.headers) {
        return ide::page();
    }
    let asked = match Asked::from(&parts) {
        Ok(asked) => asked,
        Err(rejection) => return rejection.answer(),
    };
    let method = parts.method.clone();
    let request = Request::from_parts(parts, body);
    let answered = match method {
        Method::POST => endpoint.answer_post(&asked, request).await,
        Method::GET => endpoint.answer_get(&asked, request).await,
        _ => Err(wrong_method()),
    };
    answered.unwrap_or_else(|rejection| rejection.answer_as(asked.media))
}

fn wrong_method() -> Rejection {
    let status = StatusCode::METHOD_NOT_ALLOWED;
    Rejection::new(status, code::METHOD_NOT_ALLOWED, "GraphQL is asked by GET or POST.")
        .with_header(header::ALLOW, "GET, POST")
}

/// What a request's head says.
pub(super) struct Asked {
    media: Media,
    headers: HeaderMap,
    peer: Option<SocketAddr>,
    ids: RequestIds,
}

impl Asked {
    fn from(parts: &Parts) -> Result<Self, Rejection> {
        let media = negotiate::negotiate(&parts.headers)?;
        let Caller { headers, peer, ids, .. } = caller(parts);
        Ok(Self {
            media,
            headers,
            peer,
            ids,
        })
    }

    fn caller(&self) -> Caller {
        Caller {
            authorization: authorization(&self.headers),
            headers: self.headers.clone(),
            peer: self.peer,
            ids: self.ids.clone(),
        }
    }

    fn call(&self, parameters: Parameters, admission: &Admission, door: Door) -> Call {
        Call::new(parameters, admission, &self.ids, door)
    }
}

/// The caller as their request's head shows them.
pub(super) fn caller(parts: &Parts) -> Caller {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    Caller {
        authorization: authorization(&parts.headers),
        headers: parts.headers.clone(),
        peer,
        ids: parts.extensions.get().cloned().unwrap_or_default(),
    }
}

fn authorization(headers: &HeaderMap) -> Option<String> {
    headers.get(header::AUTHORIZATION)?.to_str().ok().map(str::to_owned)
}
