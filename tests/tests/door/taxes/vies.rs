//! Stands in for VIES: answers as it does, by the country of the number.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::json;
use tokio::{net::TcpListener, task::JoinHandle};

pub struct StandIn {
    base: String,
    asked: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl StandIn {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/rest-api", listener.local_addr().unwrap());
        let asked = Arc::<AtomicUsize>::default();
        let route = get(answer).with_state(asked.clone());
        let routes = Router::new().route("/rest-api/ms/{country}/vat/{number}", route);
        let task = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self { base, asked, task }
    }

    pub fn url(&self) -> String {
        self.base.clone()
    }

    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(asked): State<Arc<AtomicUsize>>, Path((country, number)): Path<(String, String)>) -> Response {
    asked.fetch_add(1, Ordering::SeqCst);
    let known = |is_valid: bool, error: &str| {
        Json(json!({ "isValid": is_valid, "userError": error, "vatNumber": number, "name": "---" })).into_response()
    };
    match country.as_str() {
        "AT" => known(true, "VALID"),
        "DK" => known(false, "INVALID"),
        "FI" => known(false, "MS_UNAVAILABLE"),
        "LU" => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        _ => "no JSON".into_response(),
    }
}
