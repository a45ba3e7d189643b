//! What is back in stock, and nobody was told.

use vitrine_entity::ids::VariantId;

use crate::{jobs::Job, outbox::ExpectedJob};

pub(crate) const EXPECTED_JOBS: &[ExpectedJob] = &[ExpectedJob {
    waits: "people who wait for what is in stock",
    waiting: "select v.id as id, cast(null as uuid) as order_id from variant v join product p on p.id = v.product_id \
              where v.active and p.status = 'ACTIVE' and exists (select 1 from stock_alert a \
              where a.variant_id = v.id and a.state = 'WAITING' and a.created_at < $1) and exists \
              (select 1 from stock s where s.variant_id = v.id and s.on_hand > s.reserved)",
    job: |id| Job::TellBackInStock { variant: VariantId(id) },
}];
