//! `graphql-transport-ws`, the protocol of graphql-ws. async-graphql's own loop closes with codes
//! that graphql-ws does not know, takes a doubled id, and waits for `connection_init` for ever, so
//! this is a loop of our own.
//!
//! Close codes, as graphql-ws has them unless it says otherwise:
//!
//! | code | why |
//! | --- | --- |
//! | 1001 | the server is going away; connect again |
//! | 1002 | a frame against WebSocket's rules |
//! | 1007 | text that is not UTF-8 |
//! | 1009 | a message is too large |
//! | 4400 | a message that is no message of the protocol |
//! | 4401 | `subscribe` before `connection_init` was acknowledged |
//! | 4403 | the token was refused, or has expired: graphql-ws clients try again, with a new one |
//! | 4406 | the client does not speak `graphql-transport-ws` |
//! | 4408 | no `connection_init` in time |
//! | 4409 | an id that is still running |
//! | 4429 | a second `connection_init`; and, of our own, too many messages in a short time |
//! | 4500 | a fault of ours |
//!
//! A socket above the caps is refused with 503, or with 429 where its address has too many.
//! An operation above the cap is answered with an `error` message and the code `TOO_MANY_STREAMS`;
//! the socket and its other operations live on.

mod message;
mod session;
mod surrogates;
mod token_bucket;

use async_graphql::Executor;
use axum::{
    extract::{FromRequestParts, Request, State, ws::WebSocketUpgrade},
    http::{StatusCode, header, request::Parts},
    response::Response,
};
use tracing::{Instrument, Span};

use super::{
    answer::Rejection,
    authenticate::Caller,
    endpoint::{GraphqlEndpoint, StreamPermit, caller},
    error::code,
    origin,
    traces::Tracing,
    websocket::session::Session,
};

const PROTOCOL: &str = "graphql-transport-ws";

/// Messages are flushed one by one; more than a few frames never wait here.
const WRITE_BUFFER_BYTES_MAX: usize = 4 * 1024 * 1024;

/// `/graphql/ws`.
pub(super) async fn handle<E: Executor>(State(endpoint): State<GraphqlEndpoint<E>>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => open(endpoint, upgrade, &parts),
        Err(_) => {
            let message = "Here only WebSockets are spoken, as graphql-transport-ws.";
            Rejection::new(StatusCode::UPGRADE_REQUIRED, code::BAD_REQUEST, message)
                .with_header(header::UPGRADE, "websocket")
                .answer()
        }
    }
}

/// What a session begins with.
struct Opening<E> {
    endpoint: GraphqlEndpoint<E>,
    caller: Caller,
    permit: StreamPermit,
    span: Span,
    tracing: Tracing,
}

/// Opens a session, unless a foreign page asks or too many streams are open.
pub(super) fn open<E: Executor>(endpoint: GraphqlEndpoint<E>, upgrade: WebSocketUpgrade, parts: &Parts) -> Response {
    let caller = caller(parts);
    let address = caller.address;
    let permit = origin::check(&parts.headers, endpoint.settings());
    let permit = match permit.and_then(|()| endpoint.acquire_stream(address)) {
        Ok(permit) => permit,
        Err(rejection) => return rejection.answer(),
    };
    let bytes = endpoint.settings().socket.message_bytes_max;
    let span = tracing::info_span!("socket", correlation_id = %caller.ids.correlation_id);
    let read_buffer = endpoint.settings().socket.read_buffer_bytes;
    let tracing = parts.extensions.get::<Tracing>().copied().unwrap_or_default();
    // In a box: what a future is handed, and what it moves that to, both have room in it as long as it runs.
    let opening = Box::new(Opening {
        endpoint,
        caller,
        permit,
        span,
        tracing,
    });
    upgrade
        .protocols([PROTOCOL])
        .max_message_size(bytes)
        .max_frame_size(bytes)
        .read_buffer_size(read_buffer)
        .max_write_buffer_size(WRITE_BUFFER_BYTES_MAX)
        .on_upgrade(move |socket| {
            let Opening {
                endpoint,
                caller,
                permit,
                span,
                tracing,
            } = *opening;
            let open = endpoint.drain().hold();
            let session = Session::new(endpoint, caller.ids.clone(), tracing, socket);
            Box::pin(session.run(Box::new(caller), (permit, open)).instrument(span))
        })
}
