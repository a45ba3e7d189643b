//! What stands above the goods of a category or a collection, as it stands in the file.

use serde::{Deserialize, Serialize};

use crate::catalog::heading::HeadingPicture;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PictureEntry {
    /// An address, or a path of the shop.
    source: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    alt: String,
}

impl PictureEntry {
    pub(super) fn of(source: Option<String>, alt: Option<String>) -> Option<Self> {
        Some(Self {
            source: source?,
            alt: alt.unwrap_or_default(),
        })
    }
}

impl From<PictureEntry> for HeadingPicture {
    fn from(entry: PictureEntry) -> Self {
        Self {
            media: None,
            source: Some(entry.source),
            alt: Some(entry.alt),
        }
    }
}
