//! Statements that are written out, where SeaORM's builders cannot say what is meant (an update that gives its
//! rows, an expression of both sides) or would say it in many more lines. Both databases read them: parameters
//! are `$1`, `$2` …
//!
//! # Errors
//! Every function gives what the database says, as it is.

use std::{collections::HashMap, hash::Hash};

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseBackend, DbErr, ExprTrait, FromQueryResult, IdenStatic, Iterable,
    QueryResult, Statement, TryGetable, Value,
    sea_query::{ArrayType, Expr, Func, LikeExpr, ValueType},
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

/// What locks the rows of a select until the transaction ends, as [`Tx::lock`](crate::Tx::lock) does.
pub(crate) fn locking(db: &impl ConnectionTrait) -> &'static str {
    match db.get_database_backend() {
        DatabaseBackend::Postgres => "for no key update",
        _ => "",
    }
}

/// As [`locking`], for whoever takes only rows that nobody else has locked.
pub(crate) fn locking_free(db: &impl ConnectionTrait) -> &'static str {
    match db.get_database_backend() {
        DatabaseBackend::Postgres => "for no key update skip locked",
        _ => "",
    }
}

/// Rows by what they belong to, in their order.
pub(crate) fn grouped<K: Eq + Hash, T>(rows: Vec<T>, key: impl Fn(&T) -> K) -> HashMap<K, Vec<T>> {
    in_groups(rows.into_iter().map(|row| (key(&row), row)))
}

/// As [`grouped`], of rows that come with what they belong to.
pub(crate) fn in_groups<K: Eq + Hash, T>(rows: impl Iterator<Item = (K, T)>) -> HashMap<K, Vec<T>> {
    let mut groups: HashMap<K, Vec<T>> = HashMap::new();
    for (key, row) in rows {
        groups.entry(key).or_default().push(row);
    }
    groups
}

/// The place of each in `order`, by id: whoever writes several rows takes them in this one order, so that two who do
/// never wait for each other.
pub(crate) fn places<Id: Copy + Ord>(order: &[Id]) -> Vec<(Id, i32)> {
    let mut places: Vec<_> = order.iter().copied().zip(0..).collect();
    places.sort_unstable();
    places
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

/// Whether a column is one of `values`, ids, names or numbers: the same statement however many they are. To the
/// database `in ($1, …, $n)` is another one for each length: it is prepared and planned anew, and pushes others out
/// of the connection's cache. On PostgreSQL the list stands in a subquery: the planner then expects as much of a list
/// that it sees as of one that it does not, so that the plan of the first calls is kept; else it would plan for each
/// list anew, which takes longer than the statement.
pub(crate) fn among<V: Into<Value> + ValueType>(
    db: &impl ConnectionTrait,
    column: impl ColumnTrait,
    values: impl IntoIterator<Item = V>,
) -> Expr {
    let column = Expr::col(column.as_column_ref());
    let list = list(db, values);
    match db.get_database_backend() {
        DatabaseBackend::Postgres => {
            Expr::cust_with_exprs(format!("$1 {}", in_subquery::<V>("$2")), [column, Expr::val(list)])
        }
        _ => Expr::cust_with_exprs(format!("? {}", in_json::<V>("?")), [column, Expr::val(list)]),
    }
}

/// As [`among`], where the statement is written out: what follows the column, if [`list()`] is its parameter
/// `number`.
pub(crate) fn among_parameter<V: ValueType>(db: &impl ConnectionTrait, number: usize) -> String {
    match db.get_database_backend() {
        DatabaseBackend::Postgres => in_subquery::<V>(&format!("${number}")),
        _ => in_json::<V>(&format!("${number}")),
    }
}

/// All of `values` as one parameter: an array, or JSON where there are none.
pub(crate) fn list<V: Into<Value> + ValueType>(
    db: &impl ConnectionTrait,
    values: impl IntoIterator<Item = V>,
) -> Value {
    let values = values.into_iter().map(Into::into);
    match db.get_database_backend() {
        DatabaseBackend::Postgres => Value::Array(V::array_type(), Some(Box::new(values.collect()))),
        _ => {
            let json: Vec<_> = values.map(|value| json(&value)).collect();
            serde_json::Value::from(json).to_string().into()
        }
    }
}

/// The outer cast tells PostgreSQL that the subquery is one array, not a row for each value.
fn in_subquery<V: ValueType>(parameter: &str) -> String {
    let values = match V::array_type() {
        ArrayType::Uuid => "uuid",
        ArrayType::Int => "integer",
        ArrayType::BigInt => "bigint",
        _ => "text",
    };
    format!("= any((select {parameter}::{values}[])::{values}[])")
}

/// SQLite keeps ids as they are, 16 bytes, which JSON has not.
fn in_json<V: ValueType>(parameter: &str) -> String {
    let value = match V::array_type() {
        ArrayType::Uuid => "unhex(value)",
        _ => "value",
    };
    format!("in (select {value} from json_each({parameter}))")
}

fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Uuid(Some(id)) => id.simple().to_string().into(),
        value => sea_orm::sea_query::sea_value_to_json_value(value),
    }
}

/// A statement, for whoever has it run with others.
pub(crate) fn statement(db: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

#[cfg(test)]
mod tests {
    use sea_orm::{EntityTrait, QueryFilter, QueryTrait};
    use uuid::Uuid;
    use vitrine_entity::{ids::OutboxId, outbox};

    use super::*;
    use crate::{Context, jobs::Job, memory::fixture};

    #[tokio::test]
    async fn a_list_of_any_length_is_one_statement_and_finds_what_it_names() {
        let fixture = fixture().await;
        let (shop, context) = (&fixture.shop, Context::system(&fixture.shop, "it's \"me\""));
        let recorded = shop.transact(&context, |tx| async move {
            (0..3).for_each(|_| tx.enqueue(None, Job::PushSynonyms {}));
            Ok(())
        });
        recorded.await.unwrap();
        let all = outbox::Entity::find().all(&shop.db).await.unwrap();
        let ids = || all.iter().map(|row| row.id);

        let backend = shop.db.get_database_backend();
        let by_ids = |ids: Vec<OutboxId>| outbox::Entity::find().filter(among(&shop.db, outbox::Column::Id, ids));
        let text = |ids| by_ids(ids).build(backend).sql;
        assert_eq!(text(Vec::new()), text(ids().collect()));
        let found = async |ids| by_ids(ids).all(&shop.db).await.unwrap().len();
        assert_eq!(found(ids().collect()).await, 3);
        assert_eq!(found(ids().skip(1).collect()).await, 2);
        assert_eq!(found(vec![all[0].id, all[0].id, OutboxId(Uuid::nil())]).await, 1);
        assert_eq!(found(Vec::new()).await, 0);

        let by_text = |texts: &[&str]| {
            let texts = texts.iter().map(|text| (*text).to_owned());
            outbox::Entity::find().filter(among(&shop.db, outbox::Column::CorrelationId, texts))
        };
        let named = by_text(&["it's \"me\"", "somebody else"]).all(&shop.db).await.unwrap();
        assert_eq!(named.len(), 3);

        let sql = format!(
            "select attempts from outbox where attempts {} and id {}",
            among_parameter::<i32>(&shop.db, 1),
            among_parameter::<OutboxId>(&shop.db, 2)
        );
        let values = [list(&shop.db, [0, 7]), list(&shop.db, ids().take(2))];
        assert_eq!(column::<i32>(&shop.db, &sql, values).await.unwrap(), [0, 0]);
    }
}
