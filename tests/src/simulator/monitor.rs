//! Looks at every machine after each step: none may move backwards, and nothing may vanish.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DatabaseConnection, FromQueryResult, Statement};
use vitrine_entity::ids::OutboxId;

/// What each machine is now: its state, and a number that must not fall.
const MACHINES: &str = "with machines (machine, id, state, step) as (\
    select 'order', id, status, event_count from orders \
    union all select 'payment', id, status, captured_minor + refunded_minor from payment \
    union all select 'capture', id, status, 0 from capture \
    union all select 'refund', id, status, 0 from refund \
    union all select 'reservation', id, state, 0 from reservation \
    union all select 'document', id, number || ' ' || hex(content_sha256), total_minor from document \
    union all select 'job', id, state, fence from outbox \
    union all select 'timeline', order_id, 'ENTRIES', count(*) from order_event group by order_id)";

/// What each was at the last look. Most are as they were, and the database tells them apart in a moment.
const SEEN: &str = "pragma temp_store = memory; create temp table if not exists seen (machine text not null, id blob not null, \
    state text not null, step integer not null, primary key (machine, id)) without rowid";

const CHANGED: &str = "select n.machine, lower(hex(n.id)) as id, n.state, n.step, s.state as state_before, s.step as step_before \
    from machines n left join seen s on s.machine = n.machine and s.id = n.id \
    where s.id is null or s.state <> n.state or s.step <> n.step";

const VANISHED: &str = "select s.machine, lower(hex(s.id)) as id, '' as state, 0 as step, s.state as state_before, \
    s.step as step_before from seen s where (s.machine, s.id) not in (select machine, id from machines)";

const KEEP: &str = "insert into seen select machine, id, state, step from machines where true \
    on conflict (machine, id) do update set state = excluded.state, step = excluded.step \
    where state <> excluded.state or step <> excluded.step";

/// A machine that is another than at the last look.
#[derive(FromQueryResult)]
struct Changed {
    machine: String,
    id: String,
    state: String,
    step: i64,
    state_before: Option<String>,
    step_before: Option<i64>,
}

/// Looks at a shop's machines, by a connection that remembers the last look.
#[derive(Debug, Default)]
pub(super) struct Monitor {
    /// Attempts of which the shop says now that they were not sent after all, by their ids in hex.
    pub unsent: BTreeSet<String>,
}

impl Monitor {
    /// A job may vanish: the shop forgets what is over.
    pub(super) async fn forget_job(&self, db: &DatabaseConnection, id: OutboxId) {
        let sql = "delete from seen where machine = 'job' and id = $1";
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [id.into()]);
        db.execute_raw(statement).await.expect("what was seen can be forgotten");
    }

    /// What has moved backwards, or vanished, since the last look.
    pub(super) async fn look(&mut self, db: &DatabaseConnection) -> Vec<String> {
        db.execute_unprepared(SEEN).await.expect("a table of its own");
        let mut found = Vec::new();
        for row in rows(db, CHANGED).await {
            if row.state != "CREATED" {
                self.unsent.remove(&row.id);
            } else if row.state_before.as_deref() == Some("UNKNOWN") {
                self.unsent.insert(row.id.clone());
            }
            let (Some(before), Some(step_before)) = (&row.state_before, row.step_before) else {
                continue;
            };
            if !may_follow(&row.machine, before, &row.state) || row.step < step_before {
                found.push(format!(
                    "{} {} moved backwards: from {before} ({step_before}) to {} ({})",
                    row.machine, row.id, row.state, row.step
                ));
            }
        }
        let vanished = rows(db, VANISHED).await;
        found.extend(
            vanished
                .iter()
                .map(|row| format!("{} {} has vanished", row.machine, row.id)),
        );
        if !vanished.is_empty() {
            let sql =
                format!("{MACHINES} delete from seen where (machine, id) not in (select machine, id from machines)");
            db.execute_unprepared(&sql)
                .await
                .expect("what has vanished can be forgotten");
        }
        let keep = format!("{MACHINES} {KEEP}");
        db.execute_unprepared(&keep).await.expect("what was seen can be kept");
        found.sort();
        found
    }
}

async fn rows(db: &DatabaseConnection, sql: &str) -> Vec<Changed> {
    let statement = Statement::from_string(db.get_database_backend(), format!("{MACHINES} {sql}"));
    let rows = Changed::find_by_statement(statement).all(db).await;
    rows.expect("the machines can be read")
}

/// Whether a machine that was in the state `before` may be in the state `after` some steps later.
fn may_follow(machine: &str, before: &str, after: &str) -> bool {
    if before == after {
        return true;
    }
    match machine {
        "order" => match before {
            "CREATED" | "PAYMENT_PENDING" | "PAYMENT_FAILED" | "PAYMENT_SUCCESS" | "CONFIRMED" => {
                let again = before == "PAYMENT_FAILED" && after == "PAYMENT_PENDING";
                again || rank_of_order(after) > rank_of_order(before)
            }
            "DISPATCHED" => after == "COMPLETED",
            _ => false,
        },
        // Whether it was truly not sent is asked of the provider.
        "payment" if (before, after) == ("UNKNOWN", "CREATED") => true,
        "payment" => rank_of_payment(after) > rank_of_payment(before),
        "capture" | "refund" => before == "REQUESTED",
        // What it says is written once.
        "document" => false,
        "reservation" => before == "HELD" || (before == "DEDUCTED" && after == "PUT_BACK"),
        // What is buried may be revived.
        "job" => before != "DONE",
        _ => true,
    }
}

fn rank_of_order(state: &str) -> u8 {
    match state {
        "CREATED" => 0,
        "PAYMENT_PENDING" => 1,
        "PAYMENT_FAILED" => 2,
        "PAYMENT_SUCCESS" => 3,
        "CONFIRMED" => 4,
        "DISPATCHED" => 5,
        _ => 6,
    }
}

/// Money that turns up after an attempt was given up is the one way out of an end.
fn rank_of_payment(state: &str) -> u8 {
    match state {
        "CREATED" => 0,
        "UNKNOWN" => 1,
        "ACTION_REQUIRED" => 2,
        "PENDING" => 3,
        "AUTHORIZED" => 4,
        "DECLINED" | "VOIDED" => 5,
        "CAPTURED" => 6,
        _ => 7,
    }
}
