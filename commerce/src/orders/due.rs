//! What of an order a payment is for.

use vitrine_entity::order;

/// What is left of the total once gift cards and store credit have paid their part.
pub fn due_minor(order: &order::Model) -> i64 {
    order.total_minor - order.credit_minor
}
