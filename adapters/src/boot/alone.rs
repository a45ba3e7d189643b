//! Whether an embedded shop's process is the only one that works for it.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use super::database;
use crate::config::{Config, DatabaseKind};

/// Marks PostgreSQL's advisory lock as that of whoever works for an embedded shop.
const WORKER_LOCK: i64 = 0x0076_6974_776f_726b;

/// Held for as long as the process serves; taken from one that dies: by the system, or by PostgreSQL, whose session ends with
/// its connection.
#[derive(Clone)]
pub(super) enum Alone {
    File { _locked: Arc<File> },
    Session { _locked: DatabaseConnection },
}

/// Claims the shop for this process, where it is its worker, too. `None` where another has claimed it, and where it cannot
/// be known: what was begun then waits for its lease, as among several.
pub(super) async fn claim(config: &Config) -> Option<Alone> {
    if !config.is_embedded() {
        return None;
    }
    match config.database_kind() {
        DatabaseKind::Sqlite => claim_file(config),
        DatabaseKind::Postgres => claim_session(config).await,
    }
}

/// Claims the database at `path` for whoever changes it while nobody serves.
pub(crate) fn claim_file_at(database: &Path) -> Result<File, TryLockError> {
    let opened = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(lock_of(database));
    opened
        .map_err(TryLockError::Error)
        .and_then(|file| file.try_lock().map(|()| file))
}

fn lock_of(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push("-worker");
    PathBuf::from(path)
}

fn claim_file(config: &Config) -> Option<Alone> {
    let database = database::file(config)?;
    let path = lock_of(&database);
    match claim_file_at(&database) {
        Ok(file) => Some(Alone::File {
            _locked: Arc::new(file),
        }),
        Err(TryLockError::WouldBlock) => {
            warn_of_another();
            None
        }
        Err(TryLockError::Error(error)) => {
            tracing::warn!(path = %path.display(), %error, "whether another server has this shop open is not known");
            None
        }
    }
}

/// By a connection of its own, which does nothing else. Should it be cut, the lock is gone and the process lives on: then
/// another that starts takes back what this one has begun, and the fences of its claims refuse what this one does late.
async fn claim_session(config: &Config) -> Option<Alone> {
    match try_session(config).await {
        Ok(Some(db)) => Some(Alone::Session { _locked: db }),
        Ok(None) => {
            warn_of_another();
            None
        }
        Err(error) => {
            let error: &dyn std::error::Error = error.as_ref();
            tracing::warn!(error, "whether another server has this shop open is not known");
            None
        }
    }
}

async fn try_session(config: &Config) -> anyhow::Result<Option<DatabaseConnection>> {
    let db = database::open_session(config).await?;
    let ask = Statement::from_string(
        db.get_database_backend(),
        format!("select pg_try_advisory_lock({WORKER_LOCK})"),
    );
    let told = db.query_one_raw(ask).await.context("asking for the worker's lock")?;
    let told = told.context("PostgreSQL did not say whether it gave the lock")?;
    let is_locked: bool = told.try_get_by(0).context("reading whether it gave the lock")?;
    if !is_locked {
        db.close().await.context("closing a connection")?;
        return Ok(None);
    }
    Ok(Some(db))
}

fn warn_of_another() {
    tracing::warn!(
        "another server has this shop open: each works for it, and neither hears at once of what the other does"
    );
}
