//! `/health/live`: the process runs. `/health/ready` (and `/health`): it can serve, which a load
//! balancer asks before it sends shoppers here.

use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use futures::{FutureExt, future::BoxFuture};
use serde::Serialize;
use tokio::{sync::Mutex, time::Instant};
use vitrine_edge::Drain;

/// A probe that waits longer has its answer.
const CHECK_TIMEOUT: Duration = Duration::from_secs(3);

/// How old an answer may be: however many ask, the components are asked once a second at most.
const AGE_MAX: Duration = Duration::from_secs(1);

/// How one thing that the server needs is doing.
#[derive(Debug, Clone, Serialize)]
pub struct ComponentHealth {
    pub name: &'static str,
    pub ok: bool,
    /// Without a required one the server is not ready; without another it is only degraded.
    pub required: bool,
    /// Read by anybody who can reach the server: no address, no secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<&'static str>,
}

/// The routes. `ready` looks at every component, and is asked for each probe.
pub fn routes<Ready, Answer>(drain: Drain, ready: Ready) -> Router
where
    Ready: Fn() -> Answer + Send + Sync + 'static,
    Answer: Future<Output = Vec<ComponentHealth>> + Send + 'static,
{
    let probe = Probe {
        drain,
        ready: Arc::new(move || ready().boxed()),
        last: Arc::default(),
    };
    Router::new()
        .route(
            "/health/live",
            get(|| async {
                Json(Report {
                    status: "live",
                    components: vec![],
                })
            }),
        )
        .route("/health/ready", get(answer))
        .route("/health", get(answer))
        .with_state(probe)
}

#[derive(Clone)]
struct Probe {
    drain: Drain,
    ready: Arc<dyn Fn() -> BoxFuture<'static, Vec<ComponentHealth>> + Send + Sync>,
    /// Who asks while another's question is on its way gets the same answer.
    last: Arc<Mutex<Option<(Instant, StatusCode, Report)>>>,
}

#[derive(Clone, Serialize)]
struct Report {
    status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    components: Vec<ComponentHealth>,
}

async fn answer(State(probe): State<Probe>) -> Response {
    let (status, report) = probe.report().await;
    let mut response = (status, Json(report)).into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

impl Probe {
    async fn report(&self) -> (StatusCode, Report) {
        if self.drain.has_begun() {
            return unavailable("draining", vec![]);
        }
        let mut last = self.last.lock().await;
        if let Some((at, status, report)) = &*last
            && at.elapsed() < AGE_MAX
        {
            return (*status, report.clone());
        }
        let (status, report) = self.ask().await;
        *last = Some((Instant::now(), status, report.clone()));
        (status, report)
    }

    async fn ask(&self) -> (StatusCode, Report) {
        let Ok(components) = tokio::time::timeout(CHECK_TIMEOUT, (self.ready)()).await else {
            return unavailable("timed out", vec![]);
        };
        let broken = |component: &ComponentHealth| !component.ok;
        if components.iter().any(|component| component.required && !component.ok) {
            return unavailable("unavailable", components);
        }
        let status = if components.iter().any(broken) {
            "degraded"
        } else {
            "ready"
        };
        (StatusCode::OK, Report { status, components })
    }
}

fn unavailable(status: &'static str, components: Vec<ComponentHealth>) -> (StatusCode, Report) {
    (StatusCode::SERVICE_UNAVAILABLE, Report { status, components })
}
