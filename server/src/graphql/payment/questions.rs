use vitrine_commerce::{orders, payments};
use vitrine_entity::{
    capture,
    ids::{PaymentId, RefundId},
    payment, refund_line,
};

use crate::graphql::shared::questions;

questions! {
    /// Unscoped: whoever shows it asks whose it is.
    PaymentById(PaymentId) -> payment::Model = payments::by_id;
    LinesOfRefund(RefundId) -> Vec<refund_line::Model> = payments::lines_of_refunds;
    CapturesOfPayment(PaymentId) -> Vec<capture::Model> = orders::load::captures_of;
}
