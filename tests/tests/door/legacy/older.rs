//! An older system, as docs/moving.md describes it: it remembers what it was asked, and may be made to err.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

pub const TOKEN: &str = "of the shop";

#[derive(Default)]
struct Memory {
    carts: BTreeMap<String, Value>,
    orders: BTreeMap<String, Value>,
    /// The keys under which orders were written, in their order.
    keys: Vec<String>,
    is_away: bool,
}

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Memory>>);

pub struct OlderSystem {
    pub url: String,
    shared: Shared,
    serving: JoinHandle<()>,
}

impl Shared {
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OlderSystem {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/api", listener.local_addr().unwrap());
        let shared = Shared::default();
        let routes = Router::new()
            .route("/api/carts", post(begin))
            .route("/api/carts/{id}", get(cart))
            .route("/api/orders", post(place))
            .route("/api/orders/{number}", get(order).put(write))
            .route("/api/orders/{number}/payment", get(payment))
            .with_state(shared.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self { url, shared, serving }
    }

    /// From now on it answers nobody, or again.
    pub fn is_away(&self, is_away: bool) {
        self.shared.memory().is_away = is_away;
    }

    pub fn orders(&self) -> BTreeMap<String, Value> {
        self.shared.memory().orders.clone()
    }

    /// Says something else of an order than it was told.
    pub fn falsify(&self, number: &str, field: &str, value: Value) {
        self.shared.memory().orders.get_mut(number).unwrap()[field] = value;
    }

    pub fn keys(&self) -> Vec<String> {
        self.shared.memory().keys.clone()
    }
}

impl Drop for OlderSystem {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn answer(shared: &Shared, status: StatusCode, body: Option<Value>) -> Response {
    match (shared.memory().is_away, body) {
        (true, _) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        (false, None) => StatusCode::NOT_FOUND.into_response(),
        (false, Some(body)) => (status, Json(body)).into_response(),
    }
}

async fn begin(State(shared): State<Shared>, Json(body): Json<Value>) -> Response {
    let mut memory = shared.memory();
    let id = format!("old-cart-{}", memory.carts.len() + 1);
    let cart = json!({ "id": id, "currency": "EUR", "total": "10.00", "items": body["items"] });
    memory.carts.insert(id, cart.clone());
    drop(memory);
    answer(&shared, StatusCode::CREATED, Some(cart))
}

async fn cart(State(shared): State<Shared>, Path(id): Path<String>) -> Response {
    let cart = shared.memory().carts.get(&id).cloned();
    answer(&shared, StatusCode::OK, cart)
}

async fn place(State(shared): State<Shared>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    assert!(headers.contains_key("idempotency-key") && headers.contains_key("x-correlation-id"));
    let mut memory = shared.memory();
    let cart = memory.carts.get(body["cartId"].as_str().unwrap_or_default()).cloned();
    let number = format!("OLD-{}", memory.orders.len() + 1);
    let order = cart.map(|cart| {
        let items: Vec<Value> = cart["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| json!({ "sku": item["sku"], "quantity": item["quantity"], "total": "10.00" }))
            .collect();
        json!({ "number": number, "status": "paid", "currency": "EUR", "total": "10.00", "items": items })
    });
    if let Some(order) = &order {
        memory.orders.insert(number, order.clone());
    }
    drop(memory);
    answer(&shared, StatusCode::CREATED, order)
}

async fn order(State(shared): State<Shared>, Path(number): Path<String>) -> Response {
    let order = shared.memory().orders.get(&number).cloned();
    answer(&shared, StatusCode::OK, order)
}

async fn payment(State(shared): State<Shared>, Path(number): Path<String>) -> Response {
    let order = shared.memory().orders.get(&number).cloned();
    let payment = order.map(|order| json!({ "number": number, "status": order["status"], "amount": order["total"] }));
    answer(&shared, StatusCode::OK, payment)
}

async fn write(
    State(shared): State<Shared>,
    Path(number): Path<String>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Response {
    assert_eq!(headers["authorization"], format!("Bearer {TOKEN}"));
    if !shared.memory().is_away {
        let mut memory = shared.memory();
        memory
            .keys
            .push(headers["idempotency-key"].to_str().unwrap().to_owned());
        memory.orders.insert(number, body.clone());
    }
    answer(&shared, StatusCode::OK, Some(body))
}
