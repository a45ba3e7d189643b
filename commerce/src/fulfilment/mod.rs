//! What moves an order for a reason outside of it: its payment arrived, staff send it off, somebody cancels
//! it, or it was not paid in time.

mod cancel;
mod complete;
pub mod corrections;
pub(crate) mod deduct_stock;
mod dispatch;
pub mod edits;
mod expected_jobs;
pub(crate) mod expire;
pub(crate) mod fill_backorders;
mod lapsed_holds;
pub(crate) mod paid_back;
pub mod parcels;
mod tracking;
mod way;

pub(crate) use expected_jobs::EXPECTED_JOBS;
pub(crate) use lapsed_holds::with_lapsed_freed;

pub use cancel::{Cancel, cancel};
pub(crate) use cancel::{cancel_locked, require_refunds};
pub use complete::complete;
pub use dispatch::{Dispatch, dispatch};
