//! What answers may be kept by.

use super::Problems;
use crate::config::Answers;

/// Less holds hardly a page.
const BYTES_MIN: u64 = 1024 * 1024;

/// A day: whoever keeps something longer that cannot be told of a change has forgotten about it.
const S_MAXAGE_MAX: u32 = 24 * 60 * 60;

impl Answers {
    pub(super) fn check(&self, problems: &mut Problems) {
        problems.unless(
            !self.enabled || self.bytes_max >= BYTES_MIN,
            "answers.bytes_max",
            format!("cannot be {}", self.bytes_max),
            "choose 1048576 or more; `answers.enabled` switches it off",
        );
        problems.unless(
            self.s_maxage <= S_MAXAGE_MAX,
            "answers.s_maxage",
            format!("cannot be {}", self.s_maxage),
            "choose from 0 to 86400 seconds",
        );
    }
}
