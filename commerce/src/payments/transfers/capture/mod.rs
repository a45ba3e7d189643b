//! The money of an authorization on its way to us.

mod request;
pub mod run;

pub(crate) use request::on_dispatch;
pub use request::{CapturePayment, capture};
pub(in crate::payments) use request::{before_hold_ends, close, follow, request};
