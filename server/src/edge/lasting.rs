//! Answers that last: event streams, thousands of them, in which nothing happens for hours. hyper holds two buffers of
//! 8 KiB for each connection, and room for whatever a request may lead to; such an answer is written here instead, on the
//! connection that hyper gives back, and holds little more than its socket. It is the last one of its connection.

use std::{
    convert::Infallible,
    future::pending,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::SystemTime,
};

use axum::{
    body::{Body, BodyDataStream, Bytes},
    http::{Method, Version, request::Parts, response},
    response::Response,
};
use futures::{StreamExt, stream};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::Notify,
};

use super::connection::Connection;

/// What is read of a client that goes on talking, though nothing else will be answered, before it is left.
const HEARD_BYTES_MAX: usize = 64 * 1024;

/// Stands in the extensions of an answer that lasts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lasts;

/// Stands there instead once it is [detached](detach), with its body: on its way out an answer comes by what compresses
/// bodies, which holds 5 KiB for one that it leaves as it is.
#[derive(Clone)]
struct Lasting(Arc<Mutex<Option<Body>>>);

/// Between a connection's requests, in whose extensions it stands, and whoever serves it.
#[derive(Debug, Clone, Default)]
pub(super) struct Handover(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    given: Mutex<Option<Box<Response>>>,
    is_given: Notify,
    /// Whether something of an answer before it is still on its way.
    is_behind: AtomicBool,
}

/// Takes the body out of an answer that lasts, where it can be written here: with chunks, and a body.
pub(super) fn detach(request: &Parts, response: &mut Response) {
    let is_possible = request.version == Version::HTTP_11 && request.method != Method::HEAD;
    let lasts = response.extensions_mut().remove::<Lasts>().is_some();
    if lasts && is_possible && request.extensions.get::<Handover>().is_some() {
        // As long as nobody knows.
        let unknown = Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
        let body = std::mem::replace(response.body_mut(), unknown);
        response
            .extensions_mut()
            .insert(Lasting(Arc::new(Mutex::new(Some(body)))));
    }
}

impl Handover {
    pub(super) fn fall_behind(&self) {
        self.0.is_behind.store(true, Ordering::Release);
    }

    pub(super) fn catch_up(&self) {
        self.0.is_behind.store(false, Ordering::Release);
    }

    /// Gives the answer back where hyper is to write it; where not, it is handed over, and nothing comes of this.
    pub(super) async fn filter(self, mut response: Response) -> Response {
        let Some(Lasting(body)) = response.extensions_mut().remove() else {
            return response;
        };
        if let Some(body) = lock(&body).take() {
            *response.body_mut() = body;
        }
        if self.0.is_behind.load(Ordering::Acquire) {
            return response;
        }
        *lock(&self.0.given) = Some(Box::new(response));
        self.0.is_given.notify_one();
        pending().await
    }

    /// An answer that lasts.
    pub(super) async fn taken(&self) -> Box<Response> {
        loop {
            self.0.is_given.notified().await;
            let given = lock(&self.0.given).take();
            if let Some(response) = given {
                return response;
            }
        }
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes the answer to its end, or to the client's.
pub(super) fn send(stream: Connection, response: Response) -> impl Future<Output = ()> + Send {
    let (head, body) = response.into_parts();
    write(stream, head_bytes(&head), body.into_data_stream())
}

async fn write(mut stream: Connection, head: Vec<u8>, mut chunks: BodyDataStream) {
    if stream.write_all(&head).await.is_err() {
        return;
    }
    drop(head);
    loop {
        let chunk = tokio::select! {
            biased;
            chunk = chunks.next() => chunk,
            () = gone(&mut stream) => return,
        };
        let written = match chunk {
            // An empty one would be the last.
            Some(Ok(chunk)) if chunk.is_empty() => continue,
            Some(Ok(chunk)) => {
                let size = format!("{:x}\r\n", chunk.len());
                let whole = [size.as_bytes(), &chunk, b"\r\n"].concat();
                stream.write_all(&whole).await
            }
            // Without its last chunk it has not ended well.
            Some(Err(_)) => return,
            None => {
                // Whoever is gone need not be told.
                let _ = stream.write_all(b"0\r\n\r\n").await;
                return;
            }
        };
        if written.is_err() {
            return;
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "what stands on the wire is the machine's time, as hyper writes it"
)]
fn head_bytes(head: &response::Parts) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {}\r\n", head.status).into_bytes();
    for (name, value) in &head.headers {
        bytes.extend_from_slice(name.as_str().as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(value.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    let date = httpdate::fmt_http_date(SystemTime::now());
    bytes.extend_from_slice(
        format!("date: {date}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n").as_bytes(),
    );
    bytes
}

/// Until the client has closed, or talks too much.
async fn gone(stream: &mut Connection) {
    let (mut heard, mut dropped) = (0, [0; 64]);
    while let Ok(read @ 1..) = stream.read(&mut dropped).await {
        heard += read;
        if heard > HEARD_BYTES_MAX {
            return;
        }
    }
}
