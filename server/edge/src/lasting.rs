//! Answers that last: event streams, thousands of them, in which nothing happens for hours. hyper holds two buffers of
//! 8 KiB for each connection, and room for whatever a request may lead to; such an answer is written here instead, on the
//! connection that hyper gives back, and holds little more than its socket. It is the last one of its connection.

use std::time::SystemTime;

use axum::{body::BodyDataStream, http::response, response::Response};
use futures::StreamExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::connection::Connection;

/// What is read of a client that goes on talking, though nothing else will be answered, before it is left.
const HEARD_BYTES_MAX: usize = 64 * 1024;

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
