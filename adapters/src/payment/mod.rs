//! Takes payment. Each provider is an anti-corruption layer: what it says is translated here, and
//! none of its types goes further.

mod fault;
mod http;
pub mod klarna;
pub mod manual;
mod names;
pub mod paypal;
mod setup;
pub(crate) mod signature;
pub mod simulated;
pub mod stripe;
#[cfg(test)]
mod testing;

pub use self::setup::SetupError;
