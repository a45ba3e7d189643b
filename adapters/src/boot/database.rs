//! Opens the database and brings its schema up to date.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, bail};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, DbErr, Statement,
    sqlx::{
        Connection,
        sqlite::{SqliteJournalMode, SqliteSynchronous},
    },
};
use vitrine_commerce::Error;
use vitrine_migration::{Migrator, MigratorTrait};

use super::silence::{self, TRUSTED};
use crate::config::{Config, DatabaseKind};

/// How long a writer waits for SQLite's one write lock, which another program may have: those of this process take turns.
/// A little longer than a transaction is tried again: it is not worth a second wait.
const BUSY_TIMEOUT: Duration = Duration::from_millis(3_200);

/// How long somebody waits for it who merely asks whether it can be written.
const PROBE_BUSY_TIMEOUT: Duration = Duration::from_millis(300);

/// The most connections to SQLite for readers, who are as fast as there are cores. Each keeps a cache of pages, the schema
/// and its statements (16 MiB).
const SQLITE_READERS_MAX: u32 = 6;

/// Those for writers, beside the readers': whoever writes has their turn, and while their connection is given back the next
/// has the other.
const SQLITE_WRITERS: u32 = 2;

/// How long a connection to a replica is waited for: the primary is asked instead.
const REPLICA_ACQUIRE_TIMEOUT: Duration = Duration::from_secs(1);

/// How many statements each connection keeps prepared. A purchase asks about a hundred different ones: sqlx's own hundred
/// had some of them prepared and planned anew each time.
const STATEMENTS_KEPT: usize = 512;

/// How long one statement may take on PostgreSQL.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(30);

/// How long, in milliseconds, a statement may wait for somebody else's lock there, and a transaction for
/// its next statement: a process that is frozen or cut off in the middle of one must not hold up everybody
/// who wants the same row.
const LOCK_TIMEOUT_MS: &str = "5000";
const IDLE_IN_TRANSACTION_TIMEOUT_MS: &str = "15000";

/// Marks PostgreSQL's advisory lock as that of our migrations.
const MIGRATION_LOCK: i64 = 0x0076_6974_7269_6e65;

/// How long a migration waits for a table at once, how long it pauses then, and how often it asks.
const MIGRATION_LOCK_TIMEOUT_MS: u32 = 2_000;
const MIGRATION_PAUSE: Duration = Duration::from_secs(3);
const MIGRATION_TRIES: usize = 60;

/// How often it is asked whether another migration has ended.
const MIGRATION_LOCK_PAUSE: Duration = Duration::from_millis(200);

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Serving,
    /// Asks whether the database is there, and can be written.
    Watching,
    /// Waits for others, and takes its time.
    Migrating,
    /// One session, for as long as the process lives.
    Holding,
}

/// Opens the configured database, and makes an SQLite one that is not there.
pub async fn open(config: &Config) -> anyhow::Result<DatabaseConnection> {
    connect(config, config.database.max_connections, Purpose::Serving).await
}

/// One connection, for whoever looks or copies without a shop around it.
pub(crate) async fn open_one(config: &Config) -> anyhow::Result<DatabaseConnection> {
    connect(config, 1, Purpose::Migrating).await
}

/// A handle of its own to the same database, so that whoever has it does not wait with the shop.
pub(super) async fn open_beside(
    config: &Config,
    db: &DatabaseConnection,
    connections: u32,
) -> anyhow::Result<DatabaseConnection> {
    beside(config, db, connections, Purpose::Serving).await
}

/// A handle for whoever asks whether the database is there.
pub(super) async fn open_watch(config: &Config, db: &DatabaseConnection) -> anyhow::Result<DatabaseConnection> {
    beside(config, db, 1, Purpose::Watching).await
}

/// A handle for writers: on SQLite one of their own, so that readers find a connection however many writers wait.
pub(super) async fn open_writer(config: &Config, db: &DatabaseConnection) -> anyhow::Result<DatabaseConnection> {
    match config.database_kind() {
        DatabaseKind::Postgres => Ok(db.clone()),
        DatabaseKind::Sqlite => beside(config, db, SQLITE_WRITERS, Purpose::Serving).await,
    }
}

/// A handle to a standby. It need not be there yet.
pub(super) async fn open_replica(config: &Config, url: &str) -> anyhow::Result<DatabaseConnection> {
    let mut options = options(config, url, config.database.max_connections);
    options.connect_lazy(true).acquire_timeout(REPLICA_ACQUIRE_TIMEOUT);
    for_postgres(&mut options, Purpose::Serving);
    // The address may hold a password, so the error does not name it.
    Database::connect(options)
        .await
        .context("its address is not understood")
}

