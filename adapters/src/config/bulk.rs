//! How large a file of operations may be: the section `[bulk]`, with its defaults.

use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Bulk {
    /// The largest file.
    pub max_megabytes: u64,
    /// The most lines of a file.
    pub max_lines: u64,
}

impl Default for Bulk {
    fn default() -> Self {
        Self {
            max_megabytes: 20,
            max_lines: 100_000,
        }
    }
}

impl Bulk {
    pub fn bytes_max(&self) -> u64 {
        self.max_megabytes * 1024 * 1024
    }
}
