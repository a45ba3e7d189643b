//! Answers that are kept: the section `[answers]`, with its defaults.

use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    pub enabled: bool,
    /// How much memory they may take, in each server.
    pub bytes_max: u64,
    /// For how many seconds caches between a server and its shoppers may keep what is asked for by `GET`. 0: not.
    pub s_maxage: u32,
}

impl Default for Answers {
    fn default() -> Self {
        Self {
            enabled: true,
            bytes_max: 64 * 1024 * 1024,
            s_maxage: 0,
        }
    }
}
