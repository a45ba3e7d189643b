//! Ways to tell others that no shop can go.

use super::Problems;
use crate::config::Config;

impl Config {
    pub(super) fn check_webhooks(&self, problems: &mut Problems) {
        for (key, value, min) in [
            ("webhooks.disabled_after_days", self.webhooks.disabled_after_days, 1),
            // An event is sent again for three days.
            ("webhooks.log_days", self.webhooks.log_days, 4),
        ] {
            problems.unless(
                (min..=36_600).contains(&value),
                key,
                format!("cannot be {value}"),
                "choose a number of days of ordinary size, of the log at least 4: an event is sent again for three days",
            );
        }
        problems.unless(
            !self.events.stream || self.redis.is_some(),
            "events.stream",
            "is set, and there is no Redis to hold the stream".to_owned(),
            "set `redis.url`, or have events sent by webhooks",
        );
        let length = self.events.stream_length_max;
        problems.unless(
            (100..=100_000_000).contains(&length),
            "events.stream_length_max",
            format!("cannot be {length}"),
            "choose a number between 100 and 100000000",
        );
    }
}
