//! GraphQL over HTTP: <https://graphql.github.io/graphql-over-http/>.

use std::net::IpAddr;

use async_graphql::Executor;
use axum::{
    Router,
    body::Body,
    extract::{FromRequestParts, Request, State, ws::WebSocketUpgrade},
    http::{HeaderMap, Method, StatusCode, Uri, header, request::Parts},
    response::Response,
    routing::any,
};
use futures::future::join_all;

use super::{
    answer::{Rejection, answer_batch},
    authenticate::{Admission, Caller},
    charge::Standings,
    decode::{self, Parameters, Payload},
    endpoint::{GraphqlEndpoint, authorization, caller},
    error::code,
    execution::Call,
    handover,
    kept::{Asked, Key, Store},
    media::Media,
    negotiate,
    operation::Transport,
    repeat::{self, HeadKey},
    request_ids::RequestIds,
    sse, websocket,
};

/// The routes of an endpoint: `/graphql` and `/graphql/ws`. Give them to [`super::finish`], from
/// which every request has its ids.
pub fn routes<E: Executor>(endpoint: GraphqlEndpoint<E>) -> Router {
    Router::new()
        .route("/graphql", any(handle::<E>))
        .route("/graphql/ws", any(websocket::handle::<E>))
        .with_state(endpoint)
}

async fn handle<E: Executor>(State(endpoint): State<GraphqlEndpoint<E>>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    if let Ok(upgrade) = WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        return websocket::open(endpoint, upgrade, &parts);
    }
    if let Some(page) = endpoint.page()
        && is_get(&parts.method)
        && negotiate::prefers_html(&parts.headers)
    {
        return page();
    }
    let head = match RequestHead::from(&parts, endpoint.kept()) {
        Ok(head) => head,
        Err(rejection) => return rejection.answer(),
    };
    let answered = match parts.method {
        Method::POST => endpoint.answer_post(&head, body).await,
        Method::GET | Method::HEAD => endpoint.answer_get(&head, &parts.uri).await,
        _ => Err(wrong_method()),
    };
    let mut response = answered.unwrap_or_else(|rejection| rejection.answer_as(head.media));
    if let Some(varies) = &endpoint.settings().varies {
        response.headers_mut().append(header::VARY, varies.clone());
    }
    handover::detach(&parts, &mut response);
    response
}

fn wrong_method() -> Rejection {
    let status = StatusCode::METHOD_NOT_ALLOWED;
    Rejection::new(status, code::METHOD_NOT_ALLOWED, "GraphQL is asked by GET or POST.")
        .with_header(header::ALLOW, "GET, HEAD, POST")
}

