//! How an answer that lasts comes from whoever made it to whoever writes it ([`super::lasting`]), past hyper and past what
//! compresses answers.

use std::{
    convert::Infallible,
    future::pending,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{
    body::{Body, Bytes},
    http::{Method, Version, request::Parts},
    response::Response,
};
use futures::stream;
use tokio::sync::Notify;

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
