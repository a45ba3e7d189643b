//! Statements that are written out, where SeaORM's builders cannot say what is meant (an update that gives its
//! rows, an expression of both sides) or would say it in many more lines. Both databases read them: parameters
//! are `$1`, `$2` …
//!
//! # Errors
//! Every function gives what the database says, as it is.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, ExprTrait, FromQueryResult, IdenStatic, Iterable, QueryResult, Statement,
    TryGetable, Value,
    sea_query::{Expr, Func, LikeExpr},
};

/// Runs a statement. Gives how many rows it changed.
pub(crate) async fn execute(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64, DbErr> {
    Ok(db.execute_raw(statement(db, sql, values)).await?.rows_affected())
}

/// The first row.
pub(crate) async fn one<Row: FromQueryResult>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<Row>, DbErr> {
    Row::find_by_statement(statement(db, sql, values)).one(db).await
}

/// All rows.
pub(crate) async fn all<Row: FromQueryResult>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<Row>, DbErr> {
    Row::find_by_statement(statement(db, sql, values)).all(db).await
}

/// The one column of all rows.
pub(crate) async fn column<T: TryGetable>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<T>, DbErr> {
    let rows = rows(db, sql, values).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// All rows, for whoever reads several models from each.
pub(crate) async fn rows(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<QueryResult>, DbErr> {
    db.query_all_raw(statement(db, sql, values)).await
}

/// Every column of an entity under a table's alias, named so that its model can be read back:
/// `v.id as v_id`.
pub(crate) fn columns<C: Iterable + IdenStatic>(alias: &str) -> String {
    C::iter()
        .map(|column| format!("{alias}.{name} as {alias}_{name}", name = column.as_str()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Whether a column holds `text`, whatever the case; no character of it is one of a pattern.
pub(crate) fn contains(column: impl ColumnTrait, text: &str) -> Expr {
    let mut pattern = String::from("%");
    for c in text.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    Expr::expr(Func::lower(Expr::col(column))).like(LikeExpr::new(pattern).escape('!'))
}

fn statement(db: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}
