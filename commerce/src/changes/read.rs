//! The table `public_change`, in which each database counts in its own way. On PostgreSQL transactions become visible in
//! another order than that in which they began to write: a mark is a snapshot, and what has changed since is what was not
//! visible in it. SQLite has one writer: a mark is a number.

use sea_orm::{DbBackend, FromQueryResult};
use uuid::Uuid;

use crate::{
    Result,
    reader::Reader,
    shown::{Change, TableSet},
    sql,
};

/// More news than this are as good as everything.
const NEWS_MAX: usize = 5_000;

/// What has changed since a mark, and the mark of that reading.
pub(super) struct News {
    pub(super) mark: String,
    /// `None`: too much.
    pub(super) changes: Option<Vec<Change>>,
}

#[derive(FromQueryResult)]
pub(super) struct Row {
    mark: String,
    pub(super) source: Option<String>,
    pub(super) product_id: Option<Uuid>,
    variant_id: Option<Uuid>,
}

#[derive(FromQueryResult)]
struct Mark {
    mark: String,
}

pub(crate) async fn position(db: &Reader) -> Result<String> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => "select pg_current_snapshot()::text as mark",
        _ => "select cast(coalesce(max(version), 0) as text) as mark from public_change",
    };
    let found: Option<Mark> = sql::one(db, sql, []).await?;
    Ok(found.map(|found| found.mark).unwrap_or_default())
}

pub(super) async fn news(db: &Reader, since: &str) -> Result<News> {
    let (mark, rows) = rows(db, since, "true").await?;
    let changes = rows.map(|rows| rows.into_iter().filter_map(change).collect());
    Ok(News { mark, changes })
}

/// The mark of this reading, and the rows since another for which `wanted` holds, unless they are too many. One statement,
/// and so one snapshot. The one to compare with stands in a subquery, so that the plan is kept (as `sql::among`).
pub(super) async fn rows(db: &Reader, since: &str, wanted: &str) -> Result<(String, Option<Vec<Row>>)> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => format!(
            "select pg_current_snapshot()::text as mark, c.source, c.product_id, c.variant_id from (select 1) as once \
             left join public_change c on c.xact >= (select pg_snapshot_xmin($1::text::pg_snapshot)) \
               and not pg_visible_in_snapshot(c.xact, $1::text::pg_snapshot) and {wanted} limit {}",
            NEWS_MAX + 1
        ),
        _ => format!(
            "select cast(m.mark as text) as mark, c.source, c.product_id, c.variant_id \
             from (select coalesce(max(version), 0) as mark from public_change) as m \
             left join public_change c on c.version > cast($1 as integer) and {wanted} limit {}",
            NEWS_MAX + 1
        ),
    };
    let rows: Vec<Row> = sql::all(db, &sql, [since.into()]).await?;
    let Some(first) = rows.first() else {
        // There is one row at least.
        return Ok((position(db).await?, None));
    };
    let mark = first.mark.clone();
    Ok((mark, (rows.len() <= NEWS_MAX).then_some(rows)))
}

fn change(row: Row) -> Option<Change> {
    Some(Change {
        tables: TableSet::of_source(&row.source?),
        product: row.product_id.unwrap_or_default(),
        variant: row.variant_id.unwrap_or_default(),
    })
}
