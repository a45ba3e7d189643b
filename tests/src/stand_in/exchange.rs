//! One request and its answer: whether it fails on purpose, and in which way; all else is each provider's own.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, Response, StatusCode, request::Parts},
};
use chrono::{DateTime, Utc};
use futures::FutureExt;
use serde_json::{Value, json};

use super::{Answering, Faults, shared::Shared};

/// How a request fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is done, and the connection is cut without an answer.
    CutAfterActing,
    CutBeforeActing,
    /// It is done, and answered with 500.
    ErrorAfterActing,
    /// It is answered with 503 at the gate: nothing is done.
    ErrorBeforeActing,
    RateLimited,
    /// Whoever asks may not do this.
    Forbidden,
}

/// A request as it came in.
#[derive(Debug, Clone)]
pub struct SeenRequest {
    pub method: String,
    pub path: String,
    /// Its idempotency key.
    pub key: Option<String>,
    pub body: Value,
}

/// What came in, and what is to fail of it.
#[derive(Default)]
pub struct Traffic {
    pub(crate) faults: Faults<Fault>,
    pub(crate) requests: Vec<SeenRequest>,
}

/// What is asked for.
pub struct Request<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    query: &'a str,
    pub(crate) text: &'a str,
    /// Its idempotency key.
    pub(crate) key: Option<String>,
    pub(crate) now: DateTime<Utc>,
}

/// A status, and a body, which is empty where it is null.
pub type Reply = (u16, Value);

/// What a provider knows, and how it answers.
pub trait Provider: Default + Send + 'static {
    /// In which header a request has its idempotency key.
    const KEY_HEADER: &'static str;

    /// In which header an answer has its id.
    const ID_HEADER: &'static str;

    fn traffic(&mut self) -> &mut Traffic;

    /// Of the answer to the request of this number.
    fn answer_id(number: usize) -> String;

    /// What it says to a request that is to fail.
    fn failure(fault: Fault, id: &str) -> Reply;

    fn answer(&mut self, headers: &HeaderMap, request: &Request<'_>, id: &str) -> Reply;
}

impl Request<'_> {
    /// Of its query, or nothing.
    pub(crate) fn parameter(&self, name: &str) -> String {
        let mut pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        let found = pairs.find(|(given, _)| *given == name);
        found.map(|(_, value)| value).unwrap_or_default().replace("%3A", ":")
    }
}

/// As the door wants it.
pub(super) fn answering<P: Provider>(shared: Arc<Shared<P>>) -> Answering {
    Arc::new(move |head: Parts, body: Bytes| {
        let answer = exchange(&shared, &head, &body);
        async move { answer }.boxed()
    })
}

fn exchange<P: Provider>(shared: &Shared<P>, head: &Parts, body: &Bytes) -> Option<Response<Body>> {
    let now = shared.now();
    let mut provider = shared.provider();
    let text = String::from_utf8_lossy(body).into_owned();
    let (method, path) = (head.method.as_str(), head.uri.path());
    let key = header_of(&head.headers, P::KEY_HEADER);
    let traffic = provider.traffic();
    traffic.requests.push(SeenRequest {
        method: method.to_owned(),
        path: path.to_owned(),
        key: key.clone(),
        body: serde_json::from_str(&text).unwrap_or_default(),
    });
    let id = P::answer_id(traffic.requests.len());
    let fault = traffic.faults.take(method, path);
    let respond = |(status, body): Reply| Some(response(status, &body, P::ID_HEADER, &id));
    match fault {
        Some(Fault::CutBeforeActing) => return None,
        // What stands before the provider says so, and not the provider.
        Some(Fault::ErrorBeforeActing) => return respond((503, json!({ "fault": "no server is available" }))),
        Some(fault @ (Fault::RateLimited | Fault::Forbidden)) => return respond(P::failure(fault, &id)),
        Some(Fault::CutAfterActing | Fault::ErrorAfterActing) | None => {}
    }
    let request = Request {
        method,
        path,
        query: head.uri.query().unwrap_or_default(),
        text: &text,
        key,
        now,
    };
    let answer = provider.answer(&head.headers, &request, &id);
    match fault {
        Some(Fault::CutAfterActing) => None,
        Some(fault) => respond(P::failure(fault, &id)),
        None => respond(answer),
    }
}

pub(crate) fn header_of(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

fn response(status: u16, body: &Value, id_header: &'static str, id: &str) -> Response<Body> {
    let text = match body.is_null() {
        true => String::new(),
        false => body.to_string(),
    };
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in [("content-type", "application/json"), (id_header, id)] {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
