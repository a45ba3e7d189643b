//! Stock as it should be: numbers and no database.

use proptest::prelude::*;

use super::super::Held;

pub(super) const SKUS: usize = 3;
pub(super) const ORDERS: usize = 4;
pub(super) const THRESHOLD: i32 = 3;

/// Something that is done to stock.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Reserve { order: usize, quantities: [i64; SKUS] },
    Deduct { order: usize },
    Release { order: usize },
    PutBack { order: usize },
    Adjust { sku: usize, delta: i64 },
    Count { sku: usize, on_hand: i64 },
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    let order = || 0..ORDERS;
    prop_oneof![
        4 => (order(), prop::array::uniform3(0..4i64)).prop_map(|(order, quantities)| Step::Reserve { order, quantities }),
        3 => order().prop_map(|order| Step::Deduct { order }),
        3 => order().prop_map(|order| Step::Release { order }),
        2 => order().prop_map(|order| Step::PutBack { order }),
        2 => (0..SKUS, prop_oneof![-6..0i64, 1..9i64]).prop_map(|(sku, delta)| Step::Adjust { sku, delta }),
        2 => (0..SKUS, 0..12i64).prop_map(|(sku, on_hand)| Step::Count { sku, on_hand }),
    ]
}

pub(super) type State = Vec<Sku>;

/// What can be seen of one SKU.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sku {
    pub(super) on_hand: i64,
    pub(super) reserved: i64,
    /// How often staff were told that little is left.
    pub(super) alerts: usize,
    pub(super) is_alerted: bool,
    /// What the ledger's entries come to: on hand, reserved.
    pub(super) ledger: (i64, i64),
    /// What the live holds come to.
    pub(super) held: i64,
}

#[derive(Default)]
pub(super) struct Model {
    skus: [Sku; SKUS],
    /// What each order holds, and what was deducted for it: hold by hold.
    held: [Vec<(usize, i64)>; ORDERS],
    deducted: [Vec<(usize, i64)>; ORDERS],
}

impl Model {
    pub(super) fn state(&self) -> State {
        self.skus.to_vec()
    }

    /// Takes a step and says what becomes of it.
    pub(super) fn take(&mut self, step: &Step) -> String {
        match *step {
            Step::Reserve { order, quantities } => self.reserve(order, quantities),
            Step::Deduct { order } => {
                let holds = std::mem::take(&mut self.held[order]);
                for (sku, quantity) in &holds {
                    self.change(*sku, -quantity, -quantity);
                }
                self.deducted[order].extend(&holds);
                format!("deducted {}", !holds.is_empty())
            }
            Step::Release { order } => {
                let holds = std::mem::take(&mut self.held[order]);
                for (sku, quantity) in &holds {
                    self.change(*sku, 0, -quantity);
                }
                format!("released {}", holds.len())
            }
            Step::PutBack { order } => {
                let holds = std::mem::take(&mut self.deducted[order]);
                for (sku, quantity) in &holds {
                    self.change(*sku, *quantity, 0);
                }
                format!("put back {}", holds.len())
            }
            Step::Adjust { sku, delta } => self.set(sku, self.skus[sku].on_hand + delta),
            Step::Count { sku, on_hand } => self.set(sku, on_hand),
        }
    }

    fn reserve(&mut self, order: usize, quantities: [i64; SKUS]) -> String {
        let wanted: Vec<_> = (0..SKUS).filter(|sku| quantities[*sku] > 0).collect();
        let available = |sku: usize| self.skus[sku].on_hand - self.skus[sku].reserved;
        let outcomes: Vec<_> = wanted
            .iter()
            .map(|sku| match available(*sku) - quantities[*sku] {
                left if left < 0 => Held::Insufficient {
                    available: available(*sku),
                },
                left => Held::Reserved { last: left == 0 },
            })
            .collect();
        if outcomes.iter().all(|outcome| matches!(outcome, Held::Reserved { .. })) {
            for sku in wanted {
                self.change(sku, 0, quantities[sku]);
                self.held[order].push((sku, quantities[sku]));
            }
        }
        format!("{outcomes:?}")
    }

    fn set(&mut self, sku: usize, on_hand: i64) -> String {
        if on_hand < self.skus[sku].reserved {
            return "refused".to_owned();
        }
        self.change(sku, on_hand - self.skus[sku].on_hand, 0);
        format!("{on_hand} on hand")
    }

    fn change(&mut self, sku: usize, on_hand: i64, reserved: i64) {
        let sku = &mut self.skus[sku];
        sku.on_hand += on_hand;
        sku.reserved += reserved;
        sku.ledger = (sku.ledger.0 + on_hand, sku.ledger.1 + reserved);
        sku.held += reserved;
        let is_low = sku.on_hand - sku.reserved <= i64::from(THRESHOLD);
        if is_low && !sku.is_alerted && on_hand - reserved < 0 {
            sku.alerts += 1;
            sku.is_alerted = true;
        } else if !is_low {
            sku.is_alerted = false;
        }
    }
}
