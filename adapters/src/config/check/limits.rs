//! Limits that stop everybody, or nobody.

use super::Problems;
use crate::config::Limits;

impl Limits {
    pub(super) fn check(&self, problems: &mut Problems) {
        problems.unless(
            (0.1..=1_000_000.0).contains(&self.factor),
            "limits.factor",
            format!("cannot be {}", self.factor),
            "choose from 0.1 to 1000000; `limits.enabled` switches all of it off",
        );
        for (key, value) in [
            ("limits.connections_per_address", self.connections_per_address),
            ("limits.streams_per_address", self.streams_per_address),
        ] {
            problems.unless(
                (1..=1_000_000).contains(&value),
                key,
                format!("cannot be {value}"),
                "choose a positive number of ordinary size",
            );
        }
    }
}
