//! What the books say once the shop is at rest.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    time::{Duration, Instant},
};

use sea_orm::EntityTrait;
use vitrine_commerce::notifications;
use vitrine_entity::{
    order::{self, OrderStatus},
    order_event,
    outbox::{self, OutboxState},
};
use vitrine_tests::{invariants, worker::pauses_run_out};

use crate::{
    fleet::Fleet,
    history::{self, Purchase, Tally},
};

/// Leases of a minute must run out twice before this is too long.
const PATIENCE: Duration = Duration::from_secs(300);

/// How long a job that has failed meanwhile waits until it is tried again.
const PAUSE_MAX: Duration = Duration::from_secs(60);

/// Mails that one worker sends at the same time, by default.
const MAILS_IN_HAND: usize = 4;

/// What the books say.
pub struct Verdict {
    tally: Tally,
    pub orders: usize,
    pub by_status: BTreeMap<String, usize>,
    mails: usize,
    mails_doubled: usize,
    seconds_to_rest: u64,
    pub violations: Vec<String>,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "purchases  {}", self.tally)?;
        writeln!(f, "orders     {}: {:?}", self.orders, self.by_status)?;
        writeln!(f, "mails      {}, {} of them doubled", self.mails, self.mails_doubled)?;
        writeln!(f, "at rest    after {} s", self.seconds_to_rest)?;
        write!(f, "violations {}", self.violations.len())
    }
}

/// Waits until the shop is at rest, and checks everything.
/// `losses` is how often a worker may have lost a mail that it had just sent, or the database that it
/// was to tell.
pub async fn reach(fleet: &Fleet, history: &[Purchase], losses: usize) -> Verdict {
    let db = &fleet.books.shop.db;
    let started = Instant::now();
    let mut violations = rest(fleet).await;
    violations.extend(history::contradictions(history, db).await);
    let orders = order::Entity::find().all(db).await.unwrap();
    let mut by_status = BTreeMap::new();
    for order in &orders {
        *by_status.entry(format!("{:?}", order.status)).or_default() += 1;
        if !matches!(
            order.status,
            OrderStatus::Confirmed | OrderStatus::PaymentFailed | OrderStatus::Cancelled
        ) {
            violations.push(format!("order {} stays {:?}", order.number, order.status));
        }
    }
    let (mails, mails_doubled) = mails(fleet, losses, &mut violations).await;
    Verdict {
        tally: Tally::of(history),
        orders: orders.len(),
        by_status,
        mails,
        mails_doubled,
        seconds_to_rest: started.elapsed().as_secs(),
        violations,
    }
}

/// Waits until the shop is at rest, and gives what is wrong with its books by then.
pub async fn rest(fleet: &Fleet) -> Vec<String> {
    let db = &fleet.books.shop.db;
    let provider = fleet.books.simulated.as_deref().unwrap();
    let started = Instant::now();
    let mut waited = None;
    loop {
        // A machine with much else to do has more calls fail, and each failure doubles the pause. None too often: a job has an end
        // to its attempts.
        if waited.is_none_or(|since: Instant| since.elapsed() > PAUSE_MAX) {
            pauses_run_out(&fleet.books.shop).await;
            waited = Some(Instant::now());
        }
        let mut found = invariants::unfinished_jobs(db, may_wait).await;
        found.extend(invariants::violations(db, provider).await);
        if found.is_empty() || started.elapsed() > PATIENCE {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

/// What is put off by design: an unpaid order's end, and the looks at what the provider never
/// heard of.
fn may_wait(job: &outbox::Model) -> bool {
    let name = job.job["job"].as_str().unwrap_or_default();
    let is_later = ["expire_order", "settle_payment", "check_payment"]
        .iter()
        .any(|later| name.starts_with(later));
    job.state == OutboxState::Ready && is_later
}

/// Every entry that is told by mail was told (a failed payment is not, once it is outdated). A worker
/// that dies between the server's "250 OK" and its own commit sends again: the same Message-ID, and no
/// more of them than it had in hand.
async fn mails(fleet: &Fleet, losses: usize, violations: &mut Vec<String>) -> (usize, usize) {
    let mut received: HashMap<String, usize> = HashMap::new();
    for mail in fleet.sink.mails() {
        *received
            .entry(mail.header("Message-ID").unwrap_or_default())
            .or_default() += 1;
    }
    let doubled = received.values().map(|times| times - 1).sum();
    if doubled > losses * MAILS_IN_HAND {
        violations.push(format!("{doubled} mails were doubled by {losses} losses"));
    }
    for event in order_event::Entity::find().all(&fleet.books.shop.db).await.unwrap() {
        let id = format!("{}.{}", event.order_id, event.number);
        let told = received.keys().any(|message_id| message_id.contains(&format!("{id}@")));
        if notifications::mail_for(event.kind).is_some() && !told && !may_be_outdated(&event) {
            violations.push(format!("no mail told {id} ({:?})", event.kind));
        }
    }
    (received.len(), doubled)
}

fn may_be_outdated(event: &order_event::Model) -> bool {
    event.kind == order_event::OrderEventKind::PaymentFailed
}
