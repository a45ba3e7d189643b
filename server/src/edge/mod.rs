//! The edge: GraphQL over HTTP, Server-Sent Events and WebSockets, and what every answer carries.
//! It knows nothing of a shop: [`GraphqlEndpoint`] takes any executor, an [`Authenticate`] hook says
//! who asks, and [`finish`] wraps whatever routes the server has.

pub(crate) mod answer;
mod authenticate;
pub mod bodies;
mod charge;
mod client_address;
mod connection;
pub(crate) mod decode;
mod directed;
pub mod document;
mod drain;
pub(crate) mod endpoint;
pub mod error;
mod execution;
mod finish;
mod handover;
mod head;
mod http2;
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

pub use answer::Rejection;
pub use authenticate::{Admission, Authenticate, Caller, NotAdmitted, Unauthenticated};
pub use charge::{Asked, Charge, RateLimited, Standing, Standings};
pub use client_address::ClientAddress;
pub use directed::{ContentLanguage, Direct, GivenDirective};
pub use drain::Drain;
pub use endpoint::GraphqlEndpoint;
pub use finish::finish;
pub use kept::{Basis, IsKept, Keeper, KeptPages, KeptSettings, Sort, Told, Watch};
pub use late::Late;
pub(crate) use origin::is_allowed as is_origin_allowed;
pub use over_http::routes;
pub use places::Place;
pub use refusals::Room;
pub(crate) use repeat::{
    IDEMPOTENCY_KEY, IN_PROGRESS_MESSAGE, IN_PROGRESS_PAUSE_SECONDS, LOST_MESSAGE, REUSED_MESSAGE,
};
pub use repeat::{Keyed, NotBegun, Repeat, Repeats, Resolving};
pub use request_ids::RequestIds;
pub use security_headers::{CROSS_ORIGIN, CROSS_ORIGIN_RESOURCE_POLICY};
pub use serve::serve;
pub use settings::{HttpSettings, SocketSettings};
pub use traces::{Begun, ROUTE, STATUS, TARGET as TRACES, Tracing};
pub use wording::Wording;
