//! Ids and secrets that a seed decides.

use std::sync::Mutex;

use chrono::{DateTime, Utc};
use rand::{RngCore, SeedableRng, rngs::StdRng};
use uuid::Uuid;
use vitrine_commerce::ports::IdSource;

/// Gives the same ids in the same order for the same seed. Like the real one, ids of one
/// millisecond count up.
pub(super) struct SeededIds(Mutex<State>);

struct State {
    rng: StdRng,
    made: u32,
}

impl SeededIds {
    pub(super) fn new(seed: u64) -> Self {
        Self(Mutex::new(State {
            rng: StdRng::seed_from_u64(seed),
            made: 0,
        }))
    }
}

impl IdSource for SeededIds {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.0.lock().expect("nobody dies while they draw an id");
        state.rng.fill_bytes(bytes);
    }

    fn at(&self, now: DateTime<Utc>) -> Uuid {
        let mut state = self.0.lock().expect("nobody dies while they draw an id");
        let mut random = [0; 10];
        state.rng.fill_bytes(&mut random);
        state.made += 1;
        let made = state.made.to_be_bytes();
        // Behind the version's four bits and the variant's two.
        random[0] = made[0] & 0x0f;
        random[1] = made[1];
        random[2] = made[2] >> 2;
        random[3] = (made[2] << 6) | (made[3] >> 2);
        random[4] = (made[3] << 6) | (random[4] & 0x3f);
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}
