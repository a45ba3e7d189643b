//! The whole shop in one process, under every fault that a seed can think of.
//!
//! A run is a world of its own: a shop of one or three processes on one SQLite database, with a
//! clock that only the simulator moves, ids that the seed decides, the simulated payment provider,
//! and a queue, an event bus, a mail server and a search engine that misbehave. One thing happens
//! at a time, chosen by the seed, so that a run repeats to the letter. Shoppers buy, staff work,
//! workers run jobs; calls get lost, parts go down, clocks leap, and whatever is being done may die
//! or freeze at any statement and at any call of a port. Then the world is healed and comes to
//! rest, and every invariant that one process can see is checked.
//!
//! | file | what is in it |
//! | --- | --- |
//! | `world.rs` | the shop's processes and what is around them |
//! | `actors/` | who does what at a step; to add something that happens, add it there |
//! | `model.rs` | what the actors were told: nothing of it was read from the database |
//! | `operation.rs`, `perform.rs`, `points.rs` | how something that runs dies or freezes |
//! | `ports/`, `weather.rs` | what goes wrong outside the shop |
//! | `settle.rs` | the healing |
//! | `monitor.rs`, `checks/` | what must hold at every step, and at the end |
//! | `defect/` | what is planted to see that the checks catch it |
//!
//! `cargo run -p vitrine-tests --bin simulate -- --help` tells how to run it by hand.
//!
//! # What must hold
//!
//! Who sees it when it does not, and which planted defects prove that they do. `invariants` is
//! [`crate::invariants`], which the tests of one purchase ask as well.
//!
//! | | what must hold | who sees it | planted |
//! | --- | --- | --- | --- |
//! | 1 | no order takes more than it costs, nor by two payments at once | `invariants/payments.rs`, `checks/money.rs` | `ChargesTwice`, `RekeysCharges` |
//! | 1 | what gift cards and store credit pay is held once and goes back once, and a balance is the sum of its entries | `invariants/credit.rs` | `SpendsCreditTwice`, `KeepsCredit` |
//! | 2 | our payment ledger is the provider's | `invariants/payments.rs`, `checks/money.rs` | `ForgetsRefunds`, `MiscountsBooks` |
//! | 3 | nothing is sold that does not lie there, nor promised beyond the limit, and the ledger explains every unit | `invariants/`, `checks/stock.rs` | `OversellsUnits`, `AddsStock`, `LosesHolds`, `ForgetsLowStock`, `ForgetsPromises`, `CountsUntracked` |
//! | 4 | every acknowledged order is there, with its lines, payment and timeline | `checks/orders.rs`, `invariants/`, `monitor.rs` | `LosesOrders`, `DeletesLines`, `SkipsNumbers` |
//! | 5 | what was paid has a paid order, or is paid back | `invariants/payments.rs` | `KeepsMoney`, `ChargesStrangers` |
//! | 6 | the same key and input have the same result, once; other input is refused; what was refused is not there | `actors/placing.rs`, `actors/staff.rs`, `actors/stocking.rs`, `checks/` | `ForgetsKeys`, `ForgetsMarks`, `PlacesTwice`, `KeepsRefusedOrders` |
//! | 7 | a webhook counts once, in any order, and no machine moves backwards | `checks/jobs.rs`, `monitor.rs` | `ForgetsWebhooks`, `MovesPaymentsBack` |
//! | 8 | no mail, announcement or job without a commit, and none is missing after one | `checks/messages.rs`, `checks/jobs.rs` | `MailsUnderTwoIds`, `SwallowsMails`, `DeliversStrangers` |
//! | 9 | no job is lost or invented; a doubled or late one has no effect | `checks/jobs.rs`, `monitor.rs`, `perform.rs` | `LosesJobs`, `InventsJobs`, `SendsMailsTwice`, `ForgetsFences`, `TakesLateWrites` |
//! | 10 | the search index is the database's once all is at rest | `checks/jobs.rs` | `ForgetsDocuments` |
//! | 11 | nobody sees what is not theirs | `actors/following.rs` | `OpensOrders` |
//! | 12 | totals are the server's, in whole minor units | `checks/orders.rs` | `ChangesPrices` |
//! | 13 | memory and latency are bounded, and overload is refused at once | not seen here | |
//! | 14 | nothing stays stuck once the world is healed | `settle.rs`, `checks/orders.rs`, `checks/jobs.rs` | `MarksJobsDone`, `StallsJobs` |
//! | 15 | who follows an order sees each entry once, in order, and only their own | `checks/messages.rs`, `actors/following.rs` | `ShowsEntriesLate`, `OpensOrders` |
//! | 16 | no secret, SQL or card data in an error, a log or a trace | not seen here | |
//! | | what comes back was sent, is put back in stock as often as the ledger tells, and keeps no more money than what stays cost | `invariants/returns.rs` | `KeepsReturnedMoney`, `LosesReturnedGoods` |
//! | 17 | a discount is in use as often as orders have it, never above its limit, and given back once | `invariants/discounts.rs` | `ForgetsUses`, `KeepsUses` |
//! | 18 | parcels hold no more than was ordered, in whatever order carriers tell of them; nothing that left is cancelled; what is taken as goods leave is not more than they are worth | `invariants/parcels.rs` | `PacksTooMuch` |
//! | 1 | no more is kept of an order than what its shopper has, and is still sent, cost | `checks/money.rs` | `PaysBackHalf` |
//! | 3 | cancelling, changing, returning, exchanging and expiring put each unit back at most once, in any order | `invariants/` | `PutsBackTwice` |
//! | 20 | an order that is changed is what its latest version says, its first is what was agreed to, and what was taken for it and is not back is what it costs and is not owed | `checks/orders.rs`, `checks/documents.rs`, `invariants/payments.rs` | `KeepsUnits`, `ForgetsDebts` |
//! | 20 | nothing is sent of which something is to be paid, and no change by its shopper makes an order dearer | `checks/orders.rs` | `SendsUnpaid`, `MakesDearer` |
//! | 21 | who withdraws is received once and told so; no more comes back than was declared, nor goes back than was paid | `actors/withdrawing.rs`, `checks/withdrawals.rs`, `checks/messages.rs` | `ReceivesTwice`, `WithdrawsMore`, `SilencesReceipts` |
//! | 22 | what staff put together becomes one order, of what was agreed, and knows which | `actors/drafting.rs`, `checks/drafts.rs` | `LosesDrafts`, `RepricesDrafts` |
//! | 19 | a document never changes, numbers have no gaps, and credit notes take back what was paid back | `monitor.rs`, `invariants/documents.rs`, `checks/documents.rs` | `RewritesDocuments`, `SkipsDocumentNumbers`, `ForgetsCreditNotes` |
//!
//! What one process cannot see is held elsewhere: 13 by `overload.rs`, `documents.rs`, `streams.rs`
//! and `websocket_limits.rs` in `server/edge/tests/http_edge`, and by `disk.rs` and `flash_sale/` in
//! `tests/tests/survival`; 16 by `server/edge/tests/http_edge/failures.rs` and
//! `tests/tests/contracts/payment/stripe/secrecy.rs`.

