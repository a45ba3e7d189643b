use vitrine_commerce::{orders, payments};
use vitrine_entity::{capture, ids::PaymentId, payment};

use crate::graphql::shared::questions;

questions! {
    /// Unscoped: whoever shows it asks whose it is.
    PaymentById(PaymentId) -> payment::Model = payments::by_id;
    CapturesOfPayment(PaymentId) -> Vec<capture::Model> = orders::load::captures_of;
}
