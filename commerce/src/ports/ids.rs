//! New ids and secrets, given from outside so that tests can repeat them.

use std::sync::Mutex;

use chrono::{DateTime, Utc};
use rand::RngCore;
use uuid::{ContextV7, Timestamp, Uuid};

/// Gives ids and randomness.
pub trait IdSource: Send + Sync {
    /// Fills `bytes` with randomness fit for secrets.
    fn fill(&self, bytes: &mut [u8]);

    /// A UUID version 7: it sorts by the time given.
    fn at(&self, now: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        let mut random = [0; 10];
        self.fill(&mut random);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    /// 128 random bits, none of them given to a version or a time.
    fn unguessable(&self) -> Uuid {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        Uuid::from_bytes(bytes)
    }
}

/// The operating system's randomness. Ids of one millisecond count up, so that rows written
/// together sort in the order in which they were made.
#[derive(Debug, Default)]
pub struct SystemIds {
    sequence: Mutex<ContextV7>,
}

impl IdSource for SystemIds {
    fn at(&self, now: DateTime<Utc>) -> Uuid {
        let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
        Uuid::new_v7(Timestamp::from_unix(
            &self.sequence,
            seconds,
            now.timestamp_subsec_nanos(),
        ))
    }

    fn fill(&self, bytes: &mut [u8]) {
        rand::rng().fill_bytes(bytes);
    }
}
