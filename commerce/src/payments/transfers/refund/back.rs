//! What of an order's lines and of its shipping is back, or on its way.
//!
//! A refund settles its lines one after the other, and then shipping, out of its shares in turn. Where a provider could not
//! pay its share, what that was to settle is not back, and the units of that refund may be paid back again, for the rest.
//! What a claim gave for units that stayed is back of their line, and they are not.

use std::collections::{BTreeMap, HashMap};

use sea_orm::FromQueryResult;
use vitrine_entity::{
    ids::{OrderId, OrderLineId, RefundId},
    refund::RefundStatus,
};

use super::given;
use crate::{Result, Tx, sql};

/// Of a line: how many units are back, and how much of what was paid for it. What the shop keeps of it counts as back with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct LineBack {
    pub(super) quantity: i64,
    pub(super) amount_minor: i64,
}

/// What of an order is back, or on its way.
#[derive(Debug, Default)]
pub(super) struct Back {
    pub(super) lines: HashMap<OrderLineId, LineBack>,
    pub(super) shipping_minor: i64,
}

/// A part of a refund, by what it is paid with.
#[derive(Debug, Clone, Copy)]
struct Share {
    amount_minor: i64,
    has_failed: bool,
}

#[derive(Clone, Copy, FromQueryResult)]
struct LineRow {
    refund_id: RefundId,
    order_line_id: OrderLineId,
    quantity: i32,
    amount_minor: i64,
    withheld_minor: i64,
}

#[derive(FromQueryResult)]
struct ShareRow {
    refund_id: RefundId,
    amount_minor: i64,
    status: RefundStatus,
}

#[derive(FromQueryResult)]
struct ShippingRow {
    id: RefundId,
    shipping_minor: i64,
}

const LINES: &str = "select l.refund_id, l.order_line_id, l.quantity, l.amount_minor, l.withheld_minor from refund_line l \
    join order_line o on o.id = l.order_line_id where o.order_id = $1 order by l.refund_id, l.order_line_id";

/// A refund that is no share of another is its own only one.
const SHARES: &str = "select s.order_refund_id as refund_id, s.amount_minor, coalesce(r.status, 'SUCCEEDED') as status, \
    s.position as position from refund_share s join order_refund o on o.id = s.order_refund_id \
    left join refund r on r.id = s.refund_id where o.order_id = $1 \
    union all select r.id, r.amount_minor, r.status, 0 from refund r \
    where r.order_id = $1 and not exists (select 1 from refund_share s where s.refund_id = r.id) \
    order by 1, 4";

/// What is back of a locked order, by lines.
pub(super) async fn of_order(tx: &Tx, order: OrderId) -> Result<Back> {
    let of = || [order.into()];
    let lines: Vec<LineRow> = sql::all(tx.db(), LINES, of()).await?;
    let shipping = "select id, shipping_minor from order_refund where order_id = $1 and shipping_minor > 0";
    let shipping: Vec<ShippingRow> = sql::all(tx.db(), shipping, of()).await?;
    let given = given::of_order(tx, order).await?;
    if lines.is_empty() && shipping.is_empty() && given.is_empty() {
        return Ok(Back::default());
    }
    let mut shares: HashMap<RefundId, Vec<Share>> = HashMap::new();
    for row in sql::all::<ShareRow>(tx.db(), SHARES, of()).await? {
        shares.entry(row.refund_id).or_default().push(Share {
            amount_minor: row.amount_minor,
            has_failed: row.status == RefundStatus::Failed,
        });
    }
    let mut back = sum(lines, &shipping, &shares);
    for (line, amount_minor) in given {
        back.lines.entry(line).or_default().amount_minor += amount_minor;
    }
    Ok(back)
}

