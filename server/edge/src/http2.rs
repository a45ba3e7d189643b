//! HTTP/2, by prior knowledge: how it is told from HTTP/1.1, and its bounds. A connection without requests is ended after
//! a while ([`OpenRequests`]), by GOAWAY: it holds one of the places that all share; sooner where these run out
//! ([`super::idle`]).
//!
//! It is spoken with trusted proxies alone, which end TLS before the server and have time-outs of their own: a client may
//! keep a stream's window shut, or a connection without streams, for as long as it answers pings, and hyper has no bound
//! for either. Strangers speak HTTP/1.1, and are told so in HTTP/2's own words.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::body::{Body, Bytes};
use hyper::{
    body::{Frame, SizeHint},
    server::conn::http2::Builder,
};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::{io::AsyncWriteExt, sync::watch, time::timeout};

use super::{connection::Connection, idle::Activity, settings::HEAD_BYTES_MAX};

/// What every connection of HTTP/2 begins with (RFC 9113, section 3.4), and none of HTTP/1.1.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// What a server begins with, and the end of it at once (RFC 9113, sections 6.5 and 6.8): no settings, and GOAWAY with the
/// code HTTP_1_1_REQUIRED.
const HTTP_1_1_REQUIRED: [u8; 26] = [
    0, 0, 0, 0x4, 0, 0, 0, 0, 0, // SETTINGS
    0, 0, 8, 0x7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xd, // GOAWAY
];

/// How long to wait for the rest of it, where a part has come, and how often: a client that sends it letter by letter
/// is one of HTTP/1.1 whose head does not come to its end.
const PREFACE_AGAIN: Duration = Duration::from_millis(10);
const PREFACE_LOOKS: usize = 20;

/// Requests that one connection of HTTP/2 may have open at once.
const STREAMS_MAX: u32 = 100;

/// Between two pings on a connection of HTTP/2, and how long one may stay without an answer.
const KEEPALIVE: (Duration, Duration) = (Duration::from_secs(20), Duration::from_secs(10));

/// The requests of a connection that are open: until the last byte of their answers, event streams included.
#[derive(Clone)]
pub(super) struct OpenRequests {
    open: watch::Sender<usize>,
    activity: Activity,
}

/// One of them, for as long as it is there.
pub(super) struct OpenRequest(OpenRequests);

impl OpenRequests {
    /// None yet. `activity`: the connection's.
    pub(super) fn new(activity: Activity) -> Self {
        activity.wait();
        Self {
            open: watch::Sender::new(0),
            activity,
        }
    }

    pub(super) fn enter(&self) -> OpenRequest {
        self.open.send_modify(|open| {
            *open += 1;
            self.activity.work();
        });
        OpenRequest(self.clone())
    }

    /// Pending until there has been none for `time`.
    pub(super) async fn idle(&self, time: Duration) {
        let mut open = self.open.subscribe();
        loop {
            let is_any = *open.borrow_and_update() > 0;
            // The sender is ours: it is there.
            match is_any {
                true => drop(open.changed().await),
                false if timeout(time, open.changed()).await.is_err() => return,
                false => {}
            }
        }
    }
}

impl Drop for OpenRequest {
    fn drop(&mut self) {
        let OpenRequests { open, activity } = &self.0;
        open.send_modify(|open| {
            *open -= 1;
            if *open == 0 {
                activity.wait();
            }
        });
    }
}

impl OpenRequest {
    /// The answer to it, which holds it open until it is sent or given up.
    pub(super) fn answered_by(self, body: Body) -> Body {
        Body::new(Answer { body, _request: self })
    }
}

struct Answer {
    body: Body,
    _request: OpenRequest,
}

impl hyper::body::Body for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

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
    for _ in 0..PREFACE_LOOKS {
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
    Ok(false)
}

/// Tells a stranger to come again by HTTP/1.1.
pub(super) async fn decline(stream: &mut Connection) {
    // Whoever is gone need not be told.
    let _ = stream.write_all(&HTTP_1_1_REQUIRED).await;
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[tokio::test]
    async fn a_connection_is_idle_once_its_last_answer_is_gone() {
        let activity = Activity::new(None, Instant::now());
        let (requests, soon) = (OpenRequests::new(activity), Duration::from_millis(1));
        let first = requests.enter().answered_by(Body::from("an answer"));
        let second = requests.enter();
        drop(second);
        let waited = timeout(Duration::from_millis(50), requests.idle(soon)).await;
        assert!(waited.is_err(), "an answer is under way");
        drop(first);
        requests.idle(soon).await;
    }
}
