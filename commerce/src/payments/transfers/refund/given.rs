//! What claims have given for units of an order's lines, while those stayed with the shopper: where they come back after all, so much
//! of what was paid for them is back already.

use sea_orm::FromQueryResult;
use vitrine_entity::ids::{OrderClaimId, OrderId, OrderLineId};

use crate::{Result, Tx, pricing::allocate, sql};

/// A claim names no refund: one of its amount that is for no units paid it, unless none of those came through.
const GIVEN: &str = "select c.id as claim_id, c.amount_minor, l.order_line_id, l.quantity, o.total_minor, o.quantity as sold \
    from order_claim c join order_claim_line l on l.claim_id = c.id join order_line o on o.id = l.order_line_id \
    where c.order_id = $1 and c.kind <> 'RESEND' and exists (select 1 from order_refund f where f.order_id = c.order_id \
      and f.amount_minor = c.amount_minor and f.destination = case when c.kind = 'STORE_CREDIT' then 'STORE_CREDIT' else 'ORIGINAL' end \
      and not exists (select 1 from refund_line n where n.refund_id = f.id) \
      and not exists (select 1 from refund_share s join refund r on r.id = s.refund_id \
        where s.order_refund_id = f.id and r.status = 'FAILED')) order by c.id, l.order_line_id";

/// A line of a claim, with what was sold.
#[derive(Clone, Copy, FromQueryResult)]
struct Row {
    claim_id: OrderClaimId,
    amount_minor: i64,
    order_line_id: OrderLineId,
    quantity: i32,
    total_minor: i64,
    sold: i32,
}

impl Row {
    /// About what was paid for the units.
    fn paid_minor(&self) -> i64 {
        let paid_minor = i128::from(self.total_minor) * i128::from(self.quantity) / i128::from(self.sold.max(1));
        // An amount of which the units are more than all of the line's is none that was sold.
        i64::try_from(paid_minor).unwrap_or(self.total_minor)
    }
}

/// How much was given for each line of a locked order; a line may stand there several times.
pub(super) async fn of_order(tx: &Tx, order: OrderId) -> Result<Vec<(OrderLineId, i64)>> {
    let rows: Vec<Row> = sql::all(tx.db(), GIVEN, [order.into()]).await?;
    Ok(shares(&rows))
}

/// Shares what each claim gave among its lines, by what was paid for their units.
fn shares(rows: &[Row]) -> Vec<(OrderLineId, i64)> {
    let claims = rows.chunk_by(|a, b| a.claim_id == b.claim_id);
    let shares = claims.flat_map(|claim| {
        let paid: Vec<i64> = claim.iter().map(Row::paid_minor).collect();
        let given = allocate(claim[0].amount_minor, &paid);
        claim.iter().map(|row| row.order_line_id).zip(given)
    });
    shares.collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_is_given_for_several_lines_is_shared_by_what_they_cost() {
        let row = |claim: u128, line: u128, quantity: i32, total_minor: i64| Row {
            claim_id: OrderClaimId(Uuid::from_u128(claim)),
            amount_minor: 400,
            order_line_id: OrderLineId(Uuid::from_u128(line)),
            quantity,
            total_minor,
            sold: 2,
        };
        let rows = [row(1, 7, 1, 2_000), row(1, 8, 2, 3_000), row(2, 7, 1, 2_000)];
        let shares: Vec<_> = shares(&rows)
            .into_iter()
            .map(|(line, minor)| (line.0.as_u128(), minor))
            .collect();
        assert_eq!(shares, [(7, 100), (8, 300), (7, 400)]);
    }
}
