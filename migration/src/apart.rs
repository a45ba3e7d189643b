//! Indexes that are built while others write. PostgreSQL does that outside of transactions alone, and what is cut off in the middle
//! leaves an index that is of no use and in everybody's way: it is dropped and built anew.

use sea_orm_migration::{
    prelude::DbErr,
    sea_orm::{ConnectionTrait, DbBackend, Statement},
};

use crate::judge::statements;

/// How an index is begun.
const CREATE: &str = "create index concurrently ";

/// Builds what `sql` says, whatever of it is there already.
///
/// # Errors
/// When the database fails. It can be run again.
pub async fn up(db: &impl ConnectionTrait, sql: &str) -> Result<(), DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        // Nobody else serves from it.
        db.execute_unprepared(&sql.replace(" concurrently ", " ")).await?;
        return Ok(());
    }
    // It waits for whoever has begun before, and has nobody wait.
    db.execute_unprepared("set lock_timeout = 0").await?;
    for statement in statements(sql) {
        let statement = statement.trim();
        if let Some(index) = statement
            .strip_prefix(CREATE)
            .and_then(|rest| rest.split_whitespace().next())
        {
            let is_there = is_valid(db, index).await?;
            if is_there == Some(true) {
                continue;
            }
            if is_there == Some(false) {
                let again = format!("drop index concurrently {index}");
                db.execute_unprepared(&again).await?;
            }
        }
        db.execute_unprepared(statement).await?;
    }
    Ok(())
}

/// Whether an index came to its end; `None` where there is none.
async fn is_valid(db: &impl ConnectionTrait, index: &str) -> Result<Option<bool>, DbErr> {
    let sql = "select i.indisvalid from pg_index i where i.indexrelid = to_regclass($1)";
    let ask = Statement::from_sql_and_values(db.get_database_backend(), sql, [index.into()]);
    let row = db.query_one_raw(ask).await?;
    row.map(|row| row.try_get_by_index(0)).transpose()
}
