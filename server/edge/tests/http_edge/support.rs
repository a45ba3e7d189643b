//! How the tests ask.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};
use tower::ServiceExt;
use vitrine_edge::{
    self as edge, Admission, Caller, Drain, GraphqlEndpoint, HttpSettings, NotAdmitted, Unauthenticated,
    document::Documents,
};

use crate::schema::{Seen, Viewer, documents, schema};

pub(crate) const RESPONSE_JSON: &str = "application/graphql-response+json";

/// A server without a network.
pub(crate) struct App {
    pub(crate) router: Router,
    pub(crate) settings: HttpSettings,
    pub(crate) drain: Drain,
    pub(crate) seen: Seen,
}

impl App {
    pub(crate) fn new() -> Self {
        Self::with(HttpSettings::default())
    }

    pub(crate) fn development() -> Self {
        Self::of(documents(true))
    }

    pub(crate) fn with(settings: HttpSettings) -> Self {
        Self::build(settings, documents(false))
    }

    /// A server that understands these documents.
    pub(crate) fn of(documents: Documents) -> Self {
        Self::build(HttpSettings::default(), documents)
    }

    fn build(settings: HttpSettings, documents: Documents) -> Self {
        let (drain, seen) = (Drain::default(), Seen::default());
        let schema = schema(documents, seen.clone());
        let endpoint = GraphqlEndpoint::new(schema, recognise, settings.clone(), drain.clone());
        let router = edge::finish(edge::routes(endpoint), &settings, new_id);
        Self {
            router,
            settings,
            drain,
            seen,
        }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("a router never fails");
        let (parts, body) = response.into_parts();
        let body = within("the body ends", axum::body::to_bytes(body, usize::MAX)).await;
        let body = body.expect("the body is whole");
        let text = String::from_utf8(body.to_vec()).expect("answers are UTF-8");
        Answer {
            status: parts.status,
            headers: parts.headers,
            text,
        }
    }

    /// A `POST` as `application/graphql-response+json`.
    pub(crate) async fn ask(&self, query: &str) -> Answer {
        self.send(post(RESPONSE_JSON, &json!({ "query": query }))).await
    }

    /// On a port of its own, until the test ends.
    pub(crate) async fn listen(self) -> Listening {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let Self {
            router,
            settings,
            drain,
            seen,
        } = self;
        let stop = drain.clone();
        let task = tokio::spawn(async move {
            edge::serve(listener, router, &settings, drain)
                .await
                .expect("the listener works");
        });
        Listening {
            address,
            drain: stop,
            seen,
            task,
        }
    }
}

/// A server on a port.
pub(crate) struct Listening {
    pub(crate) address: SocketAddr,
    pub(crate) drain: Drain,
    pub(crate) seen: Seen,
    pub(crate) task: JoinHandle<()>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    pub(crate) fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("it is text"))
    }

    pub(crate) fn code(&self) -> String {
        let json = self.json();
        json["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    pub(crate) fn has_data(&self) -> bool {
        self.json().get("data").is_some()
    }

    /// Refused with this status and code, and without `data`.
    #[track_caller]
    pub(crate) fn assert_refused(&self, status: u16, code: &str) {
        assert_eq!(
            (self.status.as_u16(), self.code().as_str()),
            (status, code),
            "{}",
            self.text
        );
        assert!(!self.has_data(), "{}", self.text);
    }
}

pub(crate) fn post(accept: &str, body: &Value) -> Request<Body> {
    post_raw(accept, "application/json", body.to_string())
}

pub(crate) fn post_raw(accept: &str, content_type: &str, body: impl Into<Body>) -> Request<Body> {
    let request = Request::post("/graphql").header(header::CONTENT_TYPE, content_type);
    request
        .header(header::ACCEPT, accept)
        .body(body.into())
        .expect("a sane request")
}

pub(crate) fn get(path: &str, accept: &str) -> Request<Body> {
    request(Method::GET, path, &[("accept", accept)])
}

pub(crate) fn request(method: Method, path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let request = Request::builder().method(method).uri(path);
    let request = headers
        .iter()
        .fold(request, |request, (name, value)| request.header(*name, *value));
    request.body(Body::empty()).expect("a sane request")
}

/// How long a state may take to come: the bound only guards against waiting for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// Waits for the end of `work`, which is to bring `what`. What the panic begins with tells `tests/run` that time was short.
pub(crate) async fn within<T>(what: &str, work: impl Future<Output = T>) -> T {
    let done = tokio::time::timeout(PATIENCE, work).await;
    done.unwrap_or_else(|_| panic!("out of patience: {what}"))
}

/// Waits for a state.
pub(crate) async fn eventually(what: &str, holds: impl Fn() -> bool) {
    let waiting = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    within(what, waiting).await;
}

pub(crate) async fn none_open(count: &AtomicUsize) {
    eventually("every subscription has ended", || count.load(Ordering::SeqCst) == 0).await;
}

/// As long as the shop's own, and another each time.
pub(crate) fn new_id() -> String {
    static GIVEN: AtomicUsize = AtomicUsize::new(1);
    format!("{:032x}", GIVEN.fetch_add(1, Ordering::Relaxed))
}

async fn recognise(caller: Caller) -> Result<Admission, NotAdmitted> {
    let viewer = match caller.authorization.as_deref() {
        None => "guest",
        Some("Bearer good" | "Bearer short") => "known",
        Some(_) => return Err(Unauthenticated("The token is not valid.").into()),
    };
    let admission = Admission::new(move |data| {
        data.insert(Viewer(viewer));
    });
    Ok(match caller.authorization.as_deref() {
        Some("Bearer short") => admission.expiring_in(Duration::from_secs(1)),
        _ => admission,
    })
}
