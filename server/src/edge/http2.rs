//! HTTP/2, by prior knowledge: how it is told from HTTP/1.1, and its bounds.
//!
//! It is spoken with trusted proxies alone, which end TLS before the server and have time-outs of their own: a client may
//! keep a stream's window shut, or a connection without streams, for as long as it answers pings, and hyper has no bound
//! for either. Strangers speak HTTP/1.1.

use std::{io, time::Duration};

use hyper::server::conn::http2::Builder;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::{connection::Connection, settings::HEAD_BYTES_MAX};

/// What every connection of HTTP/2 begins with (RFC 9113, section 3.4), and none of HTTP/1.1.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// How long to wait for the rest of it, where a part has come.
const PREFACE_AGAIN: Duration = Duration::from_millis(10);

/// Requests that one connection of HTTP/2 may have open at once.
const STREAMS_MAX: u32 = 100;

/// Between two pings on a connection of HTTP/2, and how long one may stay without an answer.
const KEEPALIVE: (Duration, Duration) = (Duration::from_secs(20), Duration::from_secs(10));

pub(super) fn builder() -> Builder<TokioExecutor> {
    let (interval, timeout) = KEEPALIVE;
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS_MAX)
        .max_header_list_size(HEAD_BYTES_MAX as u32)
        .keep_alive_interval(interval)
        .keep_alive_timeout(timeout);
    builder
}

/// Looks at a connection's first bytes, and leaves them for whoever reads.
pub(super) async fn is_spoken(stream: &Connection) -> io::Result<bool> {
    let mut first = [0; PREFACE.len()];
    loop {
        let read = stream.peek(&mut first).await?;
        if read == 0 || !PREFACE.starts_with(&first[..read]) {
            return Ok(false);
        }
        if read == first.len() {
            return Ok(true);
        }
        // What has come stays readable: there is nothing to wait for but time.
        tokio::time::sleep(PREFACE_AGAIN).await;
    }
}
