//! Messages to browsers: the section `[push]`, with its defaults.

use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Push {
    /// Whether shoppers are offered to be told of their orders by their browser.
    pub enabled: bool,
}