mod actors;
mod checks;
mod defect;
mod history;
mod ids;
mod model;
mod monitor;
mod operation;
mod people;
mod perform;
mod points;
mod ports;
mod settle;
mod template;
mod time;
mod weather;
mod world;

use std::{fmt, sync::atomic::Ordering};

pub use defect::Defect;
pub use history::History;

use world::World;

/// How many steps a run takes unless it is told.
pub const STEPS: usize = 400;

/// What came of a run.
#[derive(Debug)]
pub struct Report {
    pub seed: u64,
    pub summary: Summary,
    pub history: History,
    /// A sentence for each thing that is wrong; none, if all is well.
    pub violations: Vec<String>,
}

/// How much happened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    pub operations: u64,
    pub orders: usize,
    pub crashes: usize,
    pub freezes: usize,
    pub dropped: usize,
    pub doubled: usize,
    pub webhooks: usize,
    pub mails: usize,
}

/// Runs a world for so many steps, heals it, and checks it.
pub async fn run(seed: u64, steps: usize, defect: Option<Defect>) -> Report {
    let mut world = World::open(seed, defect).await;
    world.live(steps).await;
    let violations = world.violations().await;
    let summary = Summary {
        operations: world.counts.operations,
        orders: world.model.orders.len(),
        crashes: world.counts.crashes,
        freezes: world.counts.freezes,
        dropped: world.queue.dropped.load(Ordering::Relaxed),
        doubled: world.queue.doubled.load(Ordering::Relaxed),
        webhooks: world.counts.webhooks,
        mails: world.mailer.sent().len(),
    };
    Report {
        seed,
        summary,
        history: world.history,
        violations,
    }
}

/// Whether a world with a defect comes to a sentence that has `accusation` in it. It goes no further than that.
pub async fn catches(seed: u64, steps: usize, defect: Defect, accusation: &'static str) -> bool {
    let mut world = World::open(seed, Some(defect)).await;
    world.looked_for = Some(accusation);
    world.live(steps).await;
    world.is_caught() || world.violations().await.iter().any(|found| found.contains(accusation))
}

impl World {
    async fn live(&mut self, steps: usize) {
        for step in 0..steps {
            self.step().await;
            if step == steps * 3 / 5 && self.tamper(Defect::tampering).await {
                self.watch().await;
            }
            if self.is_caught() {
                return;
            }
        }
        self.heal().await;
    }

    /// Whether what is looked for was seen while it happened.
    fn is_caught(&self) -> bool {
        let accusations = &self.model.accusations;
        self.looked_for
            .is_some_and(|part| accusations.iter().any(|sentence| sentence.contains(part)))
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} operations, {} orders, {} crashes, {} freezes, {} deliveries dropped and {} doubled, {} webhooks, {} mails",
            self.operations,
            self.orders,
            self.crashes,
            self.freezes,
            self.dropped,
            self.doubled,
            self.webhooks,
            self.mails
        )
    }
}
