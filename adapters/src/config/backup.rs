//! The copies of an SQLite database: the section `[backup]`, with its defaults.

use std::path::PathBuf;

use chrono::NaiveTime;
use serde::Deserialize;

use super::S3;

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Backup {
    /// When the worker makes one, each day, in UTC. Without it, nobody does by itself.
    pub daily_at: Option<String>,
    /// How many of them are kept.
    pub keep: String,
    /// Where they lie, unless they lie elsewhere.
    pub folder: PathBuf,
    pub s3: Option<S3>,
}

impl Default for Backup {
    fn default() -> Self {
        Self {
            daily_at: None,
            keep: "7d,4w,12m".to_owned(),
            folder: "vitrine-data/backups".into(),
            s3: None,
        }
    }
}

impl Backup {
    /// The time of day of `daily_at`; `None` as well where it can be none, which the checks tell.
    pub fn daily_at(&self) -> Option<NaiveTime> {
        NaiveTime::parse_from_str(self.daily_at.as_deref()?, "%H:%M").ok()
    }
}