/// A handle with one session of PostgreSQL, which lasts for as long as it does.
pub(super) async fn open_session(config: &Config) -> anyhow::Result<DatabaseConnection> {
    connect(config, 1, Purpose::Holding).await
}

/// How many writers have a connection at once: on PostgreSQL, where they wait with it for locks, a quarter is left to readers.
pub(super) fn writers(config: &Config) -> usize {
    let all = config.database.max_connections as usize;
    (all - all / 4).max(1)
}

async fn beside(
    config: &Config,
    db: &DatabaseConnection,
    connections: u32,
    purpose: Purpose,
) -> anyhow::Result<DatabaseConnection> {
    match is_in_memory(config) {
        // A second connection would open a second, empty database.
        true => Ok(db.clone()),
        false => connect(config, connections, purpose).await,
    }
}

/// Brings the schema up to date. Two at once are safe.
pub async fn migrate(config: &Config) -> anyhow::Result<()> {
    // One connection: the lock is the session's.
    let db = connect(config, 1, Purpose::Migrating).await?;
    up(config, &db).await?;
    db.close().await.context("closing the database")
}

/// Migrates an SQLite database at once: nobody else serves from it. For PostgreSQL, `vitrine
/// migrate` is a step of its own, so that an operator chooses when, and old servers can go on.
pub(super) async fn ensure_current(config: &Config, db: &DatabaseConnection) -> anyhow::Result<()> {
    if config.database_kind() == DatabaseKind::Sqlite {
        return up(config, db).await;
    }
    let applied = applied_migrations(db).await.context("reading the schema's version")?;
    // What is applied and not known here is a newer server's: it left room for this one.
    let known: Vec<String> = Migrator::migrations()
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect();
    let lacking: Vec<String> = known.into_iter().filter(|name| !applied.contains(name)).collect();
    if !lacking.is_empty() {
        bail!("the database lacks {}: run `vitrine migrate` first", lacking.join(", "));
    }
    Ok(())
}

pub(super) async fn applied_migrations(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let ask = |sql: &str| db.query_all_raw(Statement::from_string(db.get_database_backend(), sql));
    let is_there = match db.get_database_backend() {
        DatabaseBackend::Sqlite => "select 1 from sqlite_master where name = 'seaql_migrations'",
        _ => "select 1 where to_regclass('seaql_migrations') is not null",
    };
    if ask(is_there).await?.is_empty() {
        return Ok(Vec::new());
    }
    ask("select version from seaql_migrations")
        .await?
        .iter()
        .map(|row| row.try_get("", "version"))
        .collect()
}

async fn up(config: &Config, db: &DatabaseConnection) -> anyhow::Result<()> {
    if config.database_kind() == DatabaseKind::Sqlite {
        return Migrator::up(db, None).await.context("migrating the database");
    }
    lock(db).await?;
    let migrated = up_patiently(db).await;
    db.execute_unprepared(&format!("select pg_advisory_unlock({MIGRATION_LOCK})"))
        .await
        .context("unlocking the schema")?;
    migrated
}

/// Whoever waits for a table has everybody wait who comes after. So nobody waits long: what is not to be had is asked for again, when
/// those who had to wait have had their turn. Each migration is a transaction: what is done stays done.
async fn up_patiently(db: &DatabaseConnection) -> anyhow::Result<()> {
    db.execute_unprepared(&format!("set lock_timeout = '{MIGRATION_LOCK_TIMEOUT_MS}ms'"))
        .await
        .context("bounding how long is waited for a table")?;
    for _ in 1..MIGRATION_TRIES {
        match Migrator::up(db, None).await.map_err(Error::from) {
            Err(error) if error.is_retryable() => {
                tracing::warn!("a table that is to be changed is in use: it is asked for again");
                tokio::time::sleep(MIGRATION_PAUSE).await;
            }
            outcome => return outcome.context("migrating the database"),
        }
    }
    let migrated = Migrator::up(db, None).await;
    migrated.context(
        "migrating the database: a table is in use all the time, as by a long transaction (`pg_stat_activity`)",
    )
}

