//! The money of an authorization on its way to us.

mod release;
mod request;
pub mod run;

pub(in crate::payments) use release::{is_rest_free, note_released};
pub use request::{CapturePayment, capture};
pub(in crate::payments) use request::{before_hold_ends, close, follow, request};
pub(crate) use request::{on_close, on_dispatch};
