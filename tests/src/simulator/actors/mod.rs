//! Who does something at a step: shoppers, staff, workers, the payment provider, and fate.

mod drafting;
mod editing;
mod fate;
mod following;
mod jobs;
mod parcels;
mod paying;
mod placing;
mod replacing;
mod returning;
mod shopping;
mod staff;
mod stocking;
mod webhooks;
mod withdrawing;

use chrono::TimeDelta;
use rand::Rng;
use vitrine_commerce::{Context, Viewer};

use super::world::World;

impl World {
    /// Something happens.
    pub(super) async fn step(&mut self) {
        let tick = self.dice.random_range(1..1_500);
        self.clock.shift(TimeDelta::milliseconds(tick));
        if !self.frozen.is_empty() && self.chance(4) {
            // Longer than any lease: others take over what is frozen.
            self.clock.shift(TimeDelta::seconds(90));
            self.note("a minute and a half passes");
        }
        if !self.frozen.is_empty() && self.chance(8) {
            let index = self.dice.random_range(0..self.frozen.len());
            self.thaw(index).await;
        } else {
            match self.dice.random_range(0..100) {
                0..38 => self.shopper_acts().await,
                38..41 => self.take_back().await,
                41..43 => self.withdraw().await,
                43..68 => self.worker_acts().await,
                68..70 => self.carrier_tells().await,
                70..78 => self.staff_act().await,
                78..86 => self.webhooks_come().await,
                86..94 => self.schedules_tick().await,
                _ => self.fate_strikes().await,
            }
        }
        self.watch().await;
    }

    /// Looks whether something moved backwards.
    pub(super) async fn watch(&mut self) {
        for sentence in self.monitor.look(&self.db).await {
            self.model.accuse(sentence);
        }
        if self.monitor.unsent.is_empty() {
            return;
        }
        for charge in self.provider.ledger().await.expect("the provider's books can be read") {
            let id = charge.payment.0.simple().to_string();
            if self.monitor.unsent.contains(&id) {
                let sentence = format!("{} is said to be unsent, and the provider has it", charge.payment);
                self.model.accuse(sentence);
            }
        }
    }

    /// A request by `viewer`.
    pub(super) fn context(&self, viewer: Viewer) -> Context {
        Context::new(
            &self.processes[0].shop,
            viewer,
            format!("operation {}", self.counts.operations + 1),
        )
    }
}
