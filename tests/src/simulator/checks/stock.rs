//! What was there at first, and came and went since, is what lies there and what was sent out; what orders wait
//! for has not come yet.

use std::collections::BTreeMap;

use sea_orm::{EntityTrait, FromQueryResult, QueryOrder, Statement, sea_query::Expr};
use vitrine_commerce::jobs::{Job, MailKind};
use vitrine_entity::stock_entry;

use crate::simulator::{model::Known, template::LOW, world::World};

#[derive(FromQueryResult)]
struct Sums {
    on_hand: i64,
    sold: i64,
    waiting: i64,
    on_the_way: i64,
    came_back: i64,
}

/// Counted by the orders' lines, not by what their holds say, but where units were paid back, which are not waited for: how many
/// those may hold at least stands in `invariants/mod.rs`.
const SUMS: &str = "select cast(coalesce(sum(on_hand), 0) as bigint) as on_hand, \
    cast(coalesce((select sum(l.quantity) from order_line l join orders o on o.id = l.order_id \
     where l.variant_id = $1 and o.status in ('CONFIRMED', 'DISPATCHED', 'COMPLETED') \
     and not exists (select 1 from refund_line p join order_line k on k.id = p.order_line_id where k.order_id = o.id)), 0) \
    + coalesce((select sum(r.quantity) from reservation r join orders o on o.id = r.order_id \
     where r.variant_id = $1 and r.state = 'DEDUCTED' and o.status in ('CONFIRMED', 'DISPATCHED', 'COMPLETED') \
     and exists (select 1 from refund_line p join order_line k on k.id = p.order_line_id where k.order_id = o.id)), 0) \
    + coalesce((select sum(b.quantity - b.filled) from backorder b join orders o on o.id = b.order_id \
     where b.variant_id = $1 and b.state = 'WAITING' and o.status = 'CONFIRMED' \
     and exists (select 1 from refund_line p join order_line k on k.id = p.order_line_id where k.order_id = o.id)), 0) \
    as bigint) as sold, \
    cast(coalesce((select sum(b.quantity - b.filled) from backorder b join orders o on o.id = b.order_id \
     where b.variant_id = $1 and b.state = 'WAITING' and o.status = 'CONFIRMED'), 0) as bigint) as waiting, \
    cast(coalesce((select sum(i.quantity - i.received - i.returned) from stock_transfer_line i \
     join stock_transfer t on t.id = i.transfer_id \
     where i.variant_id = $1 and t.shipped_at is not null), 0) as bigint) as on_the_way, \
    cast(coalesce((select sum(b.restocked) from order_return_line b join order_line l on l.id = b.order_line_id \
     where l.variant_id = $1), 0) as bigint) as came_back \
    from stock where variant_id = $1";

impl World {
    pub(super) async fn stock(&self) -> Vec<String> {
        // As they were written: clocks that are off number them otherwise.
        let written = stock_entry::Entity::find().order_by_asc(Expr::cust("rowid"));
        let entries = written.all(&self.db).await.expect("the stock's ledger");
        let mut found = Vec::new();
        for asked in &self.model.adjustments {
            let there: Vec<_> = entries
                .iter()
                .filter(|entry| entry.reason.as_deref() == Some(&*asked.reason))
                .collect();
            let as_told = match (&asked.known, there.as_slice()) {
                (Known::Done(()), [entry]) => (entry.variant_id, entry.on_hand_delta) == (asked.variant, asked.delta),
                (Known::Refused, []) | (Known::Unknown, [] | [_]) => true,
                _ => false,
            };
            if !as_told {
                found.push(format!(
                    "{} is {:?} to staff, and there are {}",
                    asked.reason,
                    asked.known,
                    there.len()
                ));
            }
        }
        for good in &self.template.goods {
            let adjusted: i64 = entries
                .iter()
                .filter(|entry| entry.variant_id == good.variant)
                .filter(|entry| {
                    self.model
                        .adjustments
                        .iter()
                        .any(|asked| entry.reason.as_deref() == Some(&*asked.reason))
                })
                .map(|entry| entry.on_hand_delta)
                .sum();
            let statement =
                Statement::from_sql_and_values(sea_orm::DatabaseBackend::Sqlite, SUMS, [good.variant.into()]);
            let sums = Sums::find_by_statement(statement)
                .one(&self.db)
                .await
                .expect("stock")
                .expect("a sum");
            let mut of_it = entries.iter().filter(|entry| entry.variant_id == good.variant);
            if !good.tracked && of_it.any(|entry| entry.reserved_delta != 0) {
                found.push(format!("stock of {} was taken, which nobody counts", good.sku));
            }
            // What nobody counts is sold and lies there as before.
            let sold = match good.tracked {
                true => sums.sold - sums.waiting - sums.came_back,
                false => 0,
            };
            if good.on_hand + adjusted != sums.on_hand + sums.on_the_way + sold {
                found.push(format!(
                    "of {} there were {} and {adjusted} came; {} lie there, {} are on the way, and {} were sold, {} of which are waited for and {} are back",
                    good.sku, good.on_hand, sums.on_hand, sums.on_the_way, sums.sold, sums.waiting, sums.came_back
                ));
            }
        }
        found.extend(self.low_stock(&entries).await);
        found
    }

    /// Staff are told once whenever little is left, and again only after there was more.
    async fn low_stock(&self, entries: &[stock_entry::Model]) -> Vec<String> {
        let jobs: Vec<Job> = self
            .jobs_ever()
            .await
            .into_iter()
            .filter_map(|row| serde_json::from_value(row.job).ok())
            .collect();
        let mut found = Vec::new();
        for good in &self.template.goods {
            let of_it = entries.iter().filter(|entry| entry.variant_id == good.variant);
            let mut by_location: BTreeMap<_, Vec<_>> = BTreeMap::new();
            for entry in of_it {
                let change = entry.on_hand_delta - entry.reserved_delta;
                by_location.entry(entry.location_id).or_default().push(change);
            }
            let crossings: usize = match good.tracked {
                true => by_location.into_values().map(crossings).sum(),
                false => 0,
            };
            let mail = MailKind::LowStock { variant: good.variant };
            let told = Job::SendMail { mail };
            let told = jobs.iter().filter(|job| **job == told).count();
            if told != crossings {
                found.push(format!(
                    "{} ran low {crossings} times and staff were told {told} times",
                    good.sku
                ));
            }
        }
        found
    }
}

fn crossings(changes: Vec<i64>) -> usize {
    let (mut available, mut is_told, mut crossings) = (0, false, 0);
    for change in changes {
        available += change;
        if available > i64::from(LOW) {
            is_told = false;
        } else if change < 0 && !is_told {
            is_told = true;
            crossings += 1;
        }
    }
    crossings
}
