//! What waits to be sent.

use vitrine_entity::ids::{EventId, WebhookEndpointId};

use crate::{jobs::Job, outbox::ExpectedJob};

// Of each kind one job is enough: it sees to the others.
pub(crate) const EXPECTED_JOBS: &[ExpectedJob] = &[
    ExpectedJob {
        waits: "events that nobody has looked at",
        waiting: "select id, cast(null as uuid) as order_id from (select id from event where published_at is null \
                  and occurred_at < $1 order by id limit 1) as first",
        job: |id| Job::PublishEvents { event: EventId(id) },
    },
    ExpectedJob {
        waits: "events that are to be appended to the stream",
        waiting: "select id, cast(null as uuid) as order_id from (select id from event where awaits_stream \
                  and occurred_at < $1 order by id limit 1) as first",
        job: |id| Job::StreamEvents { event: EventId(id) },
    },
    ExpectedJob {
        waits: "endpoints that are to be sent events",
        waiting: "select e.id as id, cast(null as uuid) as order_id from webhook_endpoint e where exists \
                  (select 1 from webhook_delivery d where d.endpoint_id = e.id and d.state = 'PENDING' \
                  and d.next_attempt_at < $1 and (d.claimed_until is null or d.claimed_until < $1)) \
                  and (e.paused_until is null or e.paused_until < $1)",
        job: |id| Job::DeliverWebhooks {
            endpoint: WebhookEndpointId(id),
        },
    },
];
