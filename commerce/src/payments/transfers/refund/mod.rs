//! Money on its way back to the shopper.

mod as_credit;
mod back;
mod begin;
mod confirm;
mod exchanged;
mod gift_cards;
mod given;
mod left;
mod lines;
mod order;
mod reason;
mod record;
mod request;
pub mod run;
mod settle;
mod tenders;
mod wanted;

pub use confirm::confirm;
pub(crate) use exchanged::pass_on;
pub(crate) use left::left_after;
pub use lines::{RefundLine, lines_of_refunds};
pub use order::{OrderRefund, RefundLines, RefundOrder, Withheld, refund_amount, refund_lines, refund_order};
pub(crate) use order::{paid_for_units, refund_difference, refund_excess};
pub use reason::RefundReason;
pub(in crate::payments) use request::request;
pub use request::{RefundPayment, refund};
pub(in crate::payments) use settle::{fail_late, succeed};
pub use wanted::RefundShipping;
