//! Tells of parcels: carriers, and services that speak for many. What they send is translated here, and none of their words
//! goes further.

mod aftership;
mod own_form;
mod simulated;

pub use aftership::AfterShip;
pub use own_form::{OwnForm, SIGNATURE_HEADER};
pub use simulated::SimulatedCarrier;