/// Or `HEAD`, whose answer is the same without its body, which the router leaves out.
fn is_get(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

impl<E: Executor> GraphqlEndpoint<E> {
    async fn answer_post(&self, head: &RequestHead, body: Body) -> Result<Response, Rejection> {
        let body = decode::read(&head.headers, body, self.settings()).await?;
        let key = self.key(head, |variant| Key::post(&body, variant));
        if let Some(answer) = self.answer_kept(head, key.as_ref(), head.is_nobodys).await {
            return Ok(answer);
        }
        let payload = decode::payload(&body, self.settings())?;
        let admission = self.admit(head.caller()).await?;
        match payload {
            Payload::One(parameters) if head.media == Media::EventStream => {
                let call = head.call(parameters, &admission, Transport::Stream, head.key(None));
                sse::answer(self, call, &admission, head.address).await
            }
            Payload::One(parameters) => {
                let call = head.call(parameters, &admission, Transport::Post, head.key(None));
                Ok(self.answer_one(head, &admission, key, call).await)
            }
            Payload::Batch(_) if head.media == Media::EventStream => {
                Err(Rejection::bad_request("A batch cannot be answered as a stream."))
            }
            Payload::Batch(batch) => {
                // Each is a request of its own.
                let keys = (0..).map(|place| head.key(Some(place)));
                let calls = batch.into_iter().zip(keys);
                let calls = calls.map(|(parameters, key)| head.call(parameters, &admission, Transport::Post, key));
                let running = calls.map(|call| self.execute(call));
                let outcomes = join_all(running).await;
                Ok(answer_batch(outcomes, head.media))
            }
        }
    }

    async fn answer_get(&self, head: &RequestHead, uri: &Uri) -> Result<Response, Rejection> {
        let key = self.key(head, |variant| Key::get(uri.query().unwrap_or_default(), variant));
        if let Some(answer) = self.answer_kept(head, key.as_ref(), head.is_nobodys).await {
            return Ok(answer);
        }
        let parameters = Parameters::from_uri(uri)?;
        let admission = self.admit(head.caller()).await?;
        if head.media == Media::EventStream {
            let call = head.call(parameters, &admission, Transport::GetStream, None);
            return sse::answer(self, call, &admission, head.address).await;
        }
        let call = head.call(parameters, &admission, Transport::Get, None);
        Ok(self.answer_one(head, &admission, key, call).await)
    }

    /// Under what the answer may be kept, where it may be.
    fn key(&self, head: &RequestHead, key: impl FnOnce(String) -> Key) -> Option<Key> {
        let store = self.kept().filter(|_| head.media != Media::EventStream)?;
        Some(key(store.variant(&head.headers)))
    }

    /// It costs nobody a point: the request was counted, and nothing runs. Whoever is nobody in particular
    /// (`is_nobodys`) need not be recognised for it.
    async fn answer_kept(&self, head: &RequestHead, key: Option<&Key>, may_see: bool) -> Option<Response> {
        let (store, key) = (self.kept().filter(|_| may_see)?, key?);
        let answer = store.find(key)?;
        Some(answer.give(&head.asked(), store.settings()).await)
    }

    async fn answer_one(&self, head: &RequestHead, admission: &Admission, key: Option<Key>, call: Call) -> Response {
        let may_see = admission.sees_public();
        if let Some(answer) = self.answer_kept(head, key.as_ref(), may_see && !head.is_nobodys).await {
            return answer;
        }
        let may_keep = may_see && !call.operation().is_keyed();
        match (self.kept().filter(|_| may_keep), key) {
            (Some(store), Some(key)) => self.answer_and_keep(store, key, call, head.asked()).await,
            _ => self.execute(call).await.answer(head.media),
        }
    }
}

/// What a request's head says.
struct RequestHead {
    media: Media,
    is_get: bool,
    /// Whether nothing in it says who asks.
    is_nobodys: bool,
    headers: HeaderMap,
    address: Option<IpAddr>,
    standings: Standings,
    ids: RequestIds,
}

impl RequestHead {
    fn from(parts: &Parts, store: Option<&Store>) -> Result<Self, Rejection> {
        let media = negotiate::negotiate(&parts.headers)?;
        let Caller {
            headers,
            address,
            standings,
            ids,
            ..
        } = caller(parts);
        Ok(Self {
            media,
            is_get: is_get(&parts.method),
            is_nobodys: store.is_some_and(|store| store.is_nobodys(&parts.headers)),
            headers,
            address,
            standings,
            ids,
        })
    }

    fn caller(&self) -> Caller {
        Caller {
            authorization: authorization(&self.headers),
            headers: self.headers.clone(),
            address: self.address,
            standings: self.standings.clone(),
            connection_params: serde_json::Map::new(),
            ids: self.ids.clone(),
        }
    }

    fn asked(&self) -> Asked<'_> {
        Asked {
            media: self.media,
            headers: &self.headers,
            is_shared: self.is_get && self.is_nobodys,
        }
    }

    /// By what the request may be repeated.
    fn key(&self, place: Option<usize>) -> Option<HeadKey> {
        let sent = repeat::key_of(&self.headers)?;
        Some(HeadKey { sent, place })
    }

    fn call(&self, parameters: Parameters, admission: &Admission, transport: Transport, key: Option<HeadKey>) -> Call {
        Call::new(parameters, admission, &self.ids, transport, key)
    }
}
