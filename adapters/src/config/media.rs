//! Where pictures lie and what they may be: the section `[media]`, with its defaults.

use std::path::PathBuf;

use serde::Deserialize;

use super::Secret;

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Media {
    pub store: Store,
    /// Where they lie, unless they lie elsewhere.
    pub folder: PathBuf,
    pub s3: Option<S3>,
    /// Where the outside finds them: a CDN before this server. By default the server itself.
    pub base_url: Option<String>,
    /// The largest picture's file.
    pub max_megabytes: u64,
    /// The largest file that is sold.
    pub max_file_megabytes: u64,
    /// The largest picture.
    pub max_megapixels: u64,
    /// How many pictures one process reads or makes at once.
    pub at_once: usize,
    /// Whether pictures that products name by a web address are fetched.
    pub import: bool,
    /// Whether they may lie on this machine or its network.
    pub import_from_inside: bool,
}

/// What keeps pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Store {
    #[default]
    Folder,
    S3,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3 {
    /// By default Amazon's of the region.
    pub endpoint: Option<String>,
    pub bucket: String,
    #[serde(default = "region")]
    pub region: String,
    pub access_key_id: Secret,
    pub secret_access_key: Secret,
    /// What every object's name begins with.
    #[serde(default)]
    pub prefix: String,
    /// Whether the bucket stands in the path, as most others than Amazon want it.
    #[serde(default)]
    pub path_style: bool,
    #[serde(default)]
    pub allow_http: bool,
}

fn region() -> String {
    "us-east-1".to_owned()
}

impl Default for Media {
    fn default() -> Self {
        Self {
            store: Store::Folder,
            folder: "vitrine-data/media".into(),
            s3: None,
            base_url: None,
            max_megabytes: 20,
            max_file_megabytes: 100,
            max_megapixels: 50,
            at_once: 2,
            import: true,
            import_from_inside: false,
        }
    }
}

impl Media {
    pub fn bytes_max(&self) -> u64 {
        self.max_megabytes * 1024 * 1024
    }

    pub fn file_bytes_max(&self) -> u64 {
        self.max_file_megabytes * 1024 * 1024
    }

    pub fn pixels_max(&self) -> u64 {
        self.max_megapixels * 1_000_000
    }
}
