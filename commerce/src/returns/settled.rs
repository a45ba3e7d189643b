//! Which units of an order are settled: paid back, sent again or made good. What is settled one way is not settled another, too,
//! unless staff say so.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use vitrine_entity::ids::{OrderId, OrderLineId};

use crate::{Result, Tx, orders::load, sql};

/// Units of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub(super) struct Settled {
    id: OrderLineId,
    quantity: i64,
    /// Of which the money is back, or on its way back.
    refunded: i64,
    /// Sent again by claims, or to be. An order that was cancelled sends nothing.
    again: i64,
    /// For which claims gave an amount.
    made_good: i64,
}

impl Settled {
    /// Units that may be paid back: they are not, and were not sent again.
    pub(super) fn unpaid(self) -> i64 {
        (self.quantity - self.refunded - self.again).max(0)
    }

    /// Units that may be sent again, of those that were sent.
    pub(super) fn may_be_resent(self, sent: i64) -> i64 {
        let unsettled = self.quantity - self.refunded - self.again - self.made_good;
        unsettled.min(sent - self.again).max(0)
    }

    /// Units for which an amount may be given, of those that were sent; some of them may have had one before.
    pub(super) fn may_be_made_good(self, sent: i64) -> i64 {
        self.unpaid().min(sent - self.again).max(0)
    }
}

/// Reads it for each line of a locked order.
pub(super) async fn of_order(tx: &Tx, order: OrderId) -> Result<HashMap<OrderLineId, Settled>> {
    let refunded = load::REFUNDED;
    let sql = format!(
        "select o.id, cast(o.quantity as bigint) as quantity, \
         cast(coalesce((select sum(l.quantity) from refund_line l where l.order_line_id = o.id and {refunded}), 0) \
         as bigint) as refunded, \
         cast(coalesce((select sum(l.quantity) from order_claim_line l join order_claim c on c.id = l.claim_id \
         join orders n on n.id = c.replacement_id where l.order_line_id = o.id and c.kind = 'RESEND' \
         and n.status <> 'CANCELLED'), 0) as bigint) as again, \
         cast(coalesce((select sum(l.quantity) from order_claim_line l join order_claim c on c.id = l.claim_id \
         where l.order_line_id = o.id and c.kind <> 'RESEND'), 0) as bigint) as made_good \
         from order_line o where o.order_id = $1"
    );
    let rows: Vec<Settled> = sql::all(tx.db(), &sql, [order.into()]).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_unit_is_settled_once() {
        let of = |refunded, again, made_good| Settled {
            id: OrderLineId(Uuid::nil()),
            quantity: 3,
            refunded,
            again,
            made_good,
        };
        let told = |settled: Settled, sent| {
            (
                settled.unpaid(),
                settled.may_be_resent(sent),
                settled.may_be_made_good(sent),
            )
        };
        assert_eq!(told(of(0, 0, 0), 3), (3, 3, 3));
        assert_eq!(told(of(1, 0, 0), 3), (2, 2, 2));
        assert_eq!(told(of(0, 1, 0), 3), (2, 2, 2));
        assert_eq!(
            told(of(0, 0, 1), 3),
            (3, 2, 3),
            "a part of the price may go back more than once"
        );
        assert_eq!(told(of(1, 1, 1), 3), (1, 0, 1));
        // What was paid back before it was sent is none of those that were.
        assert_eq!(told(of(1, 0, 0), 2), (2, 2, 2));
        assert_eq!(told(of(0, 1, 0), 2), (2, 1, 1));
        assert_eq!(told(of(0, 0, 5), 0), (3, 0, 0));
    }
}
