//! The database for whoever reads, and how long its answers are waited for.
//!
//! A connection to PostgreSQL can fall silent: its machine is gone, or something between, and nothing says so. The system
//! believes in it for many minutes, and sqlx as long as the system does. So whoever waits for a statement gives it up after
//! a while, and the connection with it: that is an outage, and the next one asks on another.

use std::{
    future::Future,
    io,
    ops::Deref,
    pin::pin,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseConnection, DbErr, ExecResult, QueryResult, RuntimeErr, Statement, sqlx,
};
use tokio::time::Instant;

/// How long a statement that reads may take on PostgreSQL, its wait for a connection included. Each reads a bounded number
/// of rows, in milliseconds.
pub(crate) const READ_MAX: Duration = Duration::from_secs(8);

/// For how long after a statement was given up whoever takes a connection back asks whether it answers.
const DOUBTED_FOR: Duration = Duration::from_secs(10);

/// A handle to the database whose statements stand by themselves, and have an end.
#[derive(Debug, Clone)]
pub struct Reader(DatabaseConnection);

impl Reader {
    /// Closes its connections, and those of every clone of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close(self) -> Result<(), DbErr> {
        self.0.close().await
    }
}

impl From<DatabaseConnection> for Reader {
    fn from(db: DatabaseConnection) -> Self {
        Self(db)
    }
}

impl Deref for Reader {
    type Target = DatabaseConnection;

    fn deref(&self) -> &DatabaseConnection {
        &self.0
    }
}

#[async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DatabaseBackend {
        self.0.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        answered(self, READ_MAX, self.0.execute_raw(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        answered(self, READ_MAX, self.0.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        answered(self, READ_MAX, self.0.query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        answered(self, READ_MAX, self.0.query_all_raw(statement)).await
    }
}

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
