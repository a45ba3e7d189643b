//! Meilisearch for tests: a server on this machine that answers as Meilisearch 1.50 does, held to
//! the recording in `fixtures/meilisearch` by the search contract.
//!
//! It has a memory: indexes, settings, documents, tasks. A task is still waiting when it is
//! first asked for, and worked off when it is asked for again: whoever does not wait for a task never
//! sees its effect. And it can fail in the ways that a server fails.

mod error;
mod filter;
mod ranking;
mod routes;
mod search;
mod settings;
mod store;
mod tasks;
mod text;

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
use serde_json::Value;
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
        self.shared.store().hold_tasks(held);
    }

    /// The next task is accepted, and fails when its turn comes.
    pub fn fail_next_task(&self) {
        self.shared.store().fail_next_task();
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
        return ApiError::internal("The disk is on fire.").into_response();
    }
    let routed = authorize(&uri, &headers).and_then(|()| routes::route(&mut shared.store(), &method, &uri, &body));
    match routed {
        Ok((status, body)) => (status, axum::Json(body)).into_response(),
        Err(error) => error.into_response(),
    }
}

fn authorize(uri: &Uri, headers: &HeaderMap) -> Result<(), ApiError> {
    if uri.path() == "/health" {
        return Ok(());
    }
    let Some(given) = headers.get(AUTHORIZATION) else {
        let message = "The Authorization header is missing. It must use the bearer authorization method.";
        return Err(ApiError::auth(
            StatusCode::UNAUTHORIZED,
            "missing_authorization_header",
            message,
        ));
    };
    if given.as_bytes() == format!("Bearer {}", MeilisearchStandIn::KEY).as_bytes() {
        return Ok(());
    }
    Err(ApiError::auth(
        StatusCode::FORBIDDEN,
        "invalid_api_key",
        "The provided API key is invalid.",
    ))
}
