//! The connections. A loop of our own, because axum's always answers: a fault must be able to cut
//! a connection without one, and to close the door on all of them.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{Request, Response, request::Parts},
};
use futures::future::BoxFuture;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};
use tokio_util::sync::CancellationToken;

/// Answers a request; `None` cuts the connection.
pub(crate) type Answering = Arc<dyn Fn(Parts, Bytes) -> BoxFuture<'static, Option<Response<Body>>> + Send + Sync>;

const BODY_BYTES_MAX: usize = 1024 * 1024;

/// An open door; it closes when dropped, and cuts whoever is inside.
pub(crate) struct Door {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Door {
    pub(crate) fn open(listener: TcpListener, answering: Answering) -> Self {
        let stop = CancellationToken::new();
        let task = tokio::spawn(accept_all(listener, answering, stop.clone()));
        Self { stop, task }
    }

    /// Returns when no connection is left and none is taken.
    pub(crate) async fn shut(mut self) {
        self.stop.cancel();
        if let Err(error) = (&mut self.task).await {
            tracing::error!(%error, "a stand-in stopped");
        }
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn accept_all(listener: TcpListener, answering: Answering, stop: CancellationToken) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(serve(stream, Arc::clone(&answering)));
                }
                Err(error) => {
                    tracing::error!(%error, "a stand-in takes no connections");
                    break;
                }
            },
        }
    }
    drop(listener);
    connections.shutdown().await;
}

async fn serve(stream: TcpStream, answering: Answering) {
    let service = service_fn(move |request| respond(Arc::clone(&answering), request));
    // A connection that was cut, by either side, is what the tests are about.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// The error upon which hyper closes a connection without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection is cut on purpose")]
struct Cut;

async fn respond(answering: Answering, request: Request<Incoming>) -> Result<Response<Body>, Cut> {
    let (head, body) = request.into_parts();
    let body = to_bytes(Body::new(body), BODY_BYTES_MAX).await.map_err(|_| Cut)?;
    // In a task of its own: what was begun is finished, though the client goes away meanwhile.
    let answer = tokio::spawn(answering(head, body)).await;
    answer.ok().flatten().ok_or(Cut)
}