/// Asked for again and again, and not waited for: whoever waits in a statement holds a snapshot, and an index that is built while others
/// write waits for every snapshot.
async fn lock(db: &DatabaseConnection) -> anyhow::Result<()> {
    let ask = format!("select pg_try_advisory_lock({MIGRATION_LOCK})");
    loop {
        let told = db
            .query_one_raw(Statement::from_string(db.get_database_backend(), &ask))
            .await;
        let told = told
            .context("locking the schema")?
            .context("PostgreSQL did not say whether it gave the lock")?;
        if told.try_get_by(0).context("reading whether it gave the lock")? {
            return Ok(());
        }
        tokio::time::sleep(MIGRATION_LOCK_PAUSE).await;
    }
}

/// What holds for every connection.
fn options(config: &Config, url: &str, max_connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    let timeout = Duration::from_secs(config.database.acquire_timeout_seconds);
    options
        .max_connections(max_connections)
        .acquire_timeout(timeout)
        .connect_timeout(timeout)
        .test_before_acquire_if_idle_for(TRUSTED)
        // Statements may hold what no log may show.
        .sqlx_logging(false);
    options
}

fn for_postgres(options: &mut ConnectOptions, purpose: Purpose) {
    if purpose == Purpose::Holding {
        options.min_connections(1).idle_timeout(None).max_lifetime(None);
    }
    // An index of a large table takes its time.
    if purpose == Purpose::Migrating {
        return;
    }
    options.statement_timeout(STATEMENT_TIMEOUT);
    silence::bound(options);
    options.map_sqlx_postgres_opts(|postgres| {
        let postgres = postgres.statement_cache_capacity(STATEMENTS_KEPT);
        postgres.options([
            ("lock_timeout", LOCK_TIMEOUT_MS),
            ("idle_in_transaction_session_timeout", IDLE_IN_TRANSACTION_TIMEOUT_MS),
        ])
    });
}

async fn connect(config: &Config, max_connections: u32, purpose: Purpose) -> anyhow::Result<DatabaseConnection> {
    let url = config.database.url.expose();
    let mut options = options(config, url, max_connections);
    match config.database_kind() {
        DatabaseKind::Sqlite => {
            make_folder(url)?;
            options.max_connections(max_connections.min(SQLITE_READERS_MAX));
            if is_in_memory(config) {
                // Every connection would have a database of its own, gone when it closes.
                options
                    .max_connections(1)
                    .min_connections(1)
                    .idle_timeout(None)
                    .max_lifetime(None);
            }
            let busy_timeout = match purpose {
                Purpose::Watching => PROBE_BUSY_TIMEOUT,
                Purpose::Serving | Purpose::Migrating | Purpose::Holding => BUSY_TIMEOUT,
            };
            options.map_sqlx_sqlite_opts(move |sqlite| {
                sqlite
                    .journal_mode(SqliteJournalMode::Wal)
                    // An acknowledged order survives a power cut: `NORMAL` would lose the last ones.
                    .synchronous(SqliteSynchronous::Full)
                    .busy_timeout(busy_timeout)
                    .foreign_keys(true)
                    .statement_cache_capacity(STATEMENTS_KEPT)
            });
            // Where a disk refuses a COMMIT, SQLite ends the transaction and sqlx believes that it goes on:
            // whatever came next on that connection would be acknowledged and never written.
            options.map_sqlx_sqlite_before_acquire(|connection, _| {
                let is_clean = !connection.is_in_transaction();
                Box::pin(std::future::ready(Ok(is_clean)))
            });
        }
        DatabaseKind::Postgres => for_postgres(&mut options, purpose),
    }
    // The address may hold a password, so the error does not name it.
    Database::connect(options)
        .await
        .context("opening the database that `database.url` names")
}

pub(super) fn is_in_memory(config: &Config) -> bool {
    let url = config.database.url.expose();
    url.contains(":memory:") || url.contains("mode=memory")
}

/// The file of an SQLite database that has one.
pub fn file(config: &Config) -> Option<PathBuf> {
    let is_file = config.database_kind() == DatabaseKind::Sqlite && !is_in_memory(config);
    is_file.then(|| file_of(config.database.url.expose()).to_owned())
}

fn file_of(url: &str) -> &Path {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    Path::new(path.split('?').next().unwrap_or_default())
}

/// SQLite makes the file, not its folder.
fn make_folder(url: &str) -> anyhow::Result<()> {
    match file_of(url).parent() {
        Some(folder) if !folder.as_os_str().is_empty() => {
            std::fs::create_dir_all(folder).with_context(|| format!("making the folder {}", folder.display()))
        }
        _ => Ok(()),
    }
}
