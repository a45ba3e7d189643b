//! What `vitrine migrate` would do, told without doing it.

use std::collections::BTreeMap;

use anyhow::Context;
use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseConnection, Statement};
use vitrine_migration::{
    judge::{self, Judged},
    texts,
};

pub use vitrine_migration::judge::{Half, Lock, Time};

use super::schema;
use crate::config::Config;

/// A migration that waits.
#[derive(Debug)]
pub struct Waiting {
    pub name: String,
    /// `None` where it is a program, which says for itself what it does.
    pub statements: Option<Vec<Planned>>,
}

/// One of its statements.
#[derive(Debug)]
pub struct Planned {
    pub judged: Judged,
    /// How large its table is, where it has one that is there.
    pub size: Option<Size>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// As the database last estimated it.
    pub rows: i64,
    pub bytes: i64,
}

/// Every migration that waits, oldest first, each statement as PostgreSQL has it. `None` where there is no database yet.
///
/// # Errors
/// When the database does not answer.
pub async fn plan(config: &Config) -> anyhow::Result<Option<Vec<Waiting>>> {
    let Some((db, schema)) = schema::look(config).await? else {
        return Ok(None);
    };
    let sizes = sizes(&db).await.context("reading how large the tables are")?;
    db.close().await.context("closing the database")?;
    let waiting = texts().into_iter().filter(|(name, _)| schema.pending.contains(name));
    let planned = |judged: Judged| Planned {
        size: judged.table.as_ref().and_then(|table| sizes.get(table).copied()),
        judged,
    };
    Ok(Some(
        waiting
            .map(|(name, text)| Waiting {
                name,
                statements: text.map(|text| judge::judge(&text).into_iter().map(planned).collect()),
            })
            .collect(),
    ))
}

/// SQLite tells none, and has nobody wait: it is migrated before it is opened.
async fn sizes(db: &DatabaseConnection) -> anyhow::Result<BTreeMap<String, Size>> {
    if db.get_database_backend() != DatabaseBackend::Postgres {
        return Ok(BTreeMap::new());
    }
    let sql = "select c.relname::text as name, greatest(c.reltuples, 0)::bigint as rows, pg_total_relation_size(c.oid) as bytes \
               from pg_class c join pg_namespace n on n.oid = c.relnamespace \
               where c.relkind = 'r' and n.nspname = current_schema()";
    let rows = db
        .query_all_raw(Statement::from_string(DatabaseBackend::Postgres, sql))
        .await?;
    rows.iter()
        .map(|row| {
            let size = Size {
                rows: row.try_get("", "rows")?,
                bytes: row.try_get("", "bytes")?,
            };
            Ok((row.try_get("", "name")?, size))
        })
        .collect()
}
