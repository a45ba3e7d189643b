//! The ledger of gift cards and store credit: a balance is the sum of its entries, what pays an order is held once, and goes
//! back once.

use sea_orm::DatabaseConnection;

use super::found_by;

pub(super) async fn violations(db: &DatabaseConnection) -> Vec<String> {
    let checks = [
        (
            "the balance of credit {} is not the sum of its entries",
            "select coalesce(a.last_four, a.kind) as name from credit_account a where a.balance_minor <> \
             coalesce((select sum(e.amount_minor) from credit_entry e where e.account_id = a.id), 0)",
        ),
        (
            "the entries of credit {} have gaps",
            "select coalesce(a.last_four, a.kind) as name from credit_account a where a.entry_count <> \
             (select count(*) from credit_entry e where e.account_id = a.id) or a.entry_count <> \
             coalesce((select max(e.number) from credit_entry e where e.account_id = a.id), 0)",
        ),
        (
            "an entry of credit {} tells another balance than those up to it come to",
            "select coalesce(a.last_four, a.kind) as name from credit_account a join credit_entry e on e.account_id = a.id \
             where e.balance_minor <> (select sum(f.amount_minor) from credit_entry f \
             where f.account_id = a.id and f.number <= e.number)",
        ),
        (
            "order {} is paid by credit that no account gave",
            "select o.number as name from orders o where o.credit_minor <> \
             coalesce((select sum(p.amount_minor) from order_credit p where p.order_id = o.id), 0)",
        ),
        (
            "order {} has taken other credit than it was paid with",
            "select o.number as name from orders o where o.credit_minor <> \
             coalesce((select -sum(e.amount_minor) from credit_entry e where e.order_id = o.id and e.kind = 'REDEEMED'), 0)",
        ),
        (
            "order {} has given back other credit than it says",
            "select o.number as name from orders o where \
             coalesce((select sum(p.returned_minor) from order_credit p where p.order_id = o.id), 0) \
             + coalesce((select sum(p.credited_minor) from payment p where p.order_id = o.id), 0) <> \
             coalesce((select sum(e.amount_minor) from credit_entry e where e.order_id = o.id \
             and e.kind in ('GIVEN_BACK', 'REFUNDED')), 0)",
        ),
        (
            "order {} is cancelled and keeps credit",
            "select o.number as name from orders o join order_credit p on p.order_id = o.id \
             where o.status = 'CANCELLED' and p.returned_minor <> p.amount_minor",
        ),
        (
            "refund {} is not what its shares come to",
            "select cast(r.amount_minor as text) as name from order_refund r where r.amount_minor <> \
             coalesce((select sum(s.amount_minor) from refund_share s where s.order_refund_id = r.id), 0)",
        ),
        (
            "more units of {} are paid back than were sold, or more than was paid for them",
            "select o.sku as name from order_line o join refund_line l on l.order_line_id = o.id \
             where not exists (select 1 from refund r where r.id = l.refund_id and r.status = 'FAILED') \
             and not exists (select 1 from refund_share s join refund r on r.id = s.refund_id \
             where s.order_refund_id = l.refund_id and r.status = 'FAILED') \
             group by o.id, o.sku, o.quantity, o.total_minor \
             having sum(l.quantity) > o.quantity or sum(l.amount_minor + l.withheld_minor) > o.total_minor",
        ),
        (
            "more of the payment of order {} went back than came",
            "select o.number as name from orders o join payment p on p.order_id = o.id \
             where p.refunded_minor + p.credited_minor > p.captured_minor",
        ),
    ];
    found_by(db, &checks).await
}
