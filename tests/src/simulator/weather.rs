//! What is down at the moment, and the dice by which ports misbehave.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rand::{Rng, SeedableRng, rngs::StdRng};

use crate::faulty_provider::ProviderFault;

/// What is down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Down {
    pub provider: bool,
    pub queue: bool,
    pub bus: bool,
    pub mail: bool,
    pub search: bool,
}

/// Shared by all ports. Its dice are its own, so that what the ports throw does not depend on what
/// the actors do, and the other way round.
pub(super) struct Weather(Mutex<State>);

struct State {
    dice: StdRng,
    down: Down,
    healed: bool,
}

impl Weather {
    pub(super) fn new(seed: u64) -> Self {
        Self(Mutex::new(State {
            dice: StdRng::seed_from_u64(seed),
            down: Down::default(),
            healed: false,
        }))
    }

    pub(super) fn down(&self) -> Down {
        self.lock().down
    }

    pub(super) fn set_down(&self, down: Down) {
        self.lock().down = down;
    }

    /// From now on nothing goes wrong.
    pub(super) fn heal(&self) {
        let mut state = self.lock();
        state.down = Down::default();
        state.healed = true;
    }

    pub(super) fn is_healed(&self) -> bool {
        self.lock().healed
    }

    /// Whether it happens, in so many cases of a hundred; never, once the world is healed.
    pub(super) fn happens(&self, percent: u32) -> bool {
        let mut state = self.lock();
        let thrown = state.dice.random_range(0..100);
        !state.healed && thrown < percent
    }

    /// What goes wrong with a call of the payment provider.
    pub(super) fn provider_fault(&self) -> Option<ProviderFault> {
        let mut state = self.lock();
        let thrown = state.dice.random_range(0..100);
        if state.healed {
            return None;
        }
        let scale = if state.down.provider { 1 } else { 8 };
        match thrown * scale {
            0..30 => Some(ProviderFault::Refused),
            30..50 => Some(ProviderFault::RequestLost),
            50..90 => Some(ProviderFault::AnswerLost),
            90..97 => Some(ProviderFault::RateLimited),
            _ => None,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
