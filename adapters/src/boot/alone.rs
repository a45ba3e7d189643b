//! Whether an embedded shop's process is the only one that works for it.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::PathBuf,
    sync::Arc,
};

use super::database;
use crate::config::Config;

/// Held for as long as the process serves; the system takes it from one that dies.
pub(super) type Alone = Arc<File>;

/// Claims the shop for this process, where it is in a file on this machine and this process is its worker, too. `None`
/// where another has claimed it, and where it cannot be known: what was begun then waits for its lease, as among several.
pub(super) fn claim(config: &Config) -> Option<Alone> {
    let database = database::file(config).filter(|_| config.is_embedded())?;
    let mut path = database.into_os_string();
    path.push("-worker");
    let path = PathBuf::from(path);
    let opened = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let locked = opened
        .map_err(TryLockError::Error)
        .and_then(|file| file.try_lock().map(|()| file));
    match locked {
        Ok(file) => Some(Arc::new(file)),
        Err(TryLockError::WouldBlock) => {
            tracing::warn!(
                "another server has this shop open: each works for it, and neither hears at once of what the other does"
            );
            None
        }
        Err(TryLockError::Error(error)) => {
            tracing::warn!(path = %path.display(), %error, "whether another server has this shop open is not known");
            None
        }
    }
}
