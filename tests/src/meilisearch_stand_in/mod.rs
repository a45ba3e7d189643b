//! Meilisearch for tests: a server on this machine that answers our adapter as Meilisearch 1.50 does.
//! It says less than that, and nothing else: the search contract holds it to the recording in
//! `fixtures/meilisearch`.
//!
//! It has a memory: indexes, settings, documents, tasks. And it can fail in the ways that a server fails.

mod error;
mod ranking;
mod search;
mod store;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri, header::AUTHORIZATION},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use self::{error::ApiError, store::Store};

/// A running server; it stops when dropped.
pub struct MeilisearchStandIn {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

struct Shared {
    store: Mutex<Store>,
    hanging: watch::Sender<bool>,
    failing: watch::Sender<bool>,
}

impl MeilisearchStandIn {
    /// The only key it takes.
    pub const KEY: &str = "the-key-of-the-stand-in";

    pub async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            store: Mutex::default(),
            hanging: watch::Sender::new(false),
            failing: watch::Sender::new(false),
        });
        let router = Router::new().fallback(answer).with_state(Arc::clone(&shared));
        let server = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the stand-in for Meilisearch stopped");
            }
        });
        Ok(Self {
            address,
            shared,
            server,
        })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Forgets every index, as a server whose disk was lost.
    pub fn wipe(&self) {
        self.shared.store().wipe();
    }

    /// What is in an index; nothing where there is none.
    pub fn documents(&self, index: &str) -> Vec<Value> {
        let store = self.shared.store();
        store
            .index(index)
            .map_or_else(|_| Vec::new(), |index| index.documents.clone())
    }

    /// While hanging, it takes requests and answers none.
    pub fn hang(&self, hanging: bool) {
        self.shared.hanging.send_replace(hanging);
    }

    /// While failing, it answers everything with status 500.
    pub fn fail(&self, failing: bool) {
        self.shared.failing.send_replace(failing);
    }

    /// Tasks are accepted and never worked off while held.
    pub fn hold_tasks(&self, held: bool) {
        self.shared.store().tasks_held = held;
    }

    /// The next task is accepted, and fails when its turn comes.
    pub fn fail_next_task(&self) {
        self.shared.store().next_task_fails = true;
    }
}

impl Drop for MeilisearchStandIn {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Shared {
    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    // The sender lives in `shared`, so waiting cannot fail.
    let _ = shared.hanging.subscribe().wait_for(|hanging| !hanging).await;
    if *shared.failing.borrow() {
        return ApiError::internal().into_response();
    }
    let routed = authorize(&headers).and_then(|()| route(&mut shared.store(), &method, &uri, &body));
    match routed {
        Ok((status, body)) => (status, axum::Json(body)).into_response(),
        Err(error) => error.into_response(),
    }
}

fn authorize(headers: &HeaderMap) -> Result<(), ApiError> {
    let (status, code) = match headers.get(AUTHORIZATION) {
        Some(given) if given.as_bytes() == format!("Bearer {}", MeilisearchStandIn::KEY).as_bytes() => return Ok(()),
        Some(_) => (StatusCode::FORBIDDEN, "invalid_api_key"),
        None => (StatusCode::UNAUTHORIZED, "missing_authorization_header"),
    };
    Err(ApiError::auth(status, code))
}

/// Which request does what.
fn route(store: &mut Store, method: &Method, uri: &Uri, body: &[u8]) -> Result<(StatusCode, Value), ApiError> {
    let path: Vec<&str> = uri.path().trim_matches('/').split('/').collect();
    let body = || read(body);
    let list = || body().map(|body| body.as_array().cloned().unwrap_or_default());
    let object = || body().map(|body| body.as_object().cloned().unwrap_or_default());
    let accepted = match (method.as_str(), path.as_slice()) {
        ("GET", ["indexes"]) => return Ok((StatusCode::OK, store.list())),
        ("GET", ["indexes", uid, "settings"]) => {
            return Ok((StatusCode::OK, Value::Object(store.index(uid)?.settings.clone())));
        }
        ("GET", ["indexes", uid, "stats"]) => {
            let documents = store.index(uid)?.documents.len();
            let stats = json!({
                "numberOfDocuments": documents,
                "rawDocumentDbSize": 4096,
                "avgDocumentSize": 1357,
                "isIndexing": false,
                "numberOfEmbeddings": 0,
                "numberOfEmbeddedDocuments": 0,
                "fieldDistribution": {},
            });
            return Ok((StatusCode::OK, stats));
        }
        ("GET", ["tasks", uid]) => {
            let task = uid.parse().ok().and_then(|uid| store.task(uid));
            let missing = || ApiError::not_found("task_not_found", format!("Task `{uid}` not found."));
            return Ok((StatusCode::OK, task.ok_or_else(missing)?));
        }
        ("POST", ["indexes", uid, "search"]) => {
            return Ok((StatusCode::OK, search::search(store.index(uid)?, &object()?)?));
        }
        ("POST", ["indexes"]) => store.create(body()?["uid"].as_str().unwrap_or_default().to_owned()),
        ("DELETE", ["indexes", uid]) => store.delete((*uid).to_owned()),
        ("PUT", ["indexes", uid, "settings", "synonyms"]) => {
            let patch = [("synonyms".to_owned(), Value::Object(object()?))];
            store.set((*uid).to_owned(), patch.into_iter().collect())
        }
        ("PATCH", ["indexes", uid, "settings"]) => {
            let patch = object()?;
            store::require_settings(&patch)?;
            store.set((*uid).to_owned(), patch)
        }
        ("POST", ["indexes", uid, "documents"]) => store.put((*uid).to_owned(), list()?, true),
        ("PUT", ["indexes", uid, "documents"]) => store.put((*uid).to_owned(), list()?, false),
        ("POST", ["indexes", uid, "documents", "delete-batch"]) => store.remove((*uid).to_owned(), list()?),
        ("DELETE", ["indexes", uid, "documents", id]) => store.remove((*uid).to_owned(), vec![Value::from(*id)]),
        ("POST", ["swap-indexes"]) => store.swap(list()?),
        _ => {
            return Err(ApiError::not_found(
                "not_found",
                format!("The stand-in knows no {method} {uri}"),
            ));
        }
    };
    Ok((StatusCode::ACCEPTED, accepted))
}

fn read(body: &[u8]) -> Result<Value, ApiError> {
    serde_json::from_slice(body).map_err(|error| ApiError::invalid("malformed_payload", error.to_string()))
}
