//! What of an order a payment is for.

use vitrine_entity::order;

/// What is left of the total once gift cards and store credit have paid their part: they may have paid more than an order
/// costs since it was changed.
pub fn due_minor(order: &order::Model) -> i64 {
    (order.total_minor - order.credit_minor).max(0)
}
