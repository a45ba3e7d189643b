//! The storefront: the section `[web]`, with its defaults.

use std::path::PathBuf;

use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Web {
    /// Whether the server shows pages to shoppers, besides its APIs.
    pub enabled: bool,
    /// A folder whose files stand for the pages' own.
    pub theme: Option<PathBuf>,
}

impl Default for Web {
    fn default() -> Self {
        Self {
            enabled: true,
            theme: None,
        }
    }
}
