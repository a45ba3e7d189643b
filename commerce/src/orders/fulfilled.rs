//! How far each line of an order has come: how many units stand packed, were sent, have arrived, and are still to be sent.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, FromQueryResult};
use vitrine_entity::{
    ids::{OrderId, OrderLineId},
    order, order_line,
};

use super::load::{self, REFUNDED};
use crate::{Result, Shop, Tx, sql};

/// The units of one line. What goes back to the shop without having been delivered is to be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct LineFulfilment {
    pub order_line_id: OrderLineId,
    pub order_id: OrderId,
    pub ordered: i64,
    /// Whether it is sent at all; a download is not.
    pub ships: bool,
    /// In parcels that have not left.
    pub packed: i64,
    /// In parcels that have left and have not come back to the shop: on their way, or delivered.
    pub sent: i64,
    pub delivered: i64,
    /// In parcels that ever left.
    pub left_house: i64,
    /// Paid back, or on their way back, before they were sent: as long as a line has units that were not sent, it is these
    /// that a refund is for.
    pub withdrawn: i64,
}

impl LineFulfilment {
    /// Units that no parcel holds and that are still to be sent.
    pub fn open(&self) -> i64 {
        match self.ships {
            true => (self.ordered - self.sent - self.withdrawn - self.packed).max(0),
            false => 0,
        }
    }

    /// Units for which money is due, as they have left: one that came back and was sent again is one. What was paid back was
    /// taken before.
    fn due(&self) -> i64 {
        (self.sent + self.withdrawn).min(self.left_house).min(self.ordered)
    }

    /// Units that may still leave, packed or not.
    pub fn unsent(&self) -> i64 {
        match self.ships {
            true => (self.ordered - self.sent - self.withdrawn).max(0),
            false => 0,
        }
    }
}

/// Where the goods of an order are, taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FulfilmentStatus {
    /// Nothing of it is sent.
    NotNeeded,
    /// Nothing has left, or what did came back and is to be sent again.
    Open,
    /// Something has left, and something is still to be sent.
    PartlyDispatched,
    /// All of it has left, and not all has arrived; also where all of it came back, and nothing is to be sent any more.
    Dispatched,
    Delivered,
}

/// Of an order of which anything is sent where `ships` says so.
pub fn fulfilment_status(ships: bool, lines: &[LineFulfilment]) -> FulfilmentStatus {
    let sum = |count: fn(&LineFulfilment) -> i64| lines.iter().map(count).sum::<i64>();
    let (unsent, sent, delivered) = (
        sum(LineFulfilment::unsent),
        sum(|line| line.sent),
        sum(|line| line.delivered),
    );
    let has_left = lines.iter().any(|line| line.left_house > 0);
    match (ships, unsent, sent) {
        (false, ..) => FulfilmentStatus::NotNeeded,
        // It came back, and was paid back.
        (true, 0, 0) if has_left => FulfilmentStatus::Dispatched,
        (true, _, 0) => FulfilmentStatus::Open,
        (true, 1.., _) => FulfilmentStatus::PartlyDispatched,
        (true, _, sent) if delivered < sent => FulfilmentStatus::Dispatched,
        _ => FulfilmentStatus::Delivered,
    }
}

/// What of an order's total belongs to what has left the house, in minor units: its lines by their units, to the minor unit, and all
/// that belongs to no line, as shipping does, with the first of them, whether that came back or not. What is not sent by parcel is
/// there from then on, too.
fn sent_minor(order: &order::Model, lines: &[order_line::Model], progress: &[LineFulfilment]) -> i64 {
    if !order.ships {
        return order.total_minor;
    }
    if progress.iter().all(|line| line.left_house == 0) {
        return 0;
    }
    let mut sent_minor = order.total_minor;
    for line in lines {
        let of_it = progress.iter().find(|progress| progress.order_line_id == line.id);
        let Some(of_it) = of_it.filter(|progress| progress.ships) else {
            continue;
        };
        let units = i128::from(of_it.due());
        let left_minor = i128::from(line.total_minor) * units / i128::from(of_it.ordered.max(1));
        // A part of an `i64` fits into one.
        sent_minor -= line.total_minor - left_minor as i64;
    }
    sent_minor.clamp(0, order.total_minor)
}

/// What has left the house of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sent {
    /// What of its total belongs to that.
    pub minor: i64,
    /// Whether nothing is left to be sent.
    pub is_all: bool,
}

/// What has left the house of an order, within a transaction.
pub(crate) async fn sent_on(tx: &Tx, order: &order::Model) -> Result<Sent> {
    let lines = load::lines_on(tx.db(), order.id).await?;
    let progress = fulfilment_on(tx.db(), order.id).await?;
    Ok(Sent {
        minor: sent_minor(order, &lines, &progress),
        is_all: progress.iter().all(|line| line.unsent() == 0),
    })
}

