//! Serves connections, within bounds that axum's own loop does not have: slow heads, clients that
//! take nothing, and how many there are.

use std::{convert::Infallible, io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::ConnectInfo,
    http::{HeaderValue, Request, StatusCode, header},
    middleware,
    response::Response,
};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tower::{Service, ServiceExt};

use super::{
    client_address::TrustedProxies,
    connection::{Connection, Place},
    drain::Drain,
    head,
    head_timer::HeadTimer,
    http2::{self, OpenRequests},
    idle::{Activity, Connections},
    lasting, places,
    refusals::Room,
    settings::{HEAD_BYTES_MAX, HttpSettings},
    shares::Shares,
};

/// Serves until the drain begins, then waits for what is open. Errors are the listener's own.
pub async fn serve(listener: TcpListener, routes: Router, settings: &HttpSettings, drain: Drain) -> io::Result<()> {
    let permits = places::Place::Connection.make(settings.connections_max);
    let shares = Shares::new(settings.connections_per_address);
    let connections = Connections::new(settings.connections_max, settings.connections_per_address);
    let mut relief = pin!(connections.relieve());
    let proxies = TrustedProxies::new(&settings.trusted_proxies);
    let routes = routes.layer(middleware::from_fn(head::check));
    loop {
        let permit = Arc::clone(&permits);
        let accepted = tokio::select! {
            () = drain.begun() => break,
            // It has no end.
            () = relief.as_mut() => break,
            accepted = accept(&listener, permit) => accepted,
        };
        let (stream, peer, permit) = accepted?;
        let is_proxy = proxies.trusts(peer.ip());
        let address = (!is_proxy).then(|| peer.ip());
        let share = address.map(|address| shares.take(address));
        if let Some(address) = address {
            connections.note_share(address, shares.open(address));
        }
        if matches!(share, Some(None)) {
            // Closed at once: what it would cost to say so is what the address has used up.
            Room::ConnectionOfAddress.refuse();
            continue;
        }
        let entry = connections.enter(address);
        let activity = entry.activity();
        let place = Place {
            _permit: permit,
            _share: share.flatten(),
            entry,
        };
        let connection = Served {
            stream: Connection::new(stream, place, settings.write_timeout, drain.clone()),
            peer,
            routes: routes.clone(),
            header_timeout: settings.header_timeout,
            idle_timeout: settings.idle_timeout,
            last_request_timeout: settings.last_request_timeout,
            is_proxy,
            activity,
            connections: connections.clone(),
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
    idle_timeout: Duration,
    last_request_timeout: Duration,
    /// A trusted one: it may speak HTTP/2 (see [`http2`]), and open connections before it has requests for them.
    is_proxy: bool,
    activity: Activity,
    /// All of the server's.
    connections: Connections,
    drain: Drain,
}

impl Served {
    async fn serve(mut self) {
        // A stranger who says nothing is as good as gone.
        let patience = match self.is_proxy {
            true => self.idle_timeout,
            false => self.header_timeout,
        };
        let first = tokio::time::timeout(patience, http2::is_spoken(&self.stream));
        let first = tokio::select! {
            biased;
            first = first => first,
            () = last_requests(&self.drain, self.last_request_timeout) => return,
            () = self.activity.must_go() => return,
        };
        match first {
            Ok(Ok(true)) if self.is_proxy => Box::pin(self.serve_http2()).await,
            Ok(Ok(true)) => http2::decline(&mut self.stream).await,
            Ok(Ok(false)) => self.serve_http1().await,
            Ok(Err(_)) | Err(_) => {}
        }
    }

    async fn serve_http1(self) {
        let mut builder = http1::Builder::new();
        builder
            .timer(HeadTimer::new(
                self.stream.heard(),
                self.activity.clone(),
                self.header_timeout,
            ))
            .header_read_timeout(self.idle_timeout)
            .max_buf_size(HEAD_BYTES_MAX);
        let handover = self.stream.handover();
        let (given, drain, connections) = (handover.clone(), self.drain.clone(), self.connections);
        let service = service(self.routes, self.peer).map_future(move |answer| {
            let (handover, drain, connections) = (given.clone(), drain.clone(), connections.clone());
            async move {
                let mut response = handover.filter(answer.await?).await;
                if drain.has_begun() || connections.are_scarce() {
                    close_after(&mut response);
                }
                Ok::<_, Infallible>(response)
            }
        });
        let told = handover.clone();
        let service = service.map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(told.clone());
            request
        });
        let io = TokioIo::new(self.stream);
        let connection = builder.serve_connection(io, TowerToHyperService::new(service));
        let mut connection = connection.with_upgrades();
        let mut is_ending = false;
        let ended = loop {
            tokio::select! {
                biased;
                ended = &mut connection => break ended,
                response = handover.taken() => {
                    if let Some(parts) = connection.into_parts() {
                        self.drain.spawn(lasting::send(parts.io.into_inner(), *response));
                    }
                    return;
                }
                () = end_of_keeping(&self.drain, self.last_request_timeout, &self.activity), if !is_ending => {
                    is_ending = true;
                    std::pin::Pin::new(&mut connection).graceful_shutdown();
                }
            }
        };
        note(ended);
    }

    async fn serve_http2(self) {
        let requests = OpenRequests::new(self.activity.clone());
        let counted = requests.clone();
        let service = service(self.routes, self.peer).map_future(move |answer| {
            let request = counted.enter();
            async move { Ok::<_, Infallible>(answer.await?.map(|body| request.answered_by(body))) }
        });
        let io = TokioIo::new(self.stream);
        let mut connection = pin!(http2::builder().serve_connection(io, TowerToHyperService::new(service)));
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = over(&self.drain, &requests, self.idle_timeout, &self.activity) => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        note(ended);
    }
}

/// The routes, which know from whom a request comes.
fn service(
    routes: Router,
    peer: SocketAddr,
) -> impl Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send + 'static> + Clone {
    routes.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    })
}

fn note(ended: hyper::Result<()>) {
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

/// Says that the answer is the last of its connection, unless it makes a WebSocket of it.
fn close_after(response: &mut Response) {
    if response.status() != StatusCode::SWITCHING_PROTOCOLS {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
}

/// Until the server stops, and what was on its way then has come.
async fn last_requests(drain: &Drain, time: Duration) {
    drain.begun().await;
    tokio::time::sleep(time).await;
}

/// Until no further request is waited for: the server stops, or others need the place.
async fn end_of_keeping(drain: &Drain, last_request_timeout: Duration, activity: &Activity) {
    tokio::select! {
        () = last_requests(drain, last_request_timeout) => {}
        () = activity.must_go() => {}
    }
}

/// Until the server stops, nothing was asked for long, or others need the place.
async fn over(drain: &Drain, requests: &OpenRequests, idle_timeout: Duration, activity: &Activity) {
    tokio::select! {
        () = drain.begun() => {}
        () = requests.idle(idle_timeout) => {}
        () = activity.must_go() => {}
    }
}
