//! How others are told of what happens: the sections `[webhooks]` and `[events]`, with their defaults.

use chrono::TimeDelta;
use serde::Deserialize;
use vitrine_commerce::shop::WebhookSettings;

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Webhooks {
    /// After how many days in which it has taken nothing an endpoint is switched off.
    pub disabled_after_days: u32,
    /// For how many days events, and what became of them, are kept.
    pub log_days: u32,
    /// Whether endpoints may lie on this machine or its network, and be asked without encryption.
    pub to_inside: bool,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Events {
    /// Whether events are appended to a stream of Redis.
    pub stream: bool,
    /// About how many entries of it are kept.
    pub stream_length_max: u64,
}

impl Default for Webhooks {
    fn default() -> Self {
        let kept = WebhookSettings::default();
        let days = |of: TimeDelta| of.num_days().try_into().unwrap_or(u32::MAX);
        Self {
            disabled_after_days: days(kept.disabled_after),
            log_days: days(kept.log),
            to_inside: false,
        }
    }
}

impl Default for Events {
    fn default() -> Self {
        Self {
            stream: false,
            stream_length_max: 100_000,
        }
    }
}

impl Webhooks {
    /// As the shop has it.
    pub fn settings(&self) -> WebhookSettings {
        WebhookSettings {
            disabled_after: TimeDelta::days(self.disabled_after_days.into()),
            log: TimeDelta::days(self.log_days.into()),
        }
    }
}
