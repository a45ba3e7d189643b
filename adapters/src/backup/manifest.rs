//! What is known of a backup.

use std::{io::Read, path::Path};

use anyhow::Context;
use chrono::{DateTime, SubsecRound, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::copy::Contents;

const PREFIX: &str = "shop-";

/// A backup, as it is told beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The copy's own name, such as `shop-20261130T021500Z.db`.
    pub name: String,
    /// What it holds was committed at this time or before.
    pub made_at: DateTime<Utc>,
    pub bytes: u64,
    /// In hexadecimal digits.
    pub sha256: String,
    /// The last change of the schema that it has.
    pub migration: String,
    /// The program that made it.
    pub version: String,
    pub orders: i64,
}

/// The name of a copy that is made now.
pub(super) fn name(now: DateTime<Utc>) -> String {
    now.format("shop-%Y%m%dT%H%M%SZ.db").to_string()
}

pub(super) fn is_file_name(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(".json")
}

impl Manifest {
    /// Reads the whole copy.
    pub(super) async fn of(name: &str, copy: &Path, contents: Contents, now: DateTime<Utc>) -> anyhow::Result<Self> {
        let (bytes, sha256) = digest(copy).await?;
        Ok(Self {
            name: name.to_owned(),
            made_at: now.trunc_subsecs(0),
            bytes,
            sha256,
            migration: contents.migration,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            orders: contents.orders,
        })
    }

    /// The name of the manifest of the copy.
    pub(super) fn file_name(&self) -> String {
        file_name(&self.name)
    }

    pub(super) fn read(json: &[u8]) -> anyhow::Result<Self> {
        serde_json::from_slice(json).context("it is no backup's manifest")
    }

    pub(super) fn to_json(&self) -> anyhow::Result<Vec<u8>> {
        serde_json::to_vec_pretty(self).context("writing the manifest")
    }
}

pub(super) fn file_name(copy: &str) -> String {
    format!("{}.json", copy.trim_end_matches(".db"))
}

/// A file's size and SHA-256.
pub(super) async fn digest(file: &Path) -> anyhow::Result<(u64, String)> {
    let path = file.to_owned();
    let read = move || -> std::io::Result<(u64, String)> {
        let (mut file, mut hash) = (std::fs::File::open(path)?, Sha256::new());
        let (mut piece, mut bytes) = (vec![0; 1024 * 1024], 0);
        loop {
            let read = file.read(&mut piece)?;
            if read == 0 {
                return Ok((bytes, format!("{:x}", hash.finalize())));
            }
            hash.update(&piece[..read]);
            bytes += read as u64;
        }
    };
    let read = tokio::task::spawn_blocking(read).await.context("reading the copy")?;
    read.with_context(|| format!("reading {}", file.display()))
}
