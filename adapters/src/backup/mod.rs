//! Copies of an SQLite database, made while the shop sells, checked, and kept by a rule; and the way back from one.
//!
//! A backup is two files: the copy, and beside it a [`Manifest`] that is written last, so that whoever reads a manifest finds a
//! whole copy. On PostgreSQL its own tools do this (`deploy/postgresql`, `docs/runbooks/restore.md`).

mod copy;
mod keep;
mod manifest;
mod nightly;
mod place;
mod restore;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};

pub use self::{
    copy::Progress,
    keep::{Keep, KeepError},
    manifest::Manifest,
    nightly::{Failed, last_success, overdue_seconds, run_if_due},
    place::Place,
    restore::{Restored, Source, restore},
};
use crate::{
    boot::database_file,
    config::{Config, DatabaseKind},
};

/// What was made, and what went for it.
#[derive(Debug)]
pub struct Made {
    pub manifest: Manifest,
    /// Those that the rule keeps no longer.
    pub removed: Vec<String>,
}

/// Copies the shop's database into `place`, checks the copy, and removes what `keep` keeps no longer.
///
/// # Errors
/// When the database is none of SQLite's, the copy cannot be written, or is not what it should be: then nothing is kept of it, and
/// nothing older is removed.
pub async fn make(
    config: &Config,
    place: &Place,
    keep: &Keep,
    now: DateTime<Utc>,
    progress: Progress<'_>,
) -> anyhow::Result<Made> {
    let file = file(config)?;
    if !file.exists() {
        bail!("there is no database at {}: nothing was copied", file.display());
    }
    let name = manifest::name(now);
    let draft = place.draft(&file, &name)?;
    let written = write(config, place, &draft, &name, now, progress).await;
    if written.is_err() {
        // Whatever is left of it holds customers' data and is of no use.
        let _ = std::fs::remove_file(&draft);
    }
    let manifest = written?;
    let removed = prune(place, keep)
        .await
        .context("removing backups that are kept no longer")?;
    Ok(Made { manifest, removed })
}

async fn write(
    config: &Config,
    place: &Place,
    draft: &Path,
    name: &str,
    now: DateTime<Utc>,
    progress: Progress<'_>,
) -> anyhow::Result<Manifest> {
    let counted = copy::copy(config, draft, progress).await?;
    let contents = copy::check(draft).await.context("checking the copy")?;
    if contents.orders < counted {
        bail!(
            "the copy has {} orders, and the database had {counted} before it",
            contents.orders
        );
    }
    let manifest = Manifest::of(name, draft, contents, now).await?;
    place.keep(draft, name).await.context("keeping the copy")?;
    place
        .put(&manifest.file_name(), manifest.to_json()?)
        .await
        .context("keeping the copy's manifest")?;
    Ok(manifest)
}

/// Every backup that is there, the newest first.
///
/// # Errors
/// When the place cannot be read.
pub async fn list(place: &Place) -> anyhow::Result<Vec<Manifest>> {
    let mut found = Vec::new();
    for name in place.names().await.context("looking for backups")? {
        if !manifest::is_file_name(&name) {
            continue;
        }
        // One that somebody has removed meanwhile is none.
        if let Some(json) = place.get(&name).await? {
            found.push(Manifest::read(&json).with_context(|| format!("reading {name}"))?);
        }
    }
    found.sort_by_key(|manifest| std::cmp::Reverse(manifest.made_at));
    Ok(found)
}

async fn prune(place: &Place, keep: &Keep) -> anyhow::Result<Vec<String>> {
    let all = list(place).await?;
    let times: Vec<_> = all.iter().map(|manifest| manifest.made_at).collect();
    let mut removed = Vec::new();
    for at in keep.superfluous(&times) {
        let manifest = &all[at];
        // The manifest first: a copy without one is no backup.
        place.delete(&manifest.file_name()).await?;
        place.delete(&manifest.name).await?;
        removed.push(manifest.name.clone());
    }
    Ok(removed)
}

/// The database's file.
fn file(config: &Config) -> anyhow::Result<PathBuf> {
    if config.database_kind() == DatabaseKind::Postgres {
        bail!(
            "this shop's database is PostgreSQL, which is backed up by its own tools: see deploy/postgresql and \
             docs/runbooks/restore.md"
        );
    }
    database_file(config).context("the database is in memory: there is nothing to keep. Name a file in `database.url`")
}
