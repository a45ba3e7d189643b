//! How invoices and other documents are rendered: the section `[documents]`, with its defaults.

use std::path::PathBuf;

use serde::Deserialize;

use super::load;

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Documents {
    /// Where fonts lie for letters that those of the program do not have.
    #[serde(deserialize_with = "load::list")]
    pub fonts: Vec<String>,
}

impl Default for Documents {
    fn default() -> Self {
        Self {
            fonts: ["/usr/share/fonts", "/usr/local/share/fonts"]
                .map(str::to_owned)
                .to_vec(),
        }
    }
}

impl Documents {
    pub fn folders(&self) -> Vec<PathBuf> {
        self.fonts.iter().map(PathBuf::from).collect()
    }
}
