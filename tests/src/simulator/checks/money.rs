//! One payment an order, under one key; what staff asked to have paid back is paid back once; and
//! the comparison of the books finds nothing.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_commerce::orders::due_minor;
use vitrine_entity::{
    capture::{self, CaptureStatus},
    order, order_version, payment, reconciliation,
    reconciliation::ReconciliationStatus,
    reconciliation_finding::{self, FindingStatus},
    refund::{self, RefundStatus},
};

use crate::{
    invariants::found_by,
    simulator::{model::Known, world::World},
};

const WORTH_SENTENCE: &str = "more is kept of order {} than what its shopper has, and is still sent, cost";

/// Each unit that was paid back, by a return, an exchange or because it was never sent, takes off what it cost, but for the fee
/// that was withheld. Each is rounded down. An order with a refund that failed waits for staff; of one that was changed after units
/// were paid back, these had another part in what was taken off of all goods.
const WORTH: &str = "select o.number as name from orders o where o.status <> 'CANCELLED' \
    and not (exists (select 1 from order_version v where v.order_id = o.id) and exists (select 1 from refund_line b \
      join order_line l on l.id = b.order_line_id where l.order_id = o.id)) \
    and not exists (select 1 from refund f where f.order_id = o.id and f.status = 'FAILED') \
    and coalesce((select sum(p.captured_minor - p.credited_minor) from payment p where p.order_id = o.id), 0) \
      - coalesce((select sum(f.amount_minor) from refund f where f.order_id = o.id), 0) \
      + coalesce((select sum(c.amount_minor - c.returned_minor) from order_credit c where c.order_id = o.id), 0) \
    > o.total_minor - coalesce((select sum(l.total_minor * b.quantity / l.quantity - b.withheld_minor - 1) \
      from refund_line b join order_line l on l.id = b.order_line_id where l.order_id = o.id), 0)";

impl World {
    pub(super) async fn money(&self) -> Vec<String> {
        let mut found: Vec<_> = self
            .calls
            .rekeyed()
            .into_iter()
            .map(|call| format!("one thing was asked for under several keys: {call}"))
            .collect();
        found.extend(self.kept().await);
        found.extend(found_by(&self.db, &[(WORTH_SENTENCE, WORTH)]).await);
        found.extend(self.transfers().await);
        found.extend(self.findings().await);
        found
    }

    /// What the provider keeps of an order is never more than was left for it to pay; of one that was changed, that is asked of all
    /// that it is paid with (`invariants/payments.rs`).
    async fn kept(&self) -> Vec<String> {
        let payments = payment::Entity::find().all(&self.db).await.expect("payments");
        let order_of: HashMap<_, _> = payments.iter().map(|payment| (payment.id, payment.order_id)).collect();
        let mut kept: HashMap<_, i64> = HashMap::new();
        for charge in self.provider.ledger().await.expect("the provider's books") {
            if let Some(order) = order_of.get(&charge.payment) {
                *kept.entry(*order).or_default() += charge.captured_minor - charge.refunded_minor;
            }
        }
        let orders = order::Entity::find().all(&self.db).await.expect("orders");
        let of = |order: &order::Model| kept.get(&order.id).copied().unwrap_or_default();
        let versions = order_version::Entity::find().all(&self.db).await.expect("versions");
        let changed: HashSet<_> = versions.iter().map(|version| version.order_id).collect();
        orders
            .iter()
            .filter(|order| of(order) > due_minor(order) && !changed.contains(&order.id))
            .map(|order| format!("{} costs {} and {} is kept", order.number, due_minor(order), of(order)))
            .collect()
    }

    async fn transfers(&self) -> Vec<String> {
        let refunds = refund::Entity::find().all(&self.db).await.expect("refunds");
        let mut found: Vec<_> = refunds
            .iter()
            .filter(|refund| refund.status == RefundStatus::Requested)
            .map(|refund| format!("{} is still asked for", refund.id))
            .collect();
        for asked in &self.model.refunds {
            let there: Vec<_> = refunds.iter().filter(|refund| refund.reason == asked.reason).collect();
            let as_told = match (&asked.known, there.as_slice()) {
                (Known::Done(id), [refund]) => refund.id == *id,
                (Known::Refused, []) | (Known::Unknown, [] | [_]) => true,
                _ => false,
            };
            if !as_told {
                found.push(format!(
                    "{} is {:?} to staff, and there are {}",
                    asked.key,
                    asked.known,
                    there.len()
                ));
            }
        }
        let captures = capture::Entity::find().all(&self.db).await.expect("captures");
        let open = captures
            .iter()
            .filter(|capture| capture.status == CaptureStatus::Requested);
        found.extend(open.map(|capture| format!("{} is still asked for", capture.id)));
        found
    }

    async fn findings(&self) -> Vec<String> {
        let open = reconciliation_finding::Entity::find()
            .filter(reconciliation_finding::Column::Status.is_in([FindingStatus::Open, FindingStatus::Repairing]))
            .all(&self.db)
            .await
            .expect("findings");
        let mut found: Vec<_> = open
            .iter()
            .map(|finding| {
                format!(
                    "the books differ: {} ({:?} of {})",
                    finding.summary, finding.kind, finding.payment_id
                )
            })
            .collect();
        let running = reconciliation::Entity::find()
            .filter(reconciliation::Column::Status.eq(ReconciliationStatus::Running))
            .all(&self.db)
            .await
            .expect("reconciliations");
        found.extend(
            running
                .iter()
                .map(|run| format!("the reconciliation {} never ended", run.id)),
        );
        found
    }
}
