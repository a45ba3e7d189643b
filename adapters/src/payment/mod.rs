//! Takes payment. Each provider is an anti-corruption layer: what it says is translated here, and
//! none of its types goes further.

mod http;
pub mod klarna;
pub mod manual;
mod names;
pub mod paypal;
pub(crate) mod signature;
pub mod simulated;
pub mod stripe;
