//! What must hold of every shop at rest, whatever happened to it. Each check gives the sentences
//! that accuse; none means that all is well.

mod credit;
mod discounts;
mod documents;
mod parcels;
mod payments;
mod returns;

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, FromQueryResult, QueryFilter, Statement};
use vitrine_adapters::payment::simulated::SimulatedProvider;
use vitrine_entity::{ids::OrderId, order, order_event, order_line, outbox, outbox::OutboxState};

/// What is wrong with the stock, the orders, the payments and the discounts.
pub async fn violations(db: &DatabaseConnection, provider: &SimulatedProvider) -> Vec<String> {
    let mut found = Vec::new();
    found.extend(stock(db).await);
    found.extend(promises(db).await);
    found.extend(put_back(db).await);
    found.extend(on_the_way(db).await);
    found.extend(orders(db).await);
    found.extend(credit::violations(db).await);
    found.extend(payments::violations(db, provider).await);
    found.extend(returns::violations(db).await);
    found.extend(discounts::violations(db).await);
    found.extend(parcels::violations(db).await);
    found.extend(documents::violations(db).await);
    found
}

#[derive(FromQueryResult)]
struct StockRow {
    sku: String,
    on_hand: i64,
    reserved: i64,
    ledger_on_hand: i64,
    ledger_reserved: i64,
    held: i64,
}

/// Available is never below zero, the ledger explains every unit, and what is reserved is what
/// orders hold.
async fn stock(db: &DatabaseConnection) -> Vec<String> {
    let sql = "select v.sku, s.on_hand, s.reserved, \
        cast(coalesce((select sum(on_hand_delta) from stock_entry e where e.variant_id = s.variant_id and e.location_id = s.location_id), 0) as bigint) as ledger_on_hand, \
        cast(coalesce((select sum(reserved_delta) from stock_entry e where e.variant_id = s.variant_id and e.location_id = s.location_id), 0) as bigint) as ledger_reserved, \
        cast(coalesce((select sum(quantity) from reservation r where r.variant_id = s.variant_id and r.location_id = s.location_id and r.state = 'HELD'), 0) as bigint) as held \
        from stock s join variant v on v.id = s.variant_id";
    let rows = StockRow::find_by_statement(Statement::from_string(db.get_database_backend(), sql))
        .all(db)
        .await
        .expect("stock");
    let oversold = rows.iter().filter(|row| row.on_hand < row.reserved);
    let mut found: Vec<_> = oversold
        .map(|row| {
            format!(
                "{} is oversold: {} on hand, {} reserved",
                row.sku, row.on_hand, row.reserved
            )
        })
        .collect();
    let is_unexplained = |row: &&StockRow| {
        row.on_hand != row.ledger_on_hand || row.reserved != row.ledger_reserved || row.reserved != row.held
    };
    found.extend(rows.iter().filter(is_unexplained).map(|row| {
        format!(
            "stock of {}: {} on hand (ledger {}), {} reserved (ledger {}, held {})",
            row.sku, row.on_hand, row.ledger_on_hand, row.reserved, row.ledger_reserved, row.held
        )
    }));
    found
}

/// What orders wait for is what was promised, within the limit, and nothing that they wait for lies there; what
/// came of it is held, and nobody who is cancelled waits.
async fn promises(db: &DatabaseConnection) -> Vec<String> {
    let checks = [
        (
            "{} is promised in other numbers than orders wait for",
            "select v.sku as name from stock_policy p join variant v on v.id = p.variant_id where p.promised <> \
             coalesce((select sum(b.quantity - b.filled) from backorder b where b.variant_id = p.variant_id \
             and b.state = 'WAITING'), 0)",
        ),
        (
            "more of {} is promised than the limit",
            "select v.sku as name from stock_policy p join variant v on v.id = p.variant_id \
             where p.promised > p.unit_limit",
        ),
        (
            "orders wait for {}, which lies there",
            "select v.sku as name from stock_policy p join variant v on v.id = p.variant_id where p.promised > 0 \
             and exists (select 1 from stock s join location l on l.id = s.location_id and l.active \
             and l.deleted_at is null where s.variant_id = p.variant_id and s.on_hand > s.reserved)",
        ),
        (
            "order {} waits for goods although it is cancelled or gone",
            "select o.number as name from backorder b join orders o on o.id = b.order_id \
             where b.state = 'WAITING' and o.status in ('CANCELLED', 'DISPATCHED', 'COMPLETED')",
        ),
        (
            // What is paid back before it came is not waited for.
            "order {} has other numbers of goods than it bought",
            "select o.number as name from order_line l join orders o on o.id = l.order_id \
             where o.status in ('CONFIRMED', 'DISPATCHED', 'COMPLETED') \
             and exists (select 1 from stock_entry e where e.order_id = o.id and e.variant_id = l.variant_id) \
             and coalesce((select sum(r.quantity) from reservation r where r.order_id = o.id \
               and r.variant_id = l.variant_id and r.state = 'DEDUCTED'), 0) \
             + coalesce((select sum(b.quantity - b.filled) from backorder b where b.order_id = o.id \
               and b.variant_id = l.variant_id and b.state = 'WAITING'), 0) not between \
             (select sum(k.quantity - coalesce((select sum(p.quantity) from refund_line p where p.order_line_id = k.id), 0)) \
               from order_line k where k.order_id = o.id and k.variant_id = l.variant_id) \
             and (select sum(k.quantity) from order_line k where k.order_id = o.id and k.variant_id = l.variant_id) \
             and not exists (select 1 from stock_policy p where p.variant_id = l.variant_id and not p.tracked)",
        ),
    ];
    found_by(db, &checks).await
}

