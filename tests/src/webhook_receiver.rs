//! A stand-in for whoever is sent events: remembers each request, answers as it is told, and verifies signatures by its own
//! reading of Standard Webhooks.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::{net::TcpListener, task::JoinHandle};

/// Bytes of a block of SHA-256.
const BLOCK: usize = 64;

/// An open receiver; it closes when dropped.
pub struct WebhookReceiver {
    url: String,
    shared: Shared,
    task: JoinHandle<()>,
}

/// A request.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    pub id: String,
    pub timestamp: String,
    /// One or several, with spaces between.
    pub signature: String,
    pub body: String,
    pub event: Value,
    /// How it was answered; `None` where it was left without an answer.
    pub status: Option<u16>,
}

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    received: Vec<Received>,
    /// How the next are answered: `None` leaves one without an answer.
    next: VecDeque<Option<u16>>,
    always: Option<u16>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl WebhookReceiver {
    /// Opens one on a port of 127.0.0.1.
    ///
    /// # Errors
    /// When there is no port.
    pub async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/hook", listener.local_addr()?);
        let shared = Shared::default();
        let routes = Router::new().route("/hook", post(answer)).with_state(shared.clone());
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, routes).await {
                tracing::error!(%error, "the receiver of webhooks stopped");
            }
        });
        Ok(Self { url, shared, task })
    }

    /// Where it listens.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// How the next requests are answered, in this order; `None` leaves one without an answer.
    pub fn answer_next(&self, statuses: &[Option<u16>]) {
        self.shared.lock().next.extend(statuses);
    }

    /// How all that follow are answered; with 200 where it is `None`.
    pub fn answer_all(&self, status: Option<u16>) {
        self.shared.lock().always = status;
    }

    /// Everything so far.
    pub fn received(&self) -> Vec<Received> {
        self.shared.lock().received.clone()
    }

    /// Everything since the last time.
    pub fn take(&self) -> Vec<Received> {
        std::mem::take(&mut self.shared.lock().received)
    }
}

impl Drop for WebhookReceiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(shared): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let text = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let status = {
        let mut inside = shared.lock();
        let always = inside.always.unwrap_or(200);
        let status = inside.next.pop_front().unwrap_or(Some(always));
        inside.received.push(Received {
            id: text("webhook-id"),
            timestamp: text("webhook-timestamp"),
            signature: text("webhook-signature"),
            body: String::from_utf8_lossy(&body).into_owned(),
            event: serde_json::from_slice(&body).unwrap_or_default(),
            status,
        });
        status
    };
    let Some(status) = status else {
        return std::future::pending().await;
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match status.is_redirection() {
        true => (status, [(header::LOCATION, "/hook")], "elsewhere").into_response(),
        false => (status, "heard").into_response(),
    }
}

impl Received {
    /// Whether one of its signatures is of this secret.
    ///
    /// # Panics
    /// When the secret has not the form of one.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let key = secret.strip_prefix("whsec_").expect("a secret");
        let key = STANDARD.decode(key).expect("base64");
        let message = format!("{}.{}.{}", self.id, self.timestamp, self.body);
        let expected = format!("v1,{}", STANDARD.encode(hmac_sha256(&key, message.as_bytes())));
        self.signature.split(' ').any(|signature| signature == expected)
    }
}

/// RFC 2104, from its text.
fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut block = [0; BLOCK];
    match key.len() > BLOCK {
        true => block[..32].copy_from_slice(&Sha256::digest(key)),
        false => block[..key.len()].copy_from_slice(key),
    }
    let inner = [&block.map(|byte| byte ^ 0x36)[..], message].concat();
    let outer = [&block.map(|byte| byte ^ 0x5c)[..], &Sha256::digest(inner)].concat();
    Sha256::digest(outer).into()
}
