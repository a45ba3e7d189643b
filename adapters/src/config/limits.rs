//! Who may ask how often: the section `[limits]`, with its defaults.

use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    pub enabled: bool,
    /// All quotas of `vitrine_commerce::limits::policy` are multiplied by it.
    pub factor: f64,
    /// Open connections of one address that is no trusted proxy's.
    pub connections_per_address: usize,
    /// Open WebSockets and event streams of one address.
    pub streams_per_address: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            enabled: true,
            factor: 1.0,
            connections_per_address: 1_000,
            streams_per_address: 500,
        }
    }
}
