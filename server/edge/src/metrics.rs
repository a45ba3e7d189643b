//! What the edge counts and times, for `/metrics`: operations of GraphQL by their first field, which the schema bounds (not
//! by the name that a client gives them), and requests of all else by their route. What is answered from what is kept is
//! counted with it, and not here: it costs nothing more.

use std::{
    borrow::Cow,
    sync::LazyLock,
    time::{Duration, Instant},
};

use async_graphql::parser::types::OperationType;
use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use prometheus_client::{
    metrics::{counter::Counter, family::Family, histogram::Histogram},
    registry::Registry,
};

use super::traces::Route;

type Labels = Vec<(&'static str, Cow<'static, str>)>;
type Counters = Family<Labels, Counter>;
type Timers = Family<Labels, Histogram, fn() -> Histogram>;

/// Upper bounds, in seconds.
const SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 20.0];

/// Upper bounds, in points.
const POINTS: [f64; 8] = [1.0, 10.0, 50.0, 200.0, 1_000.0, 5_000.0, 10_000.0, 20_000.0];

/// Where it went well.
const OK: &str = "OK";

static METRICS: LazyLock<Metrics> = LazyLock::new(Metrics::new);

struct Metrics {
    operations: Counters,
    operation_seconds: Timers,
    operation_cost: Timers,
    requests: Counters,
    request_seconds: Timers,
}

/// What is known of an operation once it has passed every check.
#[derive(Debug, Clone)]
pub(super) struct Measured {
    pub(super) kind: OperationType,
    /// The first of its root fields.
    pub(super) field: String,
    /// In points.
    pub(super) cost: usize,
}

/// Puts all of it into what is answered to those who watch, whose names begin as `registry` has it.
pub fn register(registry: &mut Registry) {
    let all = &*METRICS;
    let help =
        "GraphQL operations that were run or refused, by kind, first root field and code (OK, or the first error's)";
    registry.register("operations", help, all.operations.clone());
    let help = "Seconds that GraphQL operations took which were not answered from what is kept";
    registry.register("operation_seconds", help, all.operation_seconds.clone());
    let help = "What GraphQL operations cost, in points";
    registry.register("operation_cost_points", help, all.operation_cost.clone());
    let help = "Requests beside GraphQL and pages, by method, route and status";
    registry.register("http_requests", help, all.requests.clone());
    let help = "Seconds until these were answered";
    registry.register("http_request_seconds", help, all.request_seconds.clone());
}

/// A query or a mutation has ended. One that did not pass the checks is not `measured`.
pub(super) fn operation(measured: Option<&Measured>, code: Option<&str>, took: Duration) {
    let code = ("code", code.map_or(Cow::from(OK), |code| code.to_owned().into()));
    let Some(Measured { kind, field, cost }) = measured else {
        // What a document says that is not valid may be anything.
        let labels = vec![("kind", "none".into()), ("operation", "none".into()), code];
        METRICS.operations.get_or_create(&labels).inc();
        return;
    };
    let kind = ("kind", Cow::from(name(*kind)));
    let of = vec![kind.clone(), ("operation", field.clone().into())];
    let seconds = METRICS.operation_seconds.get_or_create(&of);
    seconds.observe(took.as_secs_f64());
    drop(seconds);
    let mut labels = of;
    labels.push(code);
    METRICS.operations.get_or_create(&labels).inc();
    METRICS.operation_cost.get_or_create(&vec![kind]).observe(*cost as f64);
}

/// What a kind of operation is called.
pub(super) fn name(kind: OperationType) -> &'static str {
    match kind {
        OperationType::Query => "query",
        OperationType::Mutation => "mutation",
        OperationType::Subscription => "subscription",
    }
}

/// Counts and times a request; put it around routes, whose path it takes for the request's name.
pub async fn measure(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or(Cow::from("none"), |route| route.as_str().to_owned().into());
    // A method may be any word.
    let method: Cow<'static, str> = match request.method().as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS") => known.to_owned().into(),
        _ => Cow::from("other"),
    };
    let began = Instant::now();
    let mut response = next.run(request).await;
    let status = response.status().as_str().to_owned();
    response.extensions_mut().insert(Route(route.clone()));
    let route = ("route", route);
    let seconds = METRICS.request_seconds.get_or_create(&vec![route.clone()]);
    seconds.observe(began.elapsed().as_secs_f64());
    drop(seconds);
    let labels = vec![("method", method), route, ("status", status.into())];
    METRICS.requests.get_or_create(&labels).inc();
    response
}

impl Metrics {
    fn new() -> Self {
        let timers = || Timers::new_with_constructor(|| Histogram::new(SECONDS));
        Self {
            operations: Counters::default(),
            operation_seconds: timers(),
            operation_cost: Timers::new_with_constructor(|| Histogram::new(POINTS)),
            requests: Counters::default(),
            request_seconds: timers(),
        }
    }
}
