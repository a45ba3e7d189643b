//! No parcel holds what was not ordered, and no money is taken for what has not left.

use sea_orm::DatabaseConnection;

use super::found_by;

pub(super) async fn violations(db: &DatabaseConnection) -> Vec<String> {
    let checks = [
        (
            "parcels hold more of {} than was ordered",
            "select l.sku as name from order_line l join shipment_line i on i.order_line_id = l.id \
             join shipment s on s.id = i.shipment_id where s.status not in ('CANCELLED', 'RETURNED') \
             and not (s.status = 'DELIVERED' and exists \
               (select 1 from shipment_event e where e.shipment_id = s.id and e.kind = 'RETURNED' and e.applied)) \
             group by l.id, l.sku, l.quantity having sum(i.quantity) > l.quantity",
        ),
        (
            "a parcel of {} has left, though the order was cancelled",
            "select o.number as name from orders o join shipment s on s.order_id = o.id \
             where o.status = 'CANCELLED' and s.status <> 'CANCELLED'",
        ),
        (
            "all of {} has arrived, and it is not complete",
            "select o.number as name from orders o where o.status = 'DISPATCHED' \
             and exists (select 1 from shipment s where s.order_id = o.id and s.status = 'DELIVERED') and not exists \
             (select 1 from shipment s where s.order_id = o.id and s.status not in ('DELIVERED', 'CANCELLED'))",
        ),
        (
            "more was captured of {} than what has left",
            "select o.number as name from payment p join orders o on o.id = p.order_id \
             where (select coalesce(sum(c.amount_minor), 0) from capture c \
               where c.payment_id = p.id and not c.releases_rest and c.status <> 'FAILED') > o.total_minor - \
             (select coalesce(sum(l.total_minor - l.total_minor * (case when coalesce(x.units, 0) > l.quantity \
                 then l.quantity else coalesce(x.units, 0) end) / l.quantity), 0) \
               from order_line l join variant v on v.id = l.variant_id and v.requires_shipping \
               left join (select i.order_line_id, sum(i.quantity) as units from shipment_line i \
                 join shipment s on s.id = i.shipment_id where s.status not in ('PACKED', 'CANCELLED') \
                 group by i.order_line_id) x on x.order_line_id = l.id where l.order_id = o.id)",
        ),
    ];
    found_by(db, &checks).await
}
