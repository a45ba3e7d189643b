//! Serves connections, within bounds that axum's own loop does not have: slow heads, clients that
//! take nothing, and how many there are.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{Router, extract::ConnectInfo, http::Request};
use hyper::{
    body::Incoming,
    server::conn::{http1, http2},
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, Sleep},
};
use tower::ServiceExt;

use super::{drain::Drain, settings::HttpSettings};

/// A whole request head; a `GET`'s query stands in it.
const HEAD_BYTES_MAX: usize = 128 * 1024;

/// What every connection of HTTP/2 begins with (RFC 9113, section 3.4), and none of HTTP/1.1.
const HTTP2_PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// How long to wait for the rest of it, where a part has come.
const PREFACE_AGAIN: Duration = Duration::from_millis(10);

/// Requests that one connection of HTTP/2 may have open at once.
const HTTP2_STREAMS_MAX: u32 = 100;

/// Between two pings on a connection of HTTP/2, and how long one may stay without an answer.
const HTTP2_KEEPALIVE: (Duration, Duration) = (Duration::from_secs(20), Duration::from_secs(10));

/// Serves until the drain begins, then waits for what is open. Errors are the listener's own.
pub async fn serve(listener: TcpListener, routes: Router, settings: &HttpSettings, drain: Drain) -> io::Result<()> {
    let permits = std::sync::Arc::new(Semaphore::new(settings.connections_max));
    loop {
        let permit = std::sync::Arc::clone(&permits);
        let accepted = tokio::select! {
            () = drain.begun() => break,
            accepted = accept(&listener, permit) => accepted,
        };
        let (stream, peer, permit) = accepted?;
        let connection = Connection {
            stream: Timed::new(stream, settings.write_timeout),
            peer,
            routes: routes.clone(),
            header_timeout: settings.header_timeout,
            drain: drain.clone(),
        };
        drain.spawn(async move {
            connection.serve().await;
            drop(permit);
        });
    }
    drop(listener);
    if !drain.end(settings.drain_timeout).await {
        tracing::warn!("some requests did not end in time and were cut off");
    }
    Ok(())
}

/// The next connection, once there is room for it.
async fn accept(
    listener: &TcpListener,
    permits: std::sync::Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let permit = permits.acquire_owned().await.map_err(io::Error::other)?;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // A WebSocket's small messages should not wait to be sent together (Nagle). A socket that
                // refuses works all the same.
                let _ = stream.set_nodelay(true);
                return Ok((stream, peer, permit));
            }
            Err(error) => {
                // Out of file handles, or a connection that was gone already: others go on.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

struct Connection {
    stream: Timed,
    peer: SocketAddr,
    routes: Router,
    header_timeout: Duration,
    drain: Drain,
}

impl Connection {
    async fn serve(self) {
        let peer = self.peer;
        let service = self.routes.map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            request
        });
        let service = TowerToHyperService::new(service);
        // Whoever says nothing is as good as gone.
        let first = tokio::time::timeout(self.header_timeout, speaks_http2(&self.stream.stream));
        let first = tokio::select! {
            biased;
            first = first => first,
            () = self.drain.begun() => return,
        };
        let Ok(Ok(is_http2)) = first else { return };
        let io = TokioIo::new(self.stream);
        // Both builders make connections of their own types, which have the same two methods.
        macro_rules! until_drained {
            ($connection:expr) => {{
                let connection = $connection;
                tokio::pin!(connection);
                tokio::select! {
                    ended = connection.as_mut() => ended,
                    () = self.drain.begun() => {
                        connection.as_mut().graceful_shutdown();
                        connection.await
                    }
                }
            }};
        }
        let ended = match is_http2 {
            true => until_drained!(http2_builder().serve_connection(io, service)),
            false => {
                let mut builder = http1::Builder::new();
                builder
                    .timer(TokioTimer::new())
                    .header_read_timeout(self.header_timeout)
                    .max_buf_size(HEAD_BYTES_MAX);
                until_drained!(builder.serve_connection(io, service).with_upgrades())
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%error, "a connection ended early");
        }
    }
}

fn http2_builder() -> http2::Builder<TokioExecutor> {
    let (interval, timeout) = HTTP2_KEEPALIVE;
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .max_concurrent_streams(HTTP2_STREAMS_MAX)
        .max_header_list_size(HEAD_BYTES_MAX as u32)
        .keep_alive_interval(interval)
        .keep_alive_timeout(timeout);
    builder
}

/// Looks at a connection's first bytes, and leaves them for whoever reads.
async fn speaks_http2(stream: &TcpStream) -> io::Result<bool> {
    let mut first = [0; HTTP2_PREFACE.len()];
    loop {
        let read = stream.peek(&mut first).await?;
        if read == 0 || !HTTP2_PREFACE.starts_with(&first[..read]) {
            return Ok(false);
        }
        if read == first.len() {
            return Ok(true);
        }
        // What has come stays readable: there is nothing to wait for but time.
        tokio::time::sleep(PREFACE_AGAIN).await;
    }
}

/// A connection that fails once its peer has taken nothing for too long.
struct Timed {
    stream: TcpStream,
    timeout: Duration,
    /// Runs while a write waits.
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Timed {
    fn new(stream: TcpStream, timeout: Duration) -> Self {
        Self {
            stream,
            timeout,
            stalled: None,
        }
    }

    fn watch<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let until = Instant::now() + self.timeout;
        let stalled = self
            .stalled
            .get_or_insert_with(|| Box::pin(tokio::time::sleep_until(until)));
        ready!(stalled.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Timed {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Timed {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watch(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.watch(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
