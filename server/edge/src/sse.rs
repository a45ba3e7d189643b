//! Server-Sent Events in the "distinct connections" mode of graphql-sse: one request, one
//! operation, `next` events, and `complete` at its end. What is wrong with the document comes as a
//! `next` too; only a mutation by `GET`, a token that
//! is not valid, and who asks too often, are refused before the stream opens.
//!
//! When the caller's token has expired, or opens something else by now, a last `next` says so by its error's code,
//! `UNAUTHENTICATED`, as the close code 4403 does on a WebSocket. A stream that ends without `complete` was ended because
//! the server stops: the client connects again.

use std::{convert::Infallible, net::IpAddr};

use async_graphql::Executor;
use axum::{
    http::{HeaderName, HeaderValue},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::{Stream, StreamExt, future::BoxFuture, stream::BoxStream};

use super::{
    answer::{Outcome, Rejection},
    authenticate::Admission,
    drain::Drain,
    endpoint::{GraphqlEndpoint, StreamPermit},
    error::{code, request_error},
    execution::Call,
    handover::Lasts,
    media::Media,
};

/// Of what refused an operation, what a client learns before the stream opens.
const TOLD_BY_STATUS: [&str; 3] = [code::METHOD_NOT_ALLOWED, code::UNAUTHENTICATED, code::RATE_LIMITED];

pub(super) async fn answer<E: Executor>(
    endpoint: &GraphqlEndpoint<E>,
    call: Call,
    admission: &Admission,
    address: Option<IpAddr>,
) -> Result<Response, Rejection> {
    let permit = endpoint.acquire_stream(address)?;
    let operation = call.operation();
    let mut outcomes = endpoint.stream(call);
    // Either the operation passes every check, or its first outcome says why not.
    let first = tokio::select! {
        biased;
        outcome = outcomes.next() => outcome,
        _ = operation.accepted() => None,
    };
    let first = match first {
        Some(refused) if !refused.ran && TOLD_BY_STATUS.contains(&refused.first_code().unwrap_or_default()) => {
            return Ok(refused.answer(Media::Json));
        }
        first => first,
    };
    let outcomes = futures::stream::iter(first).chain(outcomes).boxed();
    let events = events(outcomes, endpoint.drain().clone(), admission.end(), permit);
    let keepalive = KeepAlive::new().interval(endpoint.settings().sse_keepalive);
    let mut response = Sse::new(events).keep_alive(keepalive).into_response();
    // nginx would otherwise hold events back.
    let unbuffered = HeaderName::from_static("x-accel-buffering");
    response
        .headers_mut()
        .insert(unbuffered, HeaderValue::from_static("no"));
    response.extensions_mut().insert(Lasts);
    Ok(response)
}

fn events(
    mut outcomes: BoxStream<'static, Outcome>,
    drain: Drain,
    mut end: BoxFuture<'static, &'static str>,
    permit: StreamPermit,
) -> impl Stream<Item = Result<Event, Infallible>> {
    async_stream::stream! {
        let _permit = permit;
        let _open = drain.hold();
        loop {
            let outcome = tokio::select! {
                biased;
                () = drain.begun() => return,
                why = &mut end => {
                    let error = request_error(code::UNAUTHENTICATED, why);
                    yield Ok(next(&Outcome::refused(vec![error])));
                    break;
                }
                outcome = outcomes.next() => outcome,
            };
            match outcome {
                Some(outcome) => yield Ok(next(&outcome)),
                None => break,
            }
        }
        // A browser's EventSource drops an event without data.
        yield Ok(Event::default().event("complete").data("{}"));
    }
}

fn next(outcome: &Outcome) -> Event {
    let event = Event::default().event("next");
    match serde_json::to_string(&outcome.body()) {
        Ok(json) => event.data(json),
        // Only a map with keys other than strings could fail, and there is none.
        Err(error) => event.comment(error.to_string().replace(['\r', '\n'], " ")),
    }
}
