//! Goods that come back: each unit at most once, and no more money stays than what was not sent back cost.

use sea_orm::{DatabaseConnection, FromQueryResult, Statement};

use super::found_by;

/// What is wrong with the returns.
pub(super) async fn violations(db: &DatabaseConnection) -> Vec<String> {
    let checks = [
        (
            "more of order {} comes back than was sent",
            "select o.number as name from order_line l join orders o on o.id = l.order_id \
             where (select sum(case when r.status in ('REFUSED', 'CANCELLED') then 0 \
               when r.status = 'CLOSED' then b.received else b.quantity end) \
               from order_return_line b join order_return r on r.id = b.return_id where b.order_line_id = l.id) \
             > coalesce((select sum(s.quantity) from shipment_line s join shipment p on p.id = s.shipment_id \
               and p.status not in ('PACKED', 'CANCELLED') where s.order_line_id = l.id), 0)",
        ),
        (
            "the ledger tells of other numbers than the return of order {}",
            "select o.number as name from order_return r join orders o on o.id = r.order_id \
             join (select b.return_id, l.variant_id, sum(b.restocked) as restocked from order_return_line b \
               join order_line l on l.id = b.order_line_id group by b.return_id, l.variant_id) b on b.return_id = r.id \
             where b.restocked <> coalesce((select sum(e.on_hand_delta) from stock_entry e where e.reference = r.id \
               and e.variant_id = b.variant_id), 0) \
             and not exists (select 1 from stock_policy p where p.variant_id = b.variant_id and not p.tracked)",
        ),
        (
            "a return of order {} has lost an event",
            "select o.number as name from order_return r join orders o on o.id = r.order_id \
             where r.event_count <> (select count(*) from order_return_event e where e.return_id = r.id)",
        ),
        (
            "a return of order {} is inspected, and units of it are not",
            "select o.number as name from order_return r join orders o on o.id = r.order_id \
             join order_return_line b on b.return_id = r.id \
             where r.status in ('INSPECTED', 'CLOSED') and b.restocked + b.written_off <> b.received",
        ),
    ];
    let mut found = found_by(db, &checks).await;
    found.extend(money(db).await);
    found
}

#[derive(FromQueryResult)]
struct Kept {
    number: String,
    /// What the shop has of what was paid.
    kept_minor: i64,
    total_minor: i64,
    /// What was paid for units whose money went back by returns, rounded down.
    back_minor: i64,
    fee_minor: i64,
    lines: i64,
}

/// What was captured, less what went back, is at most the total of what was not sent back, and the fees.
async fn money(db: &DatabaseConnection) -> Vec<String> {
    // An order with a refund that failed waits for staff.
    let sql = "select o.number, o.total_minor, \
        cast(coalesce((select sum(p.captured_minor - p.credited_minor) from payment p where p.order_id = o.id), 0) \
          - coalesce((select sum(f.amount_minor) from refund f where f.order_id = o.id), 0) \
          + coalesce((select sum(c.amount_minor - c.returned_minor) from order_credit c where c.order_id = o.id), 0) \
          as bigint) as kept_minor, \
        cast((select sum(l.total_minor * b.refunded / l.quantity) from order_return_line b \
          join order_return r on r.id = b.return_id join order_line l on l.id = b.order_line_id \
          where r.order_id = o.id) as bigint) as back_minor, \
        cast((select sum(r.fee_minor) from order_return r where r.order_id = o.id) as bigint) as fee_minor, \
        cast((select count(*) from order_return_line b join order_return r on r.id = b.return_id where r.order_id = o.id) \
          as bigint) as lines \
        from orders o where exists (select 1 from order_return r where r.order_id = o.id) \
        and not exists (select 1 from refund f where f.order_id = o.id and f.status = 'FAILED')";
    let rows = Kept::find_by_statement(Statement::from_string(db.get_database_backend(), sql));
    let rows = rows.all(db).await.expect("what is kept of orders with returns");
    let is_too_much = |row: &&Kept| row.kept_minor > row.total_minor - row.back_minor + row.fee_minor + row.lines;
    let told = |row: &Kept| {
        format!(
            "of order {}, {} is kept of {}, although goods of {} were sent back (fees: {})",
            row.number, row.kept_minor, row.total_minor, row.back_minor, row.fee_minor
        )
    };
    rows.iter().filter(is_too_much).map(told).collect()
}
