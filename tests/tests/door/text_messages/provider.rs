//! Whoever sends text messages, as Twilio's API has it: it remembers what it was asked, and may be made to err.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Form, Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};
use vitrine_adapters::config::{Secret, Twilio};

struct Memory {
    /// What the account is.
    status: &'static str,
    asked: Vec<BTreeMap<String, String>>,
    /// What it answers next; then it takes everything.
    answers: VecDeque<(u16, Value)>,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            status: "active",
            asked: Vec::new(),
            answers: VecDeque::new(),
        }
    }
}

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Memory>>);

pub struct SmsProvider {
    url: String,
    shared: Shared,
    serving: JoinHandle<()>,
}

impl Shared {
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SmsProvider {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Shared::default();
        let routes = Router::new()
            .route("/2010-04-01/Accounts/AC1.json", get(account))
            .route("/2010-04-01/Accounts/AC1/Messages.json", post(message))
            .with_state(shared.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self { url, shared, serving }
    }

    pub fn settings(&self) -> Twilio {
        Twilio {
            account_sid: "AC1".to_owned(),
            auth_token: Secret::new("a token"),
            from: "+15005550006".to_owned(),
            url: self.url.clone(),
            timeout_seconds: 15,
        }
    }

    pub fn answers(&self, status: u16, body: Value) {
        self.shared.memory().answers.push_back((status, body));
    }

    pub fn suspend(&self) {
        self.shared.memory().status = "suspended";
    }

    /// What it was asked to send, in its order.
    pub fn asked(&self) -> Vec<BTreeMap<String, String>> {
        self.shared.memory().asked.clone()
    }
}

impl Drop for SmsProvider {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// How somebody is answered who is not the account's.
fn stranger(headers: &HeaderMap) -> Option<Response> {
    // AC1:a token
    let is_known = headers
        .get("authorization")
        .is_some_and(|told| told == "Basic QUMxOmEgdG9rZW4=");
    let refused = Json(json!({ "code": 20003, "message": "Authenticate" }));
    (!is_known).then(|| (StatusCode::UNAUTHORIZED, refused).into_response())
}

/// Read, and not counted among what it was asked to send.
async fn account(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    let active = json!({ "sid": "AC1", "friendly_name": "A shop", "status": shared.memory().status, "type": "Full" });
    stranger(&headers).unwrap_or_else(|| Json(active).into_response())
}

async fn message(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Form(form): Form<BTreeMap<String, String>>,
) -> Response {
    if let Some(refused) = stranger(&headers) {
        return refused;
    }
    let mut memory = shared.memory();
    memory.asked.push(form);
    let taken = json!({ "sid": format!("SM{}", memory.asked.len()), "status": "queued" });
    let (status, body) = memory.answers.pop_front().unwrap_or((201, taken));
    (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
}
