//! Looks at every machine after each step: none may move backwards, and nothing may vanish.

use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

use sea_orm::{ConnectionTrait, DatabaseConnection, FromQueryResult, Statement};
use vitrine_entity::ids::OutboxId;

/// Something that must not move backwards.
struct Machine {
    name: &'static str,
    /// The table whose rows move it, and the column that says whose they are.
    table: &'static str,
    key: &'static str,
    /// Where it is found by its id, as `n`.
    home: &'static str,
    /// What it is now: its state, and a number that must not fall.
    state: &'static str,
    step: &'static str,
}

impl Machine {
    const fn new(name: &'static str, table: &'static str, state: &'static str, step: &'static str) -> Self {
        Self {
            name,
            table,
            key: "id",
            home: table,
            state,
            step,
        }
    }
}

static MACHINES: [Machine; 10] = [
    Machine::new("order", "orders", "n.status", "n.event_count"),
    Machine::new("payment", "payment", "n.status", "n.captured_minor + n.refunded_minor"),
    Machine::new("capture", "capture", "n.status", "0"),
    Machine::new("refund", "refund", "n.status", "0"),
    Machine::new("reservation", "reservation", "n.state", "0"),
    Machine::new(
        "document",
        "document",
        "n.number || ' ' || hex(n.content_sha256)",
        "n.total_minor",
    ),
    Machine::new("withdrawal", "withdrawal", "n.status", "n.event_count"),
    Machine::new("draft", "draft_order", "n.state", "n.version"),
    Machine::new("job", "outbox", "n.state", "n.fence"),
    Machine {
        name: "timeline",
        table: "order_event",
        key: "order_id",
        home: "orders",
        state: "case when n.id is not null then 'ENTRIES' end",
        step: "(select count(*) from order_event e where e.order_id = t.id)",
    },
];

/// What each machine is that was touched since the last look; one that is gone has no state.
static TOUCHED: LazyLock<String> = LazyLock::new(|| {
    let arms = MACHINES.iter().map(|machine| {
        let Machine {
            name,
            home,
            state,
            step,
            ..
        } = machine;
        format!(
            "select '{name}' as machine, lower(hex(t.id)) as id, {state} as state, {step} as step \
             from touched t left join {home} n on n.id = t.id where t.machine = '{name}'"
        )
    });
    arms.collect::<Vec<_>>().join(" union all ")
});

const FORGET: &str = "delete from touched";

/// Has the database note by itself, within each transaction, what it touches: looking at all that there is after every step is most
/// of what a long run would take. Made once, in the template.
pub(super) async fn install(db: &DatabaseConnection) {
    let table =
        "create table touched (machine text not null, id blob not null, primary key (machine, id)) without rowid";
    db.execute_unprepared(table).await.expect("a table of its own");
    for Machine { name, table, key, .. } in &MACHINES {
        for (verb, row) in [("insert", "new"), ("update", "new"), ("delete", "old")] {
            // No `or ignore`: the statement that fires it would decide what becomes of a conflict.
            let trigger = format!(
                "create trigger touched_{name}_{verb} after {verb} on {table} begin \
                 insert into touched select '{name}', {row}.{key} where not exists \
                 (select 1 from touched where machine = '{name}' and id = {row}.{key}); end"
            );
            db.execute_unprepared(&trigger).await.expect("a trigger of its own");
        }
        let there = format!("insert into touched select distinct '{name}', {key} from {table}");
        db.execute_unprepared(&there).await.expect("what is there is noted");
    }
}

/// A machine that may be another than at the last look.
#[derive(FromQueryResult)]
struct Touched {
    machine: String,
    id: String,
    state: Option<String>,
    step: Option<i64>,
}

/// Looks at a shop's machines, and remembers the last look.
#[derive(Debug, Default)]
pub(super) struct Monitor {
    /// Attempts of which the shop says now that they were not sent after all, by their ids in hex.
    pub unsent: BTreeSet<String>,
    /// What each was, by its kind and its id in hex.
    seen: HashMap<(String, String), (String, i64)>,
}

impl Monitor {
    /// A job may vanish: the shop forgets what is over.
    pub(super) fn forget_job(&mut self, id: OutboxId) {
        self.seen.remove(&("job".to_owned(), id.0.simple().to_string()));
    }

    /// What has moved backwards, or vanished, since the last look.
    pub(super) async fn look(&mut self, db: &DatabaseConnection) -> Vec<String> {
        let backend = db.get_database_backend();
        let rows = Touched::find_by_statement(Statement::from_string(backend, TOUCHED.as_str()));
        let rows = rows.all(db).await.expect("the machines can be read");
        if rows.is_empty() {
            return Vec::new();
        }
        let forget = Statement::from_string(backend, FORGET);
        db.execute_raw(forget).await.expect("what was touched can be forgotten");
        let mut found: Vec<_> = rows.into_iter().filter_map(|row| self.compare(row)).collect();
        found.sort();
        found
    }

    fn compare(&mut self, row: Touched) -> Option<String> {
        let Touched {
            machine,
            id,
            state,
            step,
        } = row;
        let key = (machine, id);
        let Some(state) = state else {
            let (before, _) = self.seen.remove(&key)?;
            // What nobody paid in time is forgotten.
            let may_vanish = key.0 == "draft" && before != "COMPLETED";
            return (!may_vanish).then(|| format!("{} {} has vanished", key.0, key.1));
        };
        let step = step.unwrap_or_default();
        let before = self.seen.get(&key);
        if before.is_some_and(|(before, step_before)| (before, *step_before) == (&state, step)) {
            return None;
        }
        if state != "CREATED" {
            self.unsent.remove(&key.1);
        } else if before.is_some_and(|(before, _)| before == "UNKNOWN") {
            self.unsent.insert(key.1.clone());
        }
        let wrong = before.filter(|(before, step_before)| !may_follow(&key.0, before, &state) || step < *step_before);
        let told = wrong.map(|(before, step_before)| {
            let (machine, id) = &key;
            format!("{machine} {id} moved backwards: from {before} ({step_before}) to {state} ({step})")
        });
        self.seen.insert(key, (state, step));
        told
    }
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
        // All that was taken is back, and another part of what is held is taken: then more has moved, too.
        "payment" if (before, after) == ("REFUNDED", "CAPTURED") => true,
        "payment" => rank_of_payment(after) > rank_of_payment(before),
        "capture" | "refund" => before == "REQUESTED",
        // What it says is written once.
        "document" => false,
        "reservation" => before == "HELD" || (before == "DEDUCTED" && after == "PUT_BACK"),
        "withdrawal" => before == "RECEIVED",
        // One that was sent may be so once more; what is an order stays one.
        "draft" => before != "COMPLETED",
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
