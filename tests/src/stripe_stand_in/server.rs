//! The connections. A loop of our own, because axum's always answers: a fault must be able to cut
//! a connection without one, and to close the door on all of them.

use std::{convert::Infallible, sync::Arc};

use axum::{
    body::{Body, to_bytes},
    http::{Request, Response},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};
use tokio_util::sync::CancellationToken;

use super::{
    exchange::{self, Outcome},
    state::Shared,
};

const BODY_BYTES_MAX: usize = 1024 * 1024;

/// An open door; it closes when dropped, and cuts whoever is inside.
pub(super) struct Door {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Door {
    pub(super) fn open(listener: TcpListener, shared: Arc<Shared>) -> Self {
        let stop = CancellationToken::new();
        let task = tokio::spawn(accept_all(listener, shared, stop.clone()));
        Self { stop, task }
    }

    /// Returns when no connection is left and none is taken.
    pub(super) async fn shut(mut self) {
        self.stop.cancel();
        if let Err(error) = (&mut self.task).await {
            tracing::error!(%error, "the stand-in for Stripe stopped");
        }
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn accept_all(listener: TcpListener, shared: Arc<Shared>, stop: CancellationToken) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(serve(stream, Arc::clone(&shared)));
                }
                Err(error) => {
                    tracing::error!(%error, "the stand-in for Stripe takes no connections");
                    break;
                }
            },
        }
    }
    drop(listener);
    connections.shutdown().await;
}

async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    let service = service_fn(move |request| respond(Arc::clone(&shared), request));
    // A connection that was cut, by either side, is what the tests are about.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// The error upon which hyper closes a connection without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection is cut on purpose")]
struct Cut;

async fn respond(shared: Arc<Shared>, request: Request<Incoming>) -> Result<Response<Body>, Cut> {
    let (head, body) = request.into_parts();
    let body = to_bytes(Body::new(body), BODY_BYTES_MAX).await.map_err(|_| Cut)?;
    // In a task of its own: what was begun is finished, though the client goes away meanwhile.
    let outcome = tokio::spawn(exchange::exchange(shared, head, body)).await;
    match outcome {
        Ok(Outcome::Answer(answer)) => answer.into_response().map_err(|_: Infallible| Cut),
        Ok(Outcome::Cut) | Err(_) => Err(Cut),
    }
}
