//! How long a database's answer is waited for.

use std::{
    future::Future,
    io,
    pin::pin,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use sea_orm::{DatabaseBackend, DatabaseConnection, DbErr, RuntimeErr, sqlx};
use tokio::time::Instant;

/// How long a statement that reads may take on PostgreSQL, its wait for a connection included. Each reads a bounded number
/// of rows, in milliseconds.
pub(crate) const READ_MAX: Duration = Duration::from_secs(8);

/// For how long after a statement was given up whoever takes a connection back asks whether it answers.
const DOUBTED_FOR: Duration = Duration::from_secs(10);

/// What `asked` of `db` comes to, where it is PostgreSQL within `longest`: SQLite's file is on this machine.
///
/// # Errors
/// Beyond that, one as of a connection that was cut: nobody knows whether it was done.
pub(crate) async fn answered<T, E: From<DbErr>>(
    db: &DatabaseConnection,
    longest: Duration,
    asked: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    if db.get_database_backend() != DatabaseBackend::Postgres {
        return asked.await;
    }
    // Dropped after what follows: whoever takes its connection back asks it then.
    let mut asked = pin!(tokio::time::timeout(longest, asked));
    let mut unanswered = Unanswered { is_heard: false };
    let outcome = asked.as_mut().await;
    unanswered.is_heard = outcome.is_ok();
    outcome.unwrap_or_else(|_| Err(silent("the database did not answer").into()))
}

/// As sqlx tells of a connection that is gone.
pub(crate) fn silent(why: &str) -> DbErr {
    let why = io::Error::new(io::ErrorKind::TimedOut, why);
    DbErr::Exec(RuntimeErr::SqlxError(Arc::new(sqlx::Error::Io(why))))
}

/// A statement whose answer has not come.
struct Unanswered {
    is_heard: bool,
}

impl Drop for Unanswered {
    fn drop(&mut self) {
        if !self.is_heard {
            DOUBTED_UNTIL_MS.store(elapsed_ms() + DOUBTED_FOR.as_millis() as u64, Ordering::Relaxed);
        }
    }
}

/// On the clock of [`elapsed_ms`].
static DOUBTED_UNTIL_MS: AtomicU64 = AtomicU64::new(0);

/// Whether a statement was given up of late, be it that whoever waited for it went away: the connection that is given back
/// next may be one that never answers.
pub fn is_connection_doubted() -> bool {
    elapsed_ms() < DOUBTED_UNTIL_MS.load(Ordering::Relaxed)
}

fn elapsed_ms() -> u64 {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    BEGAN.get_or_init(Instant::now).elapsed().as_millis() as u64
}
