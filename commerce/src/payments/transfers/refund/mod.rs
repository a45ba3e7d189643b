//! Money on its way back to the shopper.

mod confirm;
mod lines;
mod order;
mod reason;
mod request;
pub mod run;
mod settle;

pub use confirm::confirm;
pub use lines::{RefundLine, lines_of_refunds};
pub use order::{OrderRefund, RefundOrder, RefundTo, refund_order};
pub use reason::RefundReason;
pub(in crate::payments) use request::request;
pub use request::{RefundPayment, refund};
pub(in crate::payments) use settle::{fail_late, succeed};
