//! Looks at every machine after each step: none may move backwards, and nothing may vanish.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use vitrine_entity::ids::OutboxId;

const MACHINES: &str = "select 'order' as machine, lower(hex(id)) as id, status as state, event_count as step from orders \
    union all select 'payment', lower(hex(id)), status, captured_minor + refunded_minor from payment \
    union all select 'capture', lower(hex(id)), status, 0 from capture \
    union all select 'refund', lower(hex(id)), status, 0 from refund \
    union all select 'reservation', lower(hex(id)), state, 0 from reservation \
    union all select 'job', lower(hex(id)), state, fence from outbox \
    union all select 'timeline', lower(hex(order_id)), 'ENTRIES', count(*) from order_event group by order_id";

/// What each machine was at the last look: its state, and a number that must not fall.
#[derive(Debug, Default)]
pub(super) struct Monitor {
    seen: HashMap<(String, String), (String, i64)>,
    /// Attempts of which the shop says now that they were not sent after all, by their ids in hex.
    pub unsent: BTreeSet<String>,
}

impl Monitor {
    /// A job may vanish: the shop forgets what is over.
    pub(super) fn forget_job(&mut self, id: OutboxId) {
        self.seen.remove(&("job".to_owned(), id.0.simple().to_string()));
    }

    /// What has moved backwards, or vanished, since the last look.
    pub(super) async fn look(&mut self, db: &DatabaseConnection) -> Vec<String> {
        let rows = db
            .query_all_raw(Statement::from_string(db.get_database_backend(), MACHINES))
            .await
            .expect("the machines can be read");
        let mut found = Vec::new();
        let mut now = HashMap::with_capacity(rows.len());
        for row in rows {
            let text = |column| row.try_get::<String>("", column).expect("a text");
            let step: i64 = row.try_get("", "step").expect("a number");
            let (key, state) = ((text("machine"), text("id")), text("state"));
            if state != "CREATED" {
                self.unsent.remove(&key.1);
            } else if self.seen.get(&key).is_some_and(|(before, _)| before == "UNKNOWN") {
                self.unsent.insert(key.1.clone());
            }
            if let Some((before, step_before)) = self.seen.remove(&key)
                && (!may_follow(&key.0, &before, &state) || step < step_before)
            {
                found.push(format!(
                    "{} {} moved backwards: from {before} ({step_before}) to {state} ({step})",
                    key.0, key.1
                ));
            }
            now.insert(key, (state, step));
        }
        found.extend(
            self.seen
                .keys()
                .map(|(machine, id)| format!("{machine} {id} has vanished")),
        );
        found.sort();
        self.seen = now;
        found
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
        "payment" => rank_of_payment(after) > rank_of_payment(before),
        "capture" | "refund" => before == "REQUESTED",
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
