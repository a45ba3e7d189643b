//! Money that moves after an attempt has succeeded: captures and refunds. Each is a row of its own
//! whose id is the provider's key, so that however often its job runs, the money moves once.

mod amount;
pub(super) mod balance;
pub mod capture;
pub mod refund;

pub use capture::{CapturePayment, capture};
pub(crate) use capture::{on_close as capture_on_close, on_dispatch as capture_on_dispatch};
pub use refund::{
    OrderRefund, RefundLine, RefundLines, RefundOrder, RefundPayment, RefundReason, RefundShipping, Withheld,
    confirm as confirm_refund, lines_of_refunds, refund, refund_amount, refund_lines, refund_order,
};
pub(crate) use refund::{left_after, paid_for_units, pass_on, refund_difference, refund_excess};
