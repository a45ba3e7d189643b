//! Answers those who watch the machines, on a port of its own: Prometheus asks `/metrics`.

use std::{io, net::SocketAddr, time::Duration};

use axum::{
    Router,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use vitrine_adapters::metrics::{self, CONTENT_TYPE};

/// The pause before a port that was not to be had is asked for again.
const PAUSE: Duration = Duration::from_secs(5);

/// What a worker tells: of itself alone. What stands in the database, any server does.
pub fn routes() -> Router {
    Router::new().route("/metrics", get(answer))
}

async fn answer() -> Response {
    let headers = [
        (header::CONTENT_TYPE, CONTENT_TYPE),
        (header::CACHE_CONTROL, "no-store"),
    ];
    match metrics::text(&metrics::registry()) {
        Ok(text) => (headers, text).into_response(),
        Err(error) => {
            tracing::warn!(%error, "what is told cannot be written");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// Serves until `stop`. Where the port is not to be had the process works all the same, and asks again; `setting` names
/// the one that chooses it.
pub async fn serve(routes: Router, address: SocketAddr, setting: &'static str, stop: CancellationToken) {
    let mut is_told = false;
    while !stop.is_cancelled() {
        match listen(routes.clone(), address, &stop).await {
            Ok(()) => return,
            Err(error) if !std::mem::replace(&mut is_told, true) => {
                tracing::warn!(%address, %error,
                    "/metrics is not answered: is another process there? `{setting}` chooses another");
            }
            Err(_) => {}
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

async fn listen(routes: Router, address: SocketAddr, stop: &CancellationToken) -> io::Result<()> {
    let listener = TcpListener::bind(address).await?;
    axum::serve(listener, routes)
        .with_graceful_shutdown(stop.clone().cancelled_owned())
        .await
}
