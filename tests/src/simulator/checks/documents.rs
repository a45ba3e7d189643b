//! Each order that was paid has its invoice, each parcel that left its delivery note, and credit notes take back what was paid
//! back. That no document changes is seen at every step, by the monitor.

use sea_orm::EntityTrait;
use sha2::{Digest, Sha256};
use vitrine_entity::document;

use crate::{invariants::found_by, simulator::world::World};

/// Of the invoice in force, what was paid back: by the provider and as credit, but for a change of the order, which that invoice
/// says; and of an order that was cancelled, everything.
const NOTES: &str = "select o.number as name from orders o join document i on i.order_id = o.id and i.kind = 'INVOICE' \
    where not exists (select 1 from document j where j.order_id = o.id and j.kind = 'INVOICE' \
      and (j.series_year, j.series_number) > (i.series_year, i.series_number)) \
    and coalesce((select sum(c.total_minor) from document c where c.corrects_id = i.id), 0) <> \
    case when o.status = 'CANCELLED' then i.total_minor else min(i.total_minor, \
      coalesce((select sum(r.amount_minor) from refund r where r.order_id = o.id and r.status = 'SUCCEEDED' and not exists \
        (select 1 from refund_share s join order_version v on v.refund_id = s.order_refund_id where s.refund_id = r.id)), 0) \
      + coalesce((select sum(e.amount_minor) from credit_entry e where e.order_id = o.id and e.kind = 'REFUNDED' \
        and not exists (select 1 from order_version v where v.refund_id = e.refund_id)), 0)) end";

/// Of one that was changed, its documents together are what it costs now, less what was paid back for another reason.
const CHANGED: &str = "select o.number as name from orders o where o.status <> 'CANCELLED' \
    and exists (select 1 from order_version v where v.order_id = o.id) \
    and (select sum(case d.kind when 'INVOICE' then d.total_minor when 'CREDIT_NOTE' then -d.total_minor end) \
      from document d where d.order_id = o.id) <> o.total_minor - min(o.total_minor, \
      coalesce((select sum(s.amount_minor) from refund_share s join order_refund f on f.id = s.order_refund_id \
        left join refund r on r.id = s.refund_id where f.order_id = o.id and coalesce(r.status, 'SUCCEEDED') = 'SUCCEEDED' \
        and not exists (select 1 from order_version v where v.refund_id = f.id)), 0) \
      + coalesce((select sum(r.amount_minor) from refund r where r.order_id = o.id and r.status = 'SUCCEEDED' \
        and not exists (select 1 from refund_share s where s.refund_id = r.id)), 0))";

impl World {
    /// An order that a clock behind places before invoices were switched on gets none.
    pub(super) async fn documents(&self) -> Vec<String> {
        let checks = [
            (
                "order {} was paid and has no invoice",
                "select o.number as name from orders o where o.status in ('CONFIRMED', 'DISPATCHED', 'COMPLETED') \
                 and exists (select 1 from document_settings s where o.placed_at >= s.automatic_since) \
                 and not exists (select 1 from document d where d.order_id = o.id and d.kind = 'INVOICE')",
            ),
            (
                "the invoice of {} is not what the order costs",
                "select o.number as name from orders o join document d on d.order_id = o.id \
                 where d.kind = 'INVOICE' and o.status <> 'CANCELLED' and d.total_minor <> o.total_minor \
                 and coalesce((select sum(c.total_minor) from document c where c.corrects_id = d.id), 0) <> d.total_minor",
            ),
            (
                "the documents of {} are not what it costs since it was changed",
                CHANGED,
            ),
            ("the credit notes of {} are not what was paid back", NOTES),
            (
                "two invoices of {} are in force",
                "select o.number as name from orders o join document i on i.order_id = o.id and i.kind = 'INVOICE' \
                 where i.total_minor > coalesce((select sum(c.total_minor) from document c where c.corrects_id = i.id), 0) \
                 group by o.id, o.number having count(*) > 1",
            ),
            (
                "a parcel of {} left without a delivery note",
                "select o.number as name from orders o join shipment s on s.order_id = o.id \
                 where s.status not in ('PACKED', 'CANCELLED') \
                 and not exists (select 1 from document d where d.subject_id = s.id)",
            ),
        ];
        let mut found = found_by(&self.db, &checks).await;
        let documents = document::Entity::find().all(&self.db).await.expect("documents");
        for document in &documents {
            let content = document.content.as_deref().unwrap_or_default();
            if *Sha256::digest(content) != *document.content_sha256 {
                found.push(format!("{} says something else than its checksum", document.number));
            }
        }
        found
    }
}
