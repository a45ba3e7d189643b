//! Takes payment. Each provider is an anti-corruption layer: what it says is translated here, and
//! none of its types goes further.

pub mod manual;
pub(crate) mod signature;
pub mod simulated;
pub mod stripe;
