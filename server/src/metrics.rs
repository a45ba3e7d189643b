//! `GET /metrics`: what those who watch the machines are told, in Prometheus' text format. What this process counts as it
//! works (`vitrine_commerce::metrics`, [`vitrine_edge::metrics`]) is an addition in memory; what stands in the database is
//! read when it is asked for.
//!
//! It is asked by whoever watches, again and again, and needs no token: nothing in it is a
//! person's. It has a port of its own, which the world need not reach (`metrics.address`), and a bound
//! of its own; however many ask, the database is asked once a second at most.

use std::{borrow::Cow, fmt, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use prometheus_client::registry::Registry;
use tokio::{sync::Mutex, time::Instant};
use vitrine_adapters::metrics::{self, CONTENT_TYPE, counters, gauges};
use vitrine_commerce::{
    Fault, Shop,
    gauges::{self as read, Gauges},
    metrics::{Labels, label},
    payments::{CircuitState, ProviderStatus},
    reader::ReplicaStatus,
    shown::Counts,
};
use vitrine_edge::{self as edge, Place, Room};

/// How old an answer may be.
const AGE_MAX: Duration = Duration::from_secs(1);

/// How long the database may take.
const TIMEOUT: Duration = Duration::from_secs(5);

pub fn routes(shop: Shop) -> Router {
    let scrape = Scrape {
        shop,
        last: Arc::default(),
    };
    Router::new().route("/metrics", get(answer)).with_state(scrape)
}

#[derive(Clone)]
struct Scrape {
    shop: Shop,
    /// Who asks while another's question is on its way gets the same answer.
    last: Arc<Mutex<Option<(Instant, String)>>>,
}

async fn answer(State(scrape): State<Scrape>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, CONTENT_TYPE),
        (header::CACHE_CONTROL, "no-store"),
    ];
    match tokio::time::timeout(TIMEOUT, scrape.text()).await {
        Ok(Ok(text)) => (headers, text).into_response(),
        Ok(Err(error)) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "the gauges could not be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
        Err(_) => {
            tracing::warn!("reading the gauges took too long");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

impl Scrape {
    async fn text(&self) -> vitrine_commerce::Result<String> {
        let mut last = self.last.lock().await;
        if let Some((at, text)) = &*last
            && at.elapsed() < AGE_MAX
        {
            return Ok(text.clone());
        }
        let replicas = self.shop.db.replicas().map(|replicas| replicas.statuses());
        let gauges = read::read(&self.shop).await?;
        let text = written(&gauges, &self.shop.showing().counts, &replicas.unwrap_or_default());
        let text = text.map_err(|error| Fault::other("writing what is told", error))?;
        *last = Some((Instant::now(), text.clone()));
        Ok(text)
    }
}

fn written(all: &Gauges, answers: &Counts, replicas: &[ReplicaStatus]) -> Result<String, fmt::Error> {
    let mut registry = metrics::registry();
    edge::metrics::register(registry.sub_registry_with_prefix("vitrine"));
    write_payments(&mut registry, all);
    write_jobs(&mut registry, all);
    write_webhooks(&mut registry, all);
    write_pools(&mut registry, all);
    write_replicas(&mut registry, replicas);
    write_rooms(&mut registry);
    write_answers(&mut registry, answers);
    metrics::text(&registry)
}

fn write_payments(registry: &mut Registry, all: &Gauges) {
    let of = |provider: &ProviderStatus| ("provider", Cow::from(provider.name));
    let help = "Whether the payment provider is called: 0 closed (it is), 1 half-open (one call at a time), 2 open (it is left alone)";
    let circuits = all
        .providers
        .iter()
        .map(|provider| (vec![of(provider)], level(provider.circuit)));
    gauges(registry, "vitrine_payment_circuit_state", help, circuits);
    let help = "Calls to the payment provider that failed in a row";
    let failures = all
        .providers
        .iter()
        .map(|provider| (vec![of(provider)], provider.failures.into()));
    gauges(registry, "vitrine_payment_circuit_failures", help, failures);
    let unsettled = all.providers.iter().flat_map(|provider| {
        let by_status = provider.unsettled.iter();
        by_status.map(move |(status, attempts)| (vec![of(provider), ("status", label(status))], *attempts))
    });
    let help = "Payment attempts whose outcome is open";
    gauges(registry, "vitrine_payments_unsettled", help, unsettled);
    let help =
        "Differences between the shop's books and a provider's, or within its own, that nobody has mended or dismissed";
    let open = [(Labels::new(), all.findings_open)];
    gauges(registry, "vitrine_reconciliation_findings_open", help, open);
    let by_kind = all.payment_findings_open.iter();
    let by_kind = by_kind.map(|(kind, open)| (vec![("kind", label(kind))], *open));
    let help = "Those between the payment ledger and a provider's, by kind: missing_here is money that a provider has taken and the shop knows nothing of";
    gauges(registry, "vitrine_payment_findings_open", help, by_kind);
    let help =
        "Orders of which the older system says otherwise, and that nobody has mended or left, counted up to a bound";
    let open = [(Labels::new(), all.legacy_findings_open)];
    gauges(registry, "vitrine_legacy_findings_open", help, open);
}

fn write_jobs(registry: &mut Registry, all: &Gauges) {
    let jobs = all.jobs.iter();
    let jobs = jobs.map(|(queue, state, jobs)| (vec![("queue", label(queue)), ("state", label(state))], *jobs));
    let help = "Jobs that are not done, counted up to 100000 a state";
    gauges(registry, "vitrine_jobs", help, jobs);
    let waiting = all.waiting.iter();
    let waiting = waiting.map(|(queue, waits)| (vec![("queue", label(queue))], waits.num_seconds()));
    let help = "Seconds since the job was due that is due the longest and that nobody has begun; of the queue search, by how much search may lag behind";
    gauges(registry, "vitrine_jobs_oldest_due_seconds", help, waiting);
}

fn write_webhooks(registry: &mut Registry, all: &Gauges) {
    let help = "Events that wait to be sent to an endpoint of webhooks, counted up to 100000";
    let waiting = [(Labels::new(), all.webhooks.deliveries)];
    gauges(registry, "vitrine_webhook_deliveries_pending", help, waiting);
    let help = "Seconds since the oldest of them was to be sent first";
    let oldest = [(Labels::new(), all.webhooks.age.num_seconds())];
    gauges(registry, "vitrine_webhook_deliveries_oldest_seconds", help, oldest);
}

fn write_pools(registry: &mut Registry, all: &Gauges) {
    let connections = all.pools.iter().flat_map(|pool| {
        let labels = |state: &'static str| vec![("pool", Cow::from(pool.name)), ("state", state.into())];
        [(labels("busy"), pool.busy), (labels("idle"), pool.idle)]
    });
    let help = "Connections to the database that this process has";
    gauges(registry, "vitrine_database_connections", help, connections);
    let max = all
        .pools
        .iter()
        .map(|pool| (vec![("pool", Cow::from(pool.name))], pool.max));
    let help = "Connections to the database that it may have";
    gauges(registry, "vitrine_database_connections_max", help, max);
}

/// As this process sees them.
fn write_replicas(registry: &mut Registry, all: &[ReplicaStatus]) {
    let of = |replica: &ReplicaStatus| vec![("replica", Cow::from(replica.number.to_string()))];
    let count = |is_used| all.iter().filter(|replica| replica.is_used == is_used).count();
    let states = [(true, "used"), (false, "left")].map(|(is_used, state)| {
        let count = i64::try_from(count(is_used)).unwrap_or(i64::MAX);
        (vec![("state", Cow::from(state))], count)
    });
    let help = "Replicas of the database that are read from, and those that are left because they are late or away";
    gauges(registry, "vitrine_database_replicas", help, states);
    let late = all.iter().filter_map(|replica| {
        let lag = i64::try_from(replica.lag?.as_millis()).unwrap_or(i64::MAX);
        Some((of(replica), lag))
    });
    let help = "By how many milliseconds what a replica shows is late at most; nothing where nobody knows";
    gauges(registry, "vitrine_database_replica_lag_milliseconds", help, late);
    let reads = all.iter().flat_map(|replica| {
        let outcome = |outcome: &'static str| [of(replica), vec![("outcome", Cow::from(outcome))]].concat();
        [
            (outcome("answered"), replica.answers),
            (outcome("failed"), replica.failures),
        ]
    });
    let help = "Statements that a replica was asked, by outcome; those that failed were asked of the primary";
    counters(registry, "vitrine_database_replica_reads", help, reads);
}

/// Of this process alone, as what follows.
fn write_rooms(registry: &mut Registry) {
    let by_room = |room: Room| vec![("room", Cow::from(room.name()))];
    let help = "Who was turned away for want of room: connections and streams of an address that has its share, streams, requests";
    let refused = Room::ALL.map(|room| (by_room(room), room.refused()));
    counters(registry, "vitrine_refused", help, refused);
    let help =
        "Connections without a request that were closed because few places were left, the server's or their address'";
    let closed = [(Labels::new(), edge::idle_connections_closed())];
    counters(registry, "vitrine_idle_connections_closed", help, closed);
    let taken = Place::ALL.map(|place| (vec![("place", Cow::from(place.name()))], place.taken()));
    let help = "Connections that are open, streams among them (WebSockets and event streams), and operations that run";
    gauges(
        registry,
        "vitrine_places_taken",
        help,
        taken.iter().map(|(of, (taken, _))| (of.clone(), *taken)),
    );
    let help = "How many of these there may be";
    gauges(
        registry,
        "vitrine_places",
        help,
        taken.iter().map(|(of, (_, all))| (of.clone(), *all)),
    );
}

fn write_answers(registry: &mut Registry, counts: &Counts) {
    let (answers, pages) = (&counts.answers, &counts.pages);
    let all = [
        (
            "vitrine_answers_hits",
            "Requests of GraphQL that were answered from what is kept",
            answers.hits(),
        ),
        (
            "vitrine_answers_misses",
            "Answers that were made, and could be kept",
            answers.misses(),
        ),
        (
            "vitrine_answers_drops",
            "Kept answers that were asked for when what they show had changed",
            answers.drops(),
        ),
        (
            "vitrine_pages_hits",
            "Requests of the storefront that were answered with a page that is kept",
            pages.hits(),
        ),
        (
            "vitrine_pages_misses",
            "Pages of the storefront that were made, and could be kept",
            pages.misses(),
        ),
        (
            "vitrine_pages_drops",
            "Kept pages that were asked for when what they show had changed",
            pages.drops(),
        ),
    ];
    for (name, help, value) in all {
        counters(registry, name, help, [(Labels::new(), value)]);
    }
    let gauge = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    let kept = [(Labels::new(), gauge(counts.kept()))];
    gauges(registry, "vitrine_answers", "Answers and pages that are kept", kept);
    let bytes = [(Labels::new(), gauge(counts.kept_bytes()))];
    let help = "Bytes that kept answers and pages take, about";
    gauges(registry, "vitrine_answers_bytes", help, bytes);
}

fn level(state: CircuitState) -> i64 {
    match state {
        CircuitState::Closed => 0,
        CircuitState::HalfOpen => 1,
        CircuitState::Open => 2,
    }
}
