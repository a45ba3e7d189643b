//! The edge: GraphQL over HTTP, Server-Sent Events and WebSockets, and what every answer carries.
//! It knows no schema and no crate of ours: [`GraphqlEndpoint`] takes any executor, an [`Authenticate`] hook says
//! who asks, and [`finish()`] wraps whatever routes the server has. What it says to people speaks of `the shop`.
//!
//! A connection comes in by [`serve()`], which bounds how many there are and closes idle ones where places run out. A request is
//! [finished](finish()) on its way out, and comes to the endpoint over HTTP, an event stream or a WebSocket: there it is
//! negotiated and decoded, its caller is known, and it is answered from what is kept or run as an operation, whose
//! [`document`] was read and bounded before async-graphql sees it.
// `println!` and its like panic where nobody reads, and wait where nobody reads on.
#![warn(clippy::print_stdout, clippy::print_stderr)]

mod answer;
mod attachment;
mod authenticate;
pub mod bodies;
mod charge;
mod client_address;
mod connection;
mod decode;
mod directed;
pub mod document;
mod drain;
mod endpoint;
pub mod error;
mod execution;
mod finish;
mod handover;
mod head;
mod head_timer;
mod http2;
mod idle;
mod kept;
mod lasting;
mod late;
mod media;
pub mod metrics;
mod negotiate;
mod operation;
mod origin;
mod over_http;
mod places;
mod refusals;
mod repeat;
mod request_ids;
mod security_headers;
mod serve;
mod settings;
mod shares;
mod sse;
mod traces;
mod websocket;
mod wording;

pub use answer::{CHALLENGE, Rejection};
pub use attachment::attachment;
pub use authenticate::{Admission, Authenticate, Caller, NotAdmitted, Unauthenticated};
pub use charge::{Asked, Charge, RateLimited, Standing, Standings};
pub use client_address::ClientAddress;
pub use decode::{check_headers, read_body};
pub use directed::{ContentLanguage, Direct, GivenDirective};
pub use drain::Drain;
pub use endpoint::{GraphqlEndpoint, caller};
pub use finish::finish;
pub use idle::idle_connections_closed;
pub use kept::{Basis, IsKept, Keeper, KeptPages, KeptSettings, Sort, Told, Watch};
pub use late::Late;
pub use origin::is_allowed as is_origin_allowed;
pub use over_http::routes;
pub use places::Place;
pub use refusals::Room;
pub use repeat::{
    IDEMPOTENCY_KEY, IN_PROGRESS_MESSAGE, IN_PROGRESS_PAUSE_SECONDS, Keyed, LOST_MESSAGE, NotBegun, REUSED_MESSAGE,
    Repeat, Repeats, Resolving,
};
pub use request_ids::RequestIds;
pub use security_headers::{CROSS_ORIGIN, CROSS_ORIGIN_RESOURCE_POLICY, origin_of};
pub use serve::serve;
pub use settings::{HttpSettings, SocketSettings};
pub use traces::{Begun, Tracing};
pub use wording::Wording;