/// The units of each order's lines, in the lines' order, in one statement.
pub async fn fulfilment_of(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<LineFulfilment>>> {
    let mut all: HashMap<OrderId, Vec<LineFulfilment>> = HashMap::new();
    for line in read(&shop.db, orders).await? {
        all.entry(line.order_id).or_default().push(line);
    }
    Ok(all)
}

/// The units of one order's lines.
pub(crate) async fn fulfilment_on(db: &impl ConnectionTrait, order: OrderId) -> Result<Vec<LineFulfilment>> {
    read(db, &[order]).await
}

async fn read(db: &impl ConnectionTrait, orders: &[OrderId]) -> Result<Vec<LineFulfilment>> {
    let among = sql::among_parameter::<OrderId>(db, 1);
    // Refunds that failed are none, and what came back by a return had been sent; all else counts for units that were not sent,
    // as long as there are any.
    let sql = format!(
        "select order_line_id, order_id, ordered, ships, packed, sent, delivered, left_house, \
           case when sent >= ordered then 0 when refunded < ordered - sent then refunded else ordered - sent end as withdrawn \
         from (select l.id as order_line_id, l.order_id, l.position, cast(l.quantity as bigint) as ordered, \
             o.ships and (coalesce(v.requires_shipping, true) or not exists (select 1 from order_line m join variant w on w.id = m.variant_id \
               where m.order_id = l.order_id and w.requires_shipping)) as ships, \
             coalesce(p.packed, 0) as packed, coalesce(p.sent, 0) as sent, coalesce(p.delivered, 0) as delivered, \
             coalesce(p.left_house, 0) as left_house, \
             case when r.refunded > coalesce(t.returned, 0) then r.refunded - coalesce(t.returned, 0) else 0 end as refunded \
           from order_line l join orders o on o.id = l.order_id left join variant v on v.id = l.variant_id \
           left join (select i.order_line_id, \
               cast(sum(case when s.status = 'PACKED' then i.quantity else 0 end) as bigint) as packed, \
               cast(sum(case when s.status in ('PACKED', 'CANCELLED', 'RETURNED') then 0 else i.quantity end) as bigint) as sent, \
               cast(sum(case when s.status = 'DELIVERED' then i.quantity else 0 end) as bigint) as delivered, \
               cast(sum(case when s.status in ('PACKED', 'CANCELLED') then 0 else i.quantity end) as bigint) as left_house \
             from shipment s join shipment_line i on i.shipment_id = s.id where s.order_id {among} \
             group by i.order_line_id) p on p.order_line_id = l.id \
           left join (select l.order_line_id, cast(sum(l.quantity) as bigint) as refunded from refund_line l \
             join order_line b on b.id = l.order_line_id where b.order_id {among} and {REFUNDED} \
             group by l.order_line_id) r on r.order_line_id = l.id \
           left join (select t.order_line_id, cast(sum(t.refunded) as bigint) as returned from order_return_line t \
             join order_return n on n.id = t.return_id where n.order_id {among} group by t.order_line_id) t \
             on t.order_line_id = l.id \
           where l.order_id {among}) counted order by order_id, position"
    );
    Ok(sql::all(db, &sql, [sql::list(db, orders.iter().copied())]).await?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn line(ordered: i64, packed: i64, sent: i64, delivered: i64, withdrawn: i64) -> LineFulfilment {
        LineFulfilment {
            order_line_id: OrderLineId(Uuid::nil()),
            order_id: OrderId(Uuid::nil()),
            ordered,
            ships: true,
            packed,
            sent,
            delivered,
            left_house: sent,
            withdrawn,
        }
    }

    #[test]
    fn an_order_is_as_far_as_its_lines_together() {
        let of = |lines: &[LineFulfilment]| fulfilment_status(true, lines);
        assert_eq!(of(&[line(2, 1, 0, 0, 0)]), FulfilmentStatus::Open);
        assert_eq!(
            of(&[line(2, 0, 2, 2, 0), line(1, 1, 0, 0, 0)]),
            FulfilmentStatus::PartlyDispatched
        );
        assert_eq!(of(&[line(2, 0, 2, 1, 0)]), FulfilmentStatus::Dispatched);
        assert_eq!(of(&[line(2, 0, 1, 1, 1)]), FulfilmentStatus::Delivered);
        let came_back = |withdrawn| LineFulfilment {
            left_house: 2,
            ..line(2, 0, 0, 0, withdrawn)
        };
        assert_eq!(of(&[came_back(0)]), FulfilmentStatus::Open);
        assert_eq!(of(&[came_back(1)]), FulfilmentStatus::Open);
        assert_eq!(of(&[came_back(2)]), FulfilmentStatus::Dispatched);
        assert_eq!(
            of(&[line(2, 0, 0, 0, 2)]),
            FulfilmentStatus::Open,
            "none of it has left"
        );
        assert_eq!(of(&[came_back(2), line(1, 0, 1, 1, 0)]), FulfilmentStatus::Delivered);
        assert_eq!(
            fulfilment_status(false, &[line(1, 0, 0, 0, 0)]),
            FulfilmentStatus::NotNeeded
        );
        let download = LineFulfilment {
            ships: false,
            ..line(1, 0, 0, 0, 0)
        };
        assert_eq!(of(&[download, line(1, 0, 1, 1, 0)]), FulfilmentStatus::Delivered);
    }

    proptest! {
        #[test]
        fn what_is_open_was_ordered_and_is_nowhere_else(
            ordered in 1..50i64, packed in 0..50i64, sent in 0..50i64, withdrawn in 0..50i64,
        ) {
            let line = line(ordered, packed, sent, 0, withdrawn);
            prop_assert!(line.open() >= 0 && line.open() <= line.unsent());
            prop_assert!(line.open() == 0 || line.open() + packed + sent + withdrawn == ordered);
        }
    }
}
