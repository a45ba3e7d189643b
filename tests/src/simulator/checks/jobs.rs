//! No job is lost, invented, or done without its effect; no webhook counts twice; the search index
//! is the database's.

use std::collections::{BTreeMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use vitrine_commerce::{catalog::index, jobs::Job, ports::search::SearchDocument};
use vitrine_entity::{
    capture,
    order::{self, OrderStatus},
    order_event::{self, OrderEventKind},
    outbox::{self, OutboxState},
    payment, payment_entry,
    payment_entry::PaymentEntryKind,
    refund, withdrawal,
};

use crate::{invariants, simulator::world::World};

impl World {
    pub(super) async fn jobs(&self) -> Vec<String> {
        let mut found = invariants::unfinished_jobs(&self.db, |row| self.was_refused(row)).await;
        let jobs = self.jobs_ever().await;
        found.extend(self.handed_over(&jobs));
        found.extend(self.causes(&jobs).await);
        found.extend(self.webhooks().await);
        found.extend(self.index().await);
        found
    }

    /// A mail that the next hop refused for good.
    fn was_refused(&self, row: &outbox::Model) -> bool {
        let is_buried = row.state == OutboxState::Buried;
        match serde_json::from_value(row.job.clone()) {
            Ok(Job::SendOrderMail { order, event }) => {
                is_buried && self.mailer.refused().contains(&format!("{order}.{event}"))
            }
            Ok(Job::SendMail { .. }) => is_buried && self.mailer.refused().contains(&row.id.to_string()),
            _ => false,
        }
    }

    /// What the queue carried was committed.
    fn handed_over(&self, jobs: &[outbox::Model]) -> Vec<String> {
        let there: HashSet<_> = jobs.iter().map(|row| row.id).collect();
        let seen = self.queue.seen();
        let strangers = seen.iter().filter(|id| !there.contains(id));
        strangers
            .map(|id| format!("{id} was handed over and never committed"))
            .collect()
    }

    /// Each job is about something that is there, and everything that asks for a job has it.
    async fn causes(&self, jobs: &[outbox::Model]) -> Vec<String> {
        let jobs: Vec<Job> = jobs
            .iter()
            .filter_map(|row| serde_json::from_value(row.job.clone()).ok())
            .collect();
        let orders = order::Entity::find().all(&self.db).await.expect("orders");
        let events = order_event::Entity::find().all(&self.db).await.expect("timelines");
        let payments = payment::Entity::find().all(&self.db).await.expect("payments");
        let refunds = refund::Entity::find().all(&self.db).await.expect("refunds");
        let captures = capture::Entity::find().all(&self.db).await.expect("captures");
        let mut found = Vec::new();
        for job in &jobs {
            let has_cause = match job {
                Job::DeductStock { order } => events
                    .iter()
                    .any(|event| event.order_id == *order && event.status == OrderStatus::PaymentSuccess),
                Job::ExpireOrder { order } => orders.iter().any(|row| row.id == *order),
                Job::SendOrderMail { order, event } => {
                    events.iter().any(|row| row.order_id == *order && row.number == *event)
                }
                Job::ProcessPayment { payment } | Job::SettlePayment { payment } | Job::CheckPayment { payment } => {
                    payments.iter().any(|row| row.id == *payment)
                }
                Job::RefundPayment { refund } => refunds.iter().any(|row| row.id == *refund),
                Job::CapturePayment { capture } => captures.iter().any(|row| row.id == *capture),
                _ => true,
            };
            if !has_cause {
                found.push(format!("nothing asked for the job {job:?}"));
            }
        }
        let statements = withdrawal::Entity::find().all(&self.db).await.expect("withdrawals");
        let mut want = |wanted: Job| {
            if !jobs.contains(&wanted) {
                found.push(format!("the job {wanted:?} is gone"));
            }
        };
        payments
            .iter()
            .for_each(|row| want(Job::ProcessPayment { payment: row.id }));
        refunds
            .iter()
            .for_each(|row| want(Job::RefundPayment { refund: row.id }));
        captures
            .iter()
            .for_each(|row| want(Job::CapturePayment { capture: row.id }));
        statements
            .iter()
            .for_each(|row| want(Job::SettleWithdrawal { withdrawal: row.id }));
        let paid = events
            .iter()
            .filter(|event| event.kind == OrderEventKind::PaymentSucceeded);
        paid.for_each(|event| want(Job::DeductStock { order: event.order_id }));
        found
    }

    /// A webhook's event is written to the payment ledger at most once.
    async fn webhooks(&self) -> Vec<String> {
        let entries = payment_entry::Entity::find()
            .filter(payment_entry::Column::Kind.eq(PaymentEntryKind::Webhook))
            .all(&self.db)
            .await
            .expect("the payment ledger");
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for entry in &entries {
            let event = entry.body.get("event").and_then(Value::as_str).unwrap_or_default();
            *times.entry(event.to_owned()).or_default() += 1;
        }
        let many = times.into_iter().filter(|(_, times)| *times > 1);
        many.map(|(event, times)| format!("the webhook {event} counted {times} times"))
            .collect()
    }

    async fn index(&self) -> Vec<String> {
        let shop = self.shop(self.server());
        let wanted = index::documents(&shop, None, 1_000)
            .await
            .expect("the search documents");
        let known = self.search.documents();
        let of = |documents: &[SearchDocument], other: &[SearchDocument]| -> Vec<String> {
            let only = documents.iter().filter(|document| !other.contains(document));
            only.map(|document| format!("{:?}", document.skus)).collect()
        };
        let (missing, stale) = (of(&wanted, &known), of(&known, &wanted));
        match missing.is_empty() && stale.is_empty() {
            true => Vec::new(),
            false => vec![format!("the search index lacks {missing:?} and holds {stale:?}")],
        }
    }
}