fn sum(lines: Vec<LineRow>, shipping: &[ShippingRow], shares: &HashMap<RefundId, Vec<Share>>) -> Back {
    let shipping: HashMap<_, _> = shipping.iter().map(|row| (row.id, row.shipping_minor)).collect();
    let mut refunds: BTreeMap<RefundId, Vec<LineRow>> = BTreeMap::new();
    for id in shipping.keys() {
        refunds.entry(*id).or_default();
    }
    for line in lines {
        refunds.entry(line.refund_id).or_default().push(line);
    }
    let mut back = Back::default();
    for (id, lines) in refunds {
        let shares = shares.get(&id).map(Vec::as_slice).unwrap_or_default();
        let is_whole = shares.iter().all(|share| !share.has_failed);
        let items = lines.iter().map(|line| line.amount_minor);
        let items = items.chain(shipping.get(&id).copied());
        let mut settled = settled(items, shares).into_iter();
        for (line, amount_minor) in lines.iter().zip(settled.by_ref()) {
            let of_line = back.lines.entry(line.order_line_id).or_default();
            of_line.amount_minor += amount_minor;
            if is_whole {
                of_line.amount_minor += line.withheld_minor;
                of_line.quantity += i64::from(line.quantity);
            }
        }
        back.shipping_minor += settled.sum::<i64>();
    }
    back
}

/// How much of each item is back, of a refund whose shares settle them in turn.
fn settled(items: impl Iterator<Item = i64>, shares: &[Share]) -> Vec<i64> {
    let mut shares = shares.iter().copied();
    let mut share = shares.next();
    let settle = |item_minor: i64| {
        let (mut left_minor, mut back_minor) = (item_minor, 0);
        while let Some(paying) = &mut share
            && left_minor > 0
        {
            let part_minor = left_minor.min(paying.amount_minor);
            left_minor -= part_minor;
            paying.amount_minor -= part_minor;
            if !paying.has_failed {
                back_minor += part_minor;
            }
            if paying.amount_minor == 0 {
                share = shares.next();
            }
        }
        back_minor
    };
    items.map(settle).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shares() -> impl Strategy<Value = Vec<Share>> {
        let share = (1..5_000i64, any::<bool>()).prop_map(|(amount_minor, has_failed)| Share {
            amount_minor,
            has_failed,
        });
        prop::collection::vec(share, 1..5)
    }

    proptest! {
        #[test]
        fn what_is_back_of_all_items_is_what_did_not_fail(shares in shares(), cuts in prop::collection::vec(0.0..1.0f64, 0..5)) {
            let all: i64 = shares.iter().map(|share| share.amount_minor).sum();
            let mut places: Vec<i64> = cuts.iter().map(|cut| (all as f64 * cut) as i64).chain([0, all]).collect();
            places.sort_unstable();
            let items: Vec<i64> = places.windows(2).map(|pair| pair[1] - pair[0]).collect();
            let back = settled(items.iter().copied(), &shares);
            let paid = shares.iter().filter(|share| !share.has_failed).map(|share| share.amount_minor);
            prop_assert_eq!(back.iter().sum::<i64>(), paid.sum::<i64>());
            for (back, item) in back.iter().zip(&items) {
                prop_assert!((0..=*item).contains(back));
            }
        }
    }

    #[test]
    fn units_of_a_refund_that_failed_in_part_are_not_back_but_what_was_paid_is() {
        let (refund, line) = (
            RefundId(uuid::Uuid::from_u128(1)),
            OrderLineId(uuid::Uuid::from_u128(2)),
        );
        let row = LineRow {
            refund_id: refund,
            order_line_id: line,
            quantity: 1,
            amount_minor: 900,
            withheld_minor: 100,
        };
        let share = |amount_minor, has_failed| Share {
            amount_minor,
            has_failed,
        };
        let shipping = [ShippingRow {
            id: refund,
            shipping_minor: 50,
        }];
        let of = |shares| sum(vec![row], &shipping, &HashMap::from([(refund, shares)]));
        let half = of(vec![share(500, true), share(450, false)]);
        assert_eq!(
            (half.lines[&line], half.shipping_minor),
            (
                LineBack {
                    quantity: 0,
                    amount_minor: 400
                },
                50
            )
        );
        let whole = of(vec![share(500, false), share(450, false)]);
        assert_eq!(
            (whole.lines[&line], whole.shipping_minor),
            (
                LineBack {
                    quantity: 1,
                    amount_minor: 1_000
                },
                50
            )
        );
    }
}
