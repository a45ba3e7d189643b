//! The way back: a backup becomes the shop's database.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use vitrine_migration::{Migrator, MigratorTrait};

use super::{Manifest, Place, copy, file, list, manifest, place::sync};
use crate::{boot::claim_file_at, config::Config};

/// Which backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The newest that is there.
    Latest,
    /// By its name in the place.
    Named(String),
    /// A file, whoever made it.
    File(PathBuf),
}

/// What was done.
#[derive(Debug)]
pub struct Restored {
    pub database: PathBuf,
    /// Of what; `None` for a file that no manifest tells of.
    pub manifest: Option<Manifest>,
    pub orders: i64,
    /// Where the database that was there is now.
    pub set_aside: Option<PathBuf>,
    /// Whether a newer program made it: this one runs on it all the same.
    pub is_newer: bool,
}

/// Puts a backup where the database is. One that is there is set aside, with what it has in its WAL.
///
/// # Errors
/// When a server has the shop open; when there is a database and `replaces` does not say that it is meant; when the backup is damaged or
/// none. Then everything is as it was.
pub async fn restore(
    config: &Config,
    place: &Place,
    source: &Source,
    replaces: bool,
    now: DateTime<Utc>,
) -> anyhow::Result<Restored> {
    let database = file(config)?;
    let is_there = database.exists();
    if is_there && !replaces {
        bail!(
            "there is a database at {}, and nothing was changed. With --replace it is set aside, and the backup takes its place",
            database.display()
        );
    }
    if let Some(folder) = database.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).with_context(|| format!("making the folder {}", folder.display()))?;
    }
    // Held until it is done: a server that starts meanwhile tells that another is there.
    let _claim = claim_file_at(&database).context("a server has this shop open: stop it first. Nothing was changed")?;
    if is_there {
        nobody_has(&database).await?;
    }
    let draft = beside(&database, ".restoring");
    let fetched = fetch(place, source, &draft).await;
    let checked = match fetched {
        Ok(manifest) => copy::check(&draft)
            .await
            .context("checking the backup")
            .map(|contents| (manifest, contents)),
        Err(error) => Err(error),
    };
    if checked.is_err() {
        let _ = fs::remove_file(&draft);
    }
    let (manifest, contents) = checked?;
    let set_aside = if is_there {
        Some(set_aside(&database, now)?)
    } else {
        None
    };
    // Of a database that is gone, and nobody else's.
    for rest in ["-wal", "-shm"] {
        remove(&beside(&database, rest))?;
    }
    fs::File::open(&draft)
        .and_then(|file| file.sync_all())
        .context("writing the database")?;
    fs::rename(&draft, &database).context("putting the backup where the database is")?;
    sync(database.parent().unwrap_or(Path::new("")))?;
    forget_index(&database)?;
    let known = Migrator::migrations();
    Ok(Restored {
        is_newer: !known.iter().any(|migration| migration.name() == contents.migration),
        orders: contents.orders,
        database,
        manifest,
        set_aside,
    })
}

async fn fetch(place: &Place, source: &Source, draft: &Path) -> anyhow::Result<Option<Manifest>> {
    let named = match source {
        Source::File(file) => {
            if fs::metadata(beside(file, "-wal")).is_ok_and(|wal| wal.len() > 0) {
                bail!(
                    "{} has a `-wal` beside it, which holds what is in no other file: make a copy of both by `vacuum into`",
                    file.display()
                );
            }
            fs::copy(file, draft).with_context(|| format!("reading {}", file.display()))?;
            make_private(draft)?;
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let told = file.with_file_name(manifest::file_name(&name));
            let known = match fs::read(&told) {
                Ok(json) => Some(Manifest::read(&json).with_context(|| format!("reading {}", told.display()))?),
                Err(_) => None,
            };
            return compare(known, draft).await;
        }
        Source::Latest => list(place).await?.into_iter().next(),
        Source::Named(name) => list(place).await?.into_iter().find(|manifest| manifest.name == *name),
    };
    let Some(manifest) = named else {
        bail!(
            "there is no such backup at {}: `vitrine backup --list` names them",
            place.told()
        );
    };
    place
        .fetch(&manifest.name, draft)
        .await
        .with_context(|| format!("fetching {}", manifest.name))?;
    make_private(draft)?;
    compare(Some(manifest), draft).await
}

async fn compare(manifest: Option<Manifest>, draft: &Path) -> anyhow::Result<Option<Manifest>> {
    if let Some(manifest) = &manifest {
        let (bytes, sha256) = manifest::digest(draft).await?;
        if sha256 != manifest.sha256 {
            bail!(
                "{} is not what was written: {bytes} bytes of {}, and another SHA-256. Take an older one",
                manifest.name,
                manifest.bytes
            );
        }
    }
    Ok(manifest)
}

/// Whoever has a database in WAL mode open holds a lock in its file, also while it does nothing.
async fn nobody_has(database: &Path) -> anyhow::Result<()> {
    let path = database.to_owned();
    let mut options = ConnectOptions::new("sqlite://database");
    options.max_connections(1).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        let sqlite = sqlite.filename(&path).create_if_missing(false);
        sqlite
            .busy_timeout(std::time::Duration::ZERO)
            .pragma("locking_mode", "exclusive")
    });
    let asked = async {
        let db = Database::connect(options).await?;
        db.execute_unprepared("begin exclusive; rollback").await?;
        // Whoever closes it as the last brings the WAL into the file.
        db.close().await
    };
    match asked.await {
        Err(error) if error.to_string().contains("locked") => {
            bail!(
                "another program has {} open: stop it first. Nothing was changed",
                database.display()
            )
        }
        // One that cannot be opened at all is what somebody may want to replace.
        _ => Ok(()),
    }
}

/// Under a name that tells when, with the files that belong to it: what is in the WAL is in no other file.
fn set_aside(database: &Path, now: DateTime<Utc>) -> anyhow::Result<PathBuf> {
    let aside = beside(database, &now.format(".before-%Y%m%dT%H%M%SZ").to_string());
    if aside.exists() {
        bail!("{} is there already: wait a second", aside.display());
    }
    for rest in ["-wal", "-shm", ""] {
        match fs::rename(beside(database, rest), beside(&aside, rest)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error).context("setting the old database aside");
            }
            _ => {}
        }
    }
    Ok(aside)
}

/// A search index that followed the other database. The server makes a new one as it starts.
fn forget_index(database: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(beside(database, "-search")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).context("removing the old search index"),
        _ => Ok(()),
    }
}

fn remove(file: &Path) -> anyhow::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("removing {}", file.display()))
        }
        _ => Ok(()),
    }
}

fn beside(file: &Path, rest: &str) -> PathBuf {
    let mut name: OsString = file.as_os_str().to_owned();
    name.push(rest);
    PathBuf::from(name)
}

fn make_private(file: &Path) -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        fs::set_permissions(file, mode).context("keeping the backup from others")?;
    }
    Ok(())
}
