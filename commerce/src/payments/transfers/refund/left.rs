//! What of an order is still to be paid back, once units of its lines are.

use vitrine_entity::{order, order_line};

use super::{
    back::{self, Back},
    lines::RefundLine,
};
use crate::{Result, Tx, orders::load};

/// What is left of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Left {
    /// Units that are neither back nor on their way.
    pub(crate) units: i64,
    /// What was paid for shipping and is not, in minor units.
    pub(crate) shipping_minor: i64,
}

/// What of a locked order is left once units of `lines` are paid back, too. What a provider could not pay back is not back.
///
/// # Errors
/// When the database fails.
pub(crate) async fn left_after(tx: &Tx, order: &order::Model, lines: &[RefundLine]) -> Result<Left> {
    let sold = load::lines_on(tx.db(), order.id).await?;
    let back = back::of_order(tx, order.id).await?;
    let units = |line: &order_line::Model| {
        let before = back.lines.get(&line.id).map_or(0, |before| before.quantity);
        let now = lines.iter().filter(|now| now.line == line.id);
        let now: i64 = now.map(|now| i64::from(now.quantity)).sum();
        (i64::from(line.quantity) - before - now).max(0)
    };
    Ok(Left {
        units: sold.iter().map(units).sum(),
        shipping_minor: of_shipping(order, &sold, &back),
    })
}

/// What was paid for shipping, which is what was not paid for lines, and is not back.
pub(super) fn of_shipping(order: &order::Model, sold: &[order_line::Model], back: &Back) -> i64 {
    let of_lines: i64 = sold.iter().map(|line| line.total_minor).sum();
    order.total_minor - of_lines - back.shipping_minor
}
