//! Serves connections, within bounds that axum's own loop does not have: slow heads, clients that
//! take nothing, and how many there are.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, extract::ConnectInfo, http::Request, middleware};
use hyper::{
    body::Incoming,
    server::conn::{http1, http2},
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tower::ServiceExt;

use super::{
    client_address::TrustedProxies,
    connection::{Connection, Place},
    drain::Drain,
    host,
    settings::HttpSettings,
    shares::Shares,
};

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
    let permits = Arc::new(Semaphore::new(settings.connections_max));
    let shares = Shares::new(settings.connections_per_address);
    let proxies = TrustedProxies::new(&settings.trusted_proxies);
    let routes = routes.layer(middleware::from_fn(host::check));
    loop {
        let permit = Arc::clone(&permits);
        let accepted = tokio::select! {
            () = drain.begun() => break,
            accepted = accept(&listener, permit) => accepted,
        };
        let (stream, peer, permit) = accepted?;
        let share = match proxies.trusts(peer.ip()) {
            true => None,
            false => match shares.take(peer.ip()) {
                Some(share) => Some(share),
                // Closed at once: what it would cost to say so is what the address has used up.
                None => continue,
            },
        };
        let place = Place {
            _permit: permit,
            _share: share,
        };
        let connection = Served {
            stream: Connection::new(stream, place, settings.write_timeout, drain.clone()),
            peer,
            routes: routes.clone(),
            header_timeout: settings.header_timeout,
            drain: drain.clone(),
        };
        drain.spawn(connection.serve());
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
    permits: Arc<Semaphore>,
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

struct Served {
    stream: Connection,
    peer: SocketAddr,
    routes: Router,
    header_timeout: Duration,
    drain: Drain,
}

impl Served {
    async fn serve(self) {
        let peer = self.peer;
        let service = self.routes.map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            request
        });
        let service = TowerToHyperService::new(service);
        // Whoever says nothing is as good as gone.
        let Some(stream) = self.stream.tcp() else { return };
        let first = tokio::time::timeout(self.header_timeout, speaks_http2(stream));
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
