//! Files of operations that no shop can take.

use super::Problems;
use crate::config::Bulk;

impl Bulk {
    pub(super) fn check(&self, problems: &mut Problems) {
        for (key, value, max) in [
            ("bulk.max_megabytes", self.max_megabytes, 200),
            ("bulk.max_lines", self.max_lines, 1_000_000),
        ] {
            problems.unless(
                (1..=max).contains(&value),
                key,
                format!("cannot be {value}"),
                "choose a positive number of ordinary size",
            );
        }
    }
}