/// Cancelling, changing, returning, exchanging and expiring, in whatever order, put back no more than an order had taken.
async fn put_back(db: &DatabaseConnection) -> Vec<String> {
    let checks = [(
        "more of {} was put back for an order than it had taken",
        "select v.sku as name from stock_entry e join variant v on v.id = e.variant_id where e.order_id is not null \
         group by e.order_id, v.id, v.sku having sum(e.on_hand_delta) > 0 or sum(e.reserved_delta) < 0",
    )];
    found_by(db, &checks).await
}

/// Nothing is received, returned or missing beyond what was sent, and the ledger tells of each unit.
async fn on_the_way(db: &DatabaseConnection) -> Vec<String> {
    let checks = [(
        "the ledger tells of other numbers than the transfer {}",
        "select coalesce(t.reference, t.created_by) as name from stock_transfer t join stock_transfer_line i on i.transfer_id = t.id \
         where coalesce((select sum(e.on_hand_delta) from stock_entry e where e.reference = t.id \
           and e.variant_id = i.variant_id), 0) <> i.received + i.returned - case when t.origin_id is null \
           or t.shipped_at is null then 0 else i.quantity end",
    )];
    found_by(db, &checks).await
}

#[derive(FromQueryResult)]
struct Named {
    name: String,
}

/// A sentence for each row that a statement finds, with its name in place of `{}`.
pub(crate) async fn found_by(db: &DatabaseConnection, checks: &[(&str, &str)]) -> Vec<String> {
    let mut found = Vec::new();
    for (sentence, sql) in checks {
        let statement = Statement::from_string(db.get_database_backend(), *sql);
        let rows = Named::find_by_statement(statement).all(db).await.expect("rows");
        found.extend(rows.iter().map(|row| sentence.replace("{}", &row.name)));
    }
    found
}

/// The jobs that are not done, except those that `may_wait`.
pub async fn unfinished_jobs(db: &DatabaseConnection, may_wait: impl Fn(&outbox::Model) -> bool) -> Vec<String> {
    let unfinished = outbox::Entity::find().filter(outbox::Column::State.ne(OutboxState::Done));
    let rows = unfinished.all(db).await.expect("outbox");
    rows.iter()
        .filter(|row| !may_wait(row))
        .map(|row| {
            format!(
                "job {} is {:?} after {} attempts, due at {}: {} ({:?})",
                row.id, row.state, row.attempts, row.run_at, row.job, row.last_error
            )
        })
        .collect()
}

/// Every order has its lines and a gapless timeline.
async fn orders(db: &DatabaseConnection) -> Vec<String> {
    let orders = order::Entity::find().all(db).await.expect("orders");
    let with_lines: HashSet<OrderId> = order_line::Entity::find()
        .all(db)
        .await
        .expect("lines")
        .iter()
        .map(|line| line.order_id)
        .collect();
    let mut numbers: HashMap<OrderId, Vec<i64>> = HashMap::new();
    for event in order_event::Entity::find().all(db).await.expect("timelines") {
        numbers.entry(event.order_id).or_default().push(event.number);
    }
    let mut found = Vec::new();
    for order in &orders {
        let mut seen = numbers.remove(&order.id).unwrap_or_default();
        seen.sort_unstable();
        if seen != (1..=order.event_count).collect::<Vec<_>>() {
            found.push(format!(
                "the timeline of {} has the numbers {seen:?} of {}",
                order.number, order.event_count
            ));
        }
        if !with_lines.contains(&order.id) {
            found.push(format!("order {} has no lines", order.number));
        }
    }
    found
}
