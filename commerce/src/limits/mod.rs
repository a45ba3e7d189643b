//! Who may ask how often. [`policy`] is the table; what is counted here is shared by all servers
//! ([`crate::ports::rate_limit`]).
//!
//! The doors [`take`] what an operation is, by the address and by the caller. What tries an account or sends it
//! a mail counts by that account, too ([`account`]), and wrong tokens of an order by the order ([`order_token`]).

pub mod account;
mod address;
pub mod order_token;
pub mod policy;
mod take;

pub use address::network;
pub use policy::Kind;
pub use take::{Limited, Report, take};
