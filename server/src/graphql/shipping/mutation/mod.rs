//! What staff change about zones and methods.

mod change;
pub mod method;
pub mod zone;
