//! What the stand-ins for providers of payment have in common: connections that may be cut, and failures on command; and of
//! those that speak JSON the whole exchange, but for what a provider answers.

mod door;
mod exchange;
mod faults;
mod server;
mod shared;

pub use exchange::{Fault, Provider, Reply, Request, SeenRequest, Traffic};
pub use server::StandIn;

pub(crate) use door::{Answering, Door};
pub(crate) use exchange::header_of;
pub(crate) use faults::{Faults, matches};
