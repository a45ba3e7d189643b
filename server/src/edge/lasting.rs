//! Answers that last: event streams, thousands of them, in which nothing happens for hours. hyper holds two buffers of
//! 8 KiB for each connection, and room for whatever a request may lead to; such an answer is written here instead, on the
//! connection that hyper gives back, and holds little more than its socket. It is the last one of its connection.

use std::{
    future::pending,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::SystemTime,
};

use axum::{
    http::{Method, Version, request::Parts},
    response::Response,
};
use futures::StreamExt;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::Notify,
};

use super::connection::Connection;

/// What is read of a client that goes on talking, though nothing else will be answered, before it is left.
const HEARD_BYTES_MAX: usize = 64 * 1024;

/// Stands in an answer's extensions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lasting;

/// Whether the answer to this request may be written here: what has chunks, and a body.
pub(super) fn is_possible(request: &Parts) -> bool {
    request.version == Version::HTTP_11 && request.method != Method::HEAD
}

/// Between a connection's requests and whoever serves it.
#[derive(Debug, Clone, Default)]
pub(super) struct Handover(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    given: Mutex<Option<Response>>,
    is_given: Notify,
    /// Whether something of an answer before it is still on its way.
    is_behind: AtomicBool,
}

impl Handover {
    pub(super) fn fall_behind(&self) {
        self.0.is_behind.store(true, Ordering::Release);
    }

    pub(super) fn catch_up(&self) {
        self.0.is_behind.store(false, Ordering::Release);
    }

    /// Gives the answer back where hyper is to write it; where not, it is handed over, and nothing comes of this.
    pub(super) async fn filter(self, response: Response) -> Response {
        let lasts = response.extensions().get::<Lasting>().is_some();
        if !lasts || self.0.is_behind.load(Ordering::Acquire) {
            return response;
        }
        *self.0.given.lock().unwrap_or_else(PoisonError::into_inner) = Some(response);
        self.0.is_given.notify_one();
        pending().await
    }

    /// An answer that lasts.
    pub(super) async fn taken(&self) -> Response {
        loop {
            self.0.is_given.notified().await;
            let given = self.0.given.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(response) = given {
                return response;
            }
        }
    }
}

/// Writes the answer to its end, or to the client's.
pub(super) async fn send(mut stream: Connection, response: Response) {
    let (head, body) = response.into_parts();
    if stream.write_all(&head_bytes(&head)).await.is_err() {
        return;
    }
    drop(head);
    let mut chunks = body.into_data_stream();
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
fn head_bytes(head: &axum::http::response::Parts) -> Vec<u8> {
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
