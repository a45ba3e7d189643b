//! The copy itself. `VACUUM INTO` reads one state of the database, however long it takes, and nobody waits for it: writers go on in
//! the WAL, which grows until it has ended.

use std::{
    fs::{File, OpenOptions},
    path::Path,
    time::Duration,
};

use anyhow::{Context, bail};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, Statement, TryGetable};

use crate::{boot::open_one, config::Config};

/// How often it is looked how far the copy is.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// Told how many bytes are written, of how many at most.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// What a copy holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Contents {
    pub(super) orders: i64,
    pub(super) migration: String,
}

/// Copies the database into `draft`, and waits until the disk has it. Gives how many orders there were before.
pub(super) async fn copy(config: &Config, draft: &Path, progress: Progress<'_>) -> anyhow::Result<i64> {
    make_private(draft).with_context(|| format!("writing {}", draft.display()))?;
    let path = draft
        .to_str()
        .context("the backup's folder has a name that is no text")?;
    let db = open_one(config).await?;
    let total = pages(&db).await.context("reading the database's size")?;
    let orders = one(&db, "select count(*) from orders")
        .await
        .context("counting the orders")?;
    let into = Statement::from_sql_and_values(DatabaseBackend::Sqlite, "vacuum into ?", [path.into()]);
    let copied = {
        let copying = db.execute_raw(into);
        tokio::pin!(copying);
        loop {
            tokio::select! {
                copied = &mut copying => break copied,
                () = tokio::time::sleep(LOOK_EVERY) => {
                    let written = std::fs::metadata(draft).map_or(0, |file| file.len());
                    progress(written.min(total), total);
                }
            }
        }
    };
    copied.with_context(|| format!("copying the database into {}", draft.display()))?;
    progress(total, total);
    db.close().await.context("closing the database")?;
    // SQLite does not wait for the disk here.
    let synced = File::open(draft).and_then(|file| file.sync_all());
    synced.with_context(|| format!("writing {}", draft.display()))?;
    Ok(orders)
}

/// It holds what customers told the shop.
fn make_private(draft: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(draft).map(drop)
}

async fn pages(db: &DatabaseConnection) -> anyhow::Result<u64> {
    let (count, size): (i64, i64) = (one(db, "pragma page_count").await?, one(db, "pragma page_size").await?);
    Ok(u64::try_from(count.saturating_mul(size)).unwrap_or_default())
}

/// Reads the whole of a copy: whether it is whole, what it names is there, and it is a shop.
pub(super) async fn check(file: &Path) -> anyhow::Result<Contents> {
    let db = open_read_only(file).await?;
    let contents = look(&db).await;
    db.close().await.context("closing the copy")?;
    contents
}

async fn look(db: &DatabaseConnection) -> anyhow::Result<Contents> {
    let verdict: String = one(db, "pragma integrity_check(1)").await.context("reading it")?;
    if verdict != "ok" {
        bail!("it is damaged: {verdict}");
    }
    let broken = db
        .query_one_raw(sql("pragma foreign_key_check"))
        .await
        .context("reading it")?;
    if broken.is_some() {
        bail!("rows name others that are not there (`pragma foreign_key_check`)");
    }
    let has_schema: i64 = one(
        db,
        "select count(*) from sqlite_master where name in ('seaql_migrations', 'orders')",
    )
    .await?;
    if has_schema != 2 {
        bail!("it is no shop's database");
    }
    Ok(Contents {
        orders: one(db, "select count(*) from orders").await?,
        migration: one(db, "select coalesce(max(version), '') from seaql_migrations").await?,
    })
}

/// Opens it as it is: nothing is written, also no WAL.
pub(super) async fn open_read_only(file: &Path) -> anyhow::Result<DatabaseConnection> {
    let path = file.to_owned();
    let mut options = ConnectOptions::new("sqlite://copy");
    options.max_connections(1).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        let sqlite = sqlite.filename(&path).create_if_missing(false);
        // Nobody else has it, and a lock would want a file beside it.
        sqlite.read_only(true).immutable(true)
    });
    let opened = Database::connect(options).await;
    opened.with_context(|| format!("opening {}", file.display()))
}

pub(super) async fn one<T: TryGetable>(db: &DatabaseConnection, text: &str) -> anyhow::Result<T> {
    let row = db.query_one_raw(sql(text)).await?.context("no answer")?;
    Ok(row.try_get_by_index(0)?)
}

fn sql(text: &str) -> Statement {
    Statement::from_string(DatabaseBackend::Sqlite, text)
}
