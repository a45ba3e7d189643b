//! What nobody reads within the transaction that writes it: gathered, and written together. On PostgreSQL that is one
//! statement, and on SQLite one call.

use std::any::{Any, TypeId};

use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, Iterable, QueryTrait, Statement, Value,
    Values, sea_query::InsertStatement,
};

use crate::shown::may_be_changed_by;

/// How many values are bound at once at most: SQLite takes 32,766.
const VALUES_MAX: usize = 30_000;

/// Rows of any tables, the tables in the order in which they were first named, and statements that insert others.
#[derive(Default)]
pub(super) struct Later {
    rows: Vec<Rows>,
    statements: Vec<Statement>,
}

/// Rows of one table: a `Vec` of its active models.
struct Rows {
    of: TypeId,
    rows: Box<dyn Any + Send>,
    table: &'static str,
    append: fn(&mut (dyn Any + Send), Box<dyn Any + Send>),
    inserts: fn(Box<dyn Any + Send>) -> Vec<InsertStatement>,
}

impl Later {
    pub(super) fn add<E: EntityTrait>(&mut self, rows: Vec<E::ActiveModel>)
    where
        E::ActiveModel: Send,
    {
        self.merge(Rows {
            of: TypeId::of::<E>(),
            rows: Box::new(rows),
            table: E::default().table_name(),
            append: append::<E>,
            inserts: inserts::<E>,
        });
    }

    /// Has a statement run with them that reads none of them and returns nothing. The only dollar signs of it are its
    /// parameters'.
    pub(super) fn add_statement(&mut self, statement: Statement) {
        self.statements.push(statement);
    }

    /// Whether there are rows of this table.
    pub(super) fn has<E: EntityTrait>(&self) -> bool {
        self.rows.iter().any(|rows| rows.of == TypeId::of::<E>())
    }

    pub(super) fn take_over(&mut self, other: Self) {
        other.rows.into_iter().for_each(|rows| self.merge(rows));
        self.statements.extend(other.statements);
    }

    fn merge(&mut self, rows: Rows) {
        match self.rows.iter_mut().find(|known| known.of == rows.of) {
            Some(known) => (known.append)(&mut *known.rows, rows.rows),
            None => self.rows.push(rows),
        }
    }

    /// Whether shoppers may see anything of it.
    pub(super) fn may_be_seen(&self) -> bool {
        let of_rows = self.rows.iter().any(|rows| may_be_changed_by(rows.table));
        of_rows
            || self
                .statements
                .iter()
                .any(|statement| may_be_changed_by(&statement.sql))
    }

    /// Writes all of it.
    pub(super) async fn write(self, db: &DatabaseTransaction) -> Result<(), DbErr> {
        self.write_with(db, Vec::new()).await.map(drop)
    }

    /// Writes all of it, and changes rows together with it by statements that do not see what is written; gives how many
    /// rows each of these has changed.
    pub(super) async fn write_with(
        self,
        db: &DatabaseTransaction,
        changes: Vec<Statement>,
    ) -> Result<Vec<usize>, DbErr> {
        let backend = db.get_database_backend();
        let inserts = self.rows.into_iter().flat_map(|rows| (rows.inserts)(rows.rows));
        let inserts = inserts.map(|insert| backend.build(&insert)).chain(self.statements);
        let (mut together, mut bound) = (Vec::new(), changes.iter().map(values_of).sum());
        for statement in inserts {
            let count = values_of(&statement);
            if bound + count > VALUES_MAX {
                write_together(db, std::mem::take(&mut together)).await?;
                bound = 0;
            }
            bound += count;
            together.push(statement);
        }
        count_changes(db, together, changes).await
    }
}

fn values_of(statement: &Statement) -> usize {
    statement.values.as_ref().map_or(0, |values| values.0.len())
}

/// Runs all of it. Each row that is changed is told as the number of the statement that changed it.
async fn count_changes(
    db: &DatabaseTransaction,
    inserts: Vec<Statement>,
    changes: Vec<Statement>,
) -> Result<Vec<usize>, DbErr> {
    let backend = db.get_database_backend();
    let mut counts = vec![0; changes.len()];
    if changes.is_empty() {
        return write_together(db, inserts).await.map(|()| counts);
    }
    // First, so that what is not as it should be is found before anything is written.
    let mut all: Vec<Statement> = changes
        .into_iter()
        .enumerate()
        .map(|(number, mut change)| {
            change.sql += &format!(" returning cast({number} as bigint) as changed");
            change
        })
        .collect();
    all.extend(inserts);
    if backend == DatabaseBackend::Postgres {
        let changed = (0..counts.len()).map(|number| format!("select changed from w{number}"));
        let changed = changed.collect::<Vec<_>>().join(" union all ");
        all.push(Statement::from_string(backend, changed));
    }
    let Some(statement) = together(all, backend) else {
        return Ok(counts);
    };
    for row in db.query_all_raw(statement).await? {
        let number: i64 = row.try_get("", "changed")?;
        if let Some(count) = usize::try_from(number).ok().and_then(|number| counts.get_mut(number)) {
            *count += 1;
        }
    }
    Ok(counts)
}

