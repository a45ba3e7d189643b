//! Serves connections, within bounds that axum's own loop does not have: slow heads, clients that
//! take nothing, and how many there are.

use std::{convert::Infallible, io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{Router, extract::ConnectInfo, http::Request, middleware, response::Response};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
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
    http2::{self, IDLE_MAX, OpenRequests},
    lasting, places,
    refusals::Room,
    settings::{HEAD_BYTES_MAX, HttpSettings},
    shares::Shares,
};

/// Serves until the drain begins, then waits for what is open. Errors are the listener's own.
pub async fn serve(listener: TcpListener, routes: Router, settings: &HttpSettings, drain: Drain) -> io::Result<()> {
    let permits = places::Place::Connection.make(settings.connections_max);
    let shares = Shares::new(settings.connections_per_address);
    let proxies = TrustedProxies::new(&settings.trusted_proxies);
    let routes = routes.layer(middleware::from_fn(head::check));
    loop {
        let permit = Arc::clone(&permits);
        let accepted = tokio::select! {
            () = drain.begun() => break,
            accepted = accept(&listener, permit) => accepted,
        };
        let (stream, peer, permit) = accepted?;
        let is_proxy = proxies.trusts(peer.ip());
        let share = match is_proxy {
            true => None,
            false => match shares.take(peer.ip()) {
                Some(share) => Some(share),
                // Closed at once: what it would cost to say so is what the address has used up.
                None => {
                    Room::ConnectionOfAddress.refuse();
                    continue;
                }
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
            may_speak_http2: is_proxy,
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
    /// Whether it may: see [`http2`].
    may_speak_http2: bool,
    drain: Drain,
}

impl Served {
    async fn serve(mut self) {
        // Whoever says nothing is as good as gone.
        let first = tokio::time::timeout(self.header_timeout, http2::is_spoken(&self.stream));
        let first = tokio::select! {
            biased;
            first = first => first,
            () = self.drain.begun() => return,
        };
        match first {
            Ok(Ok(true)) if self.may_speak_http2 => Box::pin(self.serve_http2()).await,
            Ok(Ok(true)) => http2::decline(&mut self.stream).await,
            Ok(Ok(false)) => self.serve_http1().await,
            Ok(Err(_)) | Err(_) => {}
        }
    }

    async fn serve_http1(self) {
        let mut builder = http1::Builder::new();
        builder
            .timer(TokioTimer::new())
            .header_read_timeout(self.header_timeout)
            .max_buf_size(HEAD_BYTES_MAX);
        let handover = self.stream.handover();
        let given = handover.clone();
        let service = service(self.routes, self.peer).map_future(move |answer| {
            let handover = given.clone();
            async move { Ok::<_, Infallible>(handover.filter(answer.await?).await) }
        });
        let told = handover.clone();
        let service = service.map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(told.clone());
            request
        });
        let io = TokioIo::new(self.stream);
        let connection = builder.serve_connection(io, TowerToHyperService::new(service));
        let mut connection = connection.with_upgrades();
        let mut is_draining = false;
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
                () = self.drain.begun(), if !is_draining => {
                    is_draining = true;
                    std::pin::Pin::new(&mut connection).graceful_shutdown();
                }
            }
        };
        note(ended);
    }

    async fn serve_http2(self) {
        let requests = OpenRequests::new();
        let counted = requests.clone();
        let service = service(self.routes, self.peer).map_future(move |answer| {
            let request = counted.enter();
            async move { Ok::<_, Infallible>(answer.await?.map(|body| request.answered_by(body))) }
        });
        let io = TokioIo::new(self.stream);
        let mut connection = pin!(http2::builder().serve_connection(io, TowerToHyperService::new(service)));
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = over(&self.drain, &requests) => {
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

/// Until the server stops, or nothing was asked for long.
async fn over(drain: &Drain, requests: &OpenRequests) {
    tokio::select! {
        () = drain.begun() => {}
        () = requests.idle(IDLE_MAX) => {}
    }
}
