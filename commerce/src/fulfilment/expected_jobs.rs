//! Which orders wait for which job.

use vitrine_entity::ids::{OrderId, ShipmentId, VariantId};

use crate::{jobs::Job, outbox::ExpectedJob};

pub(crate) const EXPECTED_JOBS: &[ExpectedJob] = &[
    ExpectedJob {
        waits: "a paid order that is not confirmed",
        waiting: "select id, id as order_id from orders where status = 'PAYMENT_SUCCESS' and updated_at < $1",
        job: |id| Job::DeductStock { order: OrderId(id) },
    },
    ExpectedJob {
        waits: "an unpaid order whose goods are held no longer",
        waiting: "select id, id as order_id from orders where status in ('CREATED', 'PAYMENT_PENDING', 'PAYMENT_FAILED') \
                  and updated_at < $1 and not exists (select 1 from reservation \
                  where order_id = orders.id and state = 'HELD' and expires_at > $1) \
                  and not exists (select 1 from backorder \
                  where order_id = orders.id and state = 'WAITING' and expires_at > $1)",
        job: |id| Job::ExpireOrder { order: OrderId(id) },
    },
    ExpectedJob {
        waits: "an order whose promised goods have come",
        waiting: "select p.variant_id as id, cast(null as uuid) as order_id from stock_policy p where p.promised > 0 \
                  and exists (select 1 from backorder b where b.variant_id = p.variant_id and b.state = 'WAITING' \
                  and b.created_at < $1) and (not p.tracked or exists (select 1 from stock s \
                  join location l on l.id = s.location_id and l.active and l.deleted_at is null \
                  where s.variant_id = p.variant_id and s.on_hand > s.reserved))",
        job: |id| Job::FillBackorders { variant: VariantId(id) },
    },
    ExpectedJob {
        waits: "a parcel whose label was not handed over",
        waiting: "select id, order_id from shipment where label_due and created_at < $1",
        job: |id| Job::HandOverLabel {
            shipment: ShipmentId(id),
        },
    },
];
