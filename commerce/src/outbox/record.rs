//! How a job is written down.

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use vitrine_entity::{
    ids::{OrderId, OutboxId},
    outbox::{self, OutboxState, Queue},
};

use crate::{Context, Shop, jobs::Job, trace};

/// Every queue.
pub const QUEUES: [Queue; 4] = [Queue::Payment, Queue::Stock, Queue::Mail, Queue::Search];

/// How long a row that was handed over may wait for a worker before it is handed over again.
pub(super) const HAND_OVER_LEASE: TimeDelta = TimeDelta::seconds(30);

/// The row of a job that is not yet written, with the order that it is about, where it is about one. It counts as handed
/// over where whoever commits hands it over.
pub(crate) fn row(
    shop: &Shop,
    context: &Context,
    order: Option<OrderId>,
    job: &Job,
    delay: Option<TimeDelta>,
) -> outbox::ActiveModel {
    let now = shop.now();
    let at_once = delay.is_none() && shop.queue.is_attended();
    outbox::ActiveModel {
        id: Set(OutboxId(shop.ids.at(now))),
        queue: Set(job.queue()),
        job: Set(serde_json::to_value(job).expect("a job is ids and serializes")),
        state: Set(if at_once {
            OutboxState::HandedOver
        } else {
            OutboxState::Ready
        }),
        run_at: Set(now + delay.unwrap_or_default()),
        lease_until: Set(at_once.then_some(now + HAND_OVER_LEASE)),
        fence: Set(0),
        attempts: Set(0),
        last_error: Set(None),
        correlation_id: Set(context.correlation_id.clone()),
        // What is done of it goes on from here, or where this is not recorded, from where whoever asks did.
        traceparent: Set(trace::traceparent().or_else(|| context.traceparent.clone())),
        created_at: Set(now),
        finished_at: Set(None),
        subject: Set(job.subject()),
        order_id: Set(order),
        scheduled_at: Set(Some(now)),
    }
}
