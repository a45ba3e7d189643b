//! The edge's bounds. Every wait, body, stream and queue has one.

use std::time::Duration;

use axum::http::{HeaderName, HeaderValue};
use ipnet::IpNet;

use super::traces::Tracing;

/// A whole request head; a `GET`'s query stands in it.
pub(super) const HEAD_BYTES_MAX: usize = 128 * 1024;

/// What the edge allows.
#[derive(Debug, Clone)]
pub struct HttpSettings {
    /// A longer body is refused with 413 before it is read.
    pub body_bytes_max: usize,
    /// A body that takes longer to arrive is answered with 408.
    pub body_timeout: Duration,
    /// A request head that is not complete within this time of its first byte is not waited for: its connection is closed. So is
    /// a stranger's that never sends one.
    pub header_timeout: Duration,
    /// How long a connection is kept without a request: longer than proxies keep theirs, which send requests into the close
    /// otherwise.
    pub idle_timeout: Duration,
    /// What the queries and mutations that run at once for one address may cost together, so that they leave others their
    /// part of the machine; a further one is answered with 429. One alone may cost more.
    pub running_cost_per_address: usize,
    /// How long one query or mutation may run.
    pub request_timeout: Duration,
    /// A client that takes nothing for this long is disconnected.
    pub write_timeout: Duration,
    /// Operations in one batch. 0 refuses batches.
    pub batch_operations_max: usize,
    /// Origins of other hosts whose pages may call this server, as `https://shop.example`.
    pub origins_allowed: Vec<String>,
    /// Whether pages of this machine (`http://localhost` at any port) may, too.
    pub local_origins_allowed: bool,
    /// Headers that pages of those origins may send and read, besides the edge's own.
    pub headers_allowed: Vec<HeaderName>,
    pub headers_exposed: Vec<HeaderName>,
    /// The headers that answers of the schema depend on, besides the edge's own.
    pub varies: Option<HeaderValue>,
    /// Whether the world reaches this server by HTTPS alone: browsers are told to keep to it.
    pub is_https: bool,
    /// Networks whose `X-Forwarded-For` and `Forwarded` are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Open connections; further ones wait to be accepted. With less than a tenth free, idle ones are closed.
    pub connections_max: usize,
    /// Of one address that is no trusted proxy's; a further one is closed at once.
    pub connections_per_address: usize,
    /// Queries and mutations that run at once; a further one is answered with 503, so that those inside
    /// are served as fast as ever.
    pub requests_max: usize,
    /// Open WebSockets and event streams together; further ones are answered with 503.
    pub streams_max: usize,
    /// Of one client's address; a further one is answered with 429.
    pub streams_per_address: usize,
    /// Between two comments on an event stream with nothing to say.
    pub sse_keepalive: Duration,
    /// How long a connection that is kept may still bring a request once the server stops, for it may be on its way already:
    /// closed at once, whoever sent it would not know what became of it. The answer says that it is the connection's last.
    pub last_request_timeout: Duration,
    /// How long open requests may take to end once the server stops.
    pub drain_timeout: Duration,
    /// Whether each request has a line in the log.
    pub access_log: bool,
    /// Who records requests as traces.
    pub tracing: Tracing,
    pub socket: SocketSettings,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            body_bytes_max: 1024 * 1024,
            body_timeout: Duration::from_secs(10),
            header_timeout: Duration::from_secs(30),
            idle_timeout: Duration::from_secs(130),
            request_timeout: Duration::from_secs(30),
            write_timeout: Duration::from_secs(15),
            batch_operations_max: 0,
            origins_allowed: Vec::new(),
            local_origins_allowed: false,
            headers_allowed: Vec::new(),
            headers_exposed: Vec::new(),
            varies: None,
            is_https: false,
            trusted_proxies: Vec::new(),
            connections_max: 20_000,
            connections_per_address: 1_000,
            requests_max: 1_000,
            running_cost_per_address: 60_000,
            streams_max: 12_000,
            streams_per_address: 500,
            sse_keepalive: Duration::from_secs(12),
            last_request_timeout: Duration::from_secs(1),
            drain_timeout: Duration::from_secs(25),
            access_log: false,
            tracing: Tracing::default(),
            socket: SocketSettings::default(),
        }
    }
}

/// What one WebSocket may do. The close codes stand in `websocket/mod.rs`.
#[derive(Debug, Clone)]
pub struct SocketSettings {
    /// Until `connection_init` has come and the caller is known.
    pub init_timeout: Duration,
    /// Between two pings; a peer that says nothing from one to the next is dropped.
    pub keepalive: Duration,
    pub message_bytes_max: usize,
    /// What is read at once, and held for it as long as the socket lives.
    pub read_buffer_bytes: usize,
    /// Operations running at once; a further one is answered with an `error` message.
    pub subscriptions_max: usize,
    /// Messages that may come at once, pings included; more close the socket.
    pub messages_burst: u32,
    /// How fast that allowance grows back.
    pub messages_per_second: u32,
}

impl Default for SocketSettings {
    fn default() -> Self {
        Self {
            init_timeout: Duration::from_secs(5),
            keepalive: Duration::from_secs(20),
            message_bytes_max: 256 * 1024,
            read_buffer_bytes: 1024,
            subscriptions_max: 32,
            messages_burst: 200,
            messages_per_second: 20,
        }
    }
}