fn append<E: EntityTrait>(known: &mut (dyn Any + Send), more: Box<dyn Any + Send>) {
    let known = known.downcast_mut::<Vec<E::ActiveModel>>();
    if let (Some(known), Ok(more)) = (known, more.downcast::<Vec<E::ActiveModel>>()) {
        known.extend(*more);
    }
}

fn inserts<E: EntityTrait>(rows: Box<dyn Any + Send>) -> Vec<InsertStatement> {
    let Ok(rows) = rows.downcast::<Vec<E::ActiveModel>>() else {
        return Vec::new();
    };
    let of_one = (VALUES_MAX / E::Column::iter().count().max(1)).max(1);
    let mut left = rows.into_iter().peekable();
    let mut inserts = Vec::new();
    while left.peek().is_some() {
        let rows = left.by_ref().take(of_one);
        inserts.push(E::insert_many(rows).into_query());
    }
    inserts
}

async fn write_together(db: &DatabaseTransaction, inserts: Vec<Statement>) -> Result<(), DbErr> {
    if let Some(statement) = together(inserts, db.get_database_backend()) {
        db.execute_raw(statement).await?;
    }
    Ok(())
}

/// Statements as one, none of which sees what another writes; it gives what the last one returns. Of SQLite, which has no
/// such thing, a script.
pub fn together(statements: Vec<Statement>, backend: DatabaseBackend) -> Option<Statement> {
    let mut texts: Vec<String> = Vec::new();
    let mut all: Vec<Value> = Vec::new();
    for statement in statements {
        let values = statement.values.map_or_else(Vec::new, |values| values.0);
        match backend {
            DatabaseBackend::Postgres => {
                texts.push(renumbered(&statement.sql, all.len()));
                all.extend(values);
            }
            _ => texts.push(positional(&statement.sql, values, &mut all)),
        }
    }
    let last = texts.pop()?;
    let sql = match backend {
        _ if texts.is_empty() => last,
        DatabaseBackend::Postgres => {
            let named = texts.iter().enumerate();
            let named: Vec<_> = named.map(|(at, text)| format!("w{at} as ({text})")).collect();
            format!("with {} {last}", named.join(", "))
        }
        _ => format!("{};\n{last}", texts.join(";\n")),
    };
    Some(Statement {
        sql,
        values: Some(Values(all)),
        db_backend: backend,
    })
}

/// The statement with parameters that have no numbers: in a script each takes the next value.
fn positional(sql: &str, values: Vec<Value>, all: &mut Vec<Value>) -> String {
    let mut parts = sql.split('$');
    let mut text = parts.next().unwrap_or_default().to_owned();
    let mut is_numbered = false;
    for part in parts {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number: usize = part[..digits].parse().unwrap_or_default();
        all.extend(number.checked_sub(1).and_then(|at| values.get(at)).cloned());
        text += &format!("?{}", &part[digits..]);
        is_numbered = true;
    }
    if !is_numbered {
        all.extend(values);
    }
    text
}

/// The statement, whose parameters `$1` … become those after the first `by`. Nothing else of it has a dollar sign: what it
/// writes stands in the parameters.
fn renumbered(sql: &str, by: usize) -> String {
    let mut parts = sql.split('$');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number: usize = part[..digits].parse().unwrap_or_default();
        text += &format!("${}{}", number + by, &part[digits..]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_go_on_from_those_before() {
        let sql = r#"INSERT INTO "a" ("b") VALUES ($1, CAST($2 AS kind)), ($3, $10)"#;
        let expected = r#"INSERT INTO "a" ("b") VALUES ($8, CAST($9 AS kind)), ($10, $17)"#;
        assert_eq!(renumbered(sql, 7), expected);
        assert_eq!(
            renumbered("INSERT INTO \"a\" DEFAULT VALUES", 7),
            "INSERT INTO \"a\" DEFAULT VALUES"
        );
    }

    #[test]
    fn a_script_takes_the_values_in_the_order_in_which_it_names_them() {
        let sqlite = DatabaseBackend::Sqlite;
        let insert = Statement::from_sql_and_values(sqlite, "insert into a (b, c) values (?, ?)", [1.into(), 2.into()]);
        let update = "update a set b = $2 where c = $1 or d = $2 returning id";
        let update = Statement::from_sql_and_values(sqlite, update, [3.into(), 4.into()]);
        let script = together(vec![insert, update], sqlite).unwrap();
        let expected = "insert into a (b, c) values (?, ?);\nupdate a set b = ? where c = ? or d = ? returning id";
        assert_eq!(script.sql, expected);
        assert_eq!(script.values.unwrap().0, [1, 2, 4, 3, 4].map(Value::from));
        assert!(together(Vec::new(), sqlite).is_none());
    }
}
