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
//! | `operation.rs`, `points.rs` | how something that runs dies or freezes |
//! | `ports/`, `weather.rs` | what goes wrong outside the shop |
//! | `settle.rs` | the healing |
//! | `monitor.rs`, `checks/` | what must hold at every step, and at the end |
//! | `defect.rs` | what is planted to see that the checks catch it |
//!
//! `cargo run -p vitrine-tests --bin simulate -- --help` tells how to run it by hand.

mod actors;
mod checks;
mod defect;
mod history;
mod ids;
mod model;
mod monitor;
mod operation;
mod points;
mod ports;
mod settle;
mod template;
mod time;
mod weather;
mod world;

use std::{fmt, sync::atomic::Ordering};

use sea_orm::ConnectionTrait;

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
    for step in 0..steps {
        world.step().await;
        if step == steps * 3 / 5
            && let Some(hand) = defect.map(Defect::tampering).filter(|hand| !hand.is_empty())
        {
            world
                .db
                .execute_unprepared(hand)
                .await
                .expect("the tables are tampered with");
            world.watch().await;
        }
    }
    world.heal().await;
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
