//! The older system that the shop moves away from: the section `[legacy]`, with its defaults.

use serde::Deserialize;

use super::Secret;

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Legacy {
    /// Its base address. Without it there is none.
    pub url: Option<String>,
    /// What the shop proves itself by, where it writes orders there and compares them.
    pub token: Option<Secret>,
    pub timeout_seconds: u64,
}

impl Default for Legacy {
    fn default() -> Self {
        Self {
            url: None,
            token: None,
            timeout_seconds: 10,
        }
    }
}
