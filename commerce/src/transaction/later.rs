//! Rows that nobody reads within the transaction that makes them: gathered, and written together. On PostgreSQL that is one
//! statement, and on SQLite one call.

use std::any::{Any, TypeId};

use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, Iterable, QueryTrait, Statement, Value,
    Values, sea_query::InsertStatement,
};

/// How many values are bound at once at most: SQLite takes 32,766.
const VALUES_MAX: usize = 30_000;

/// Rows of any tables, the tables in the order in which they were first named.
#[derive(Default)]
pub(super) struct Later(Vec<Rows>);

/// Rows of one table: a `Vec` of its active models.
struct Rows {
    of: TypeId,
    rows: Box<dyn Any + Send>,
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
            append: append::<E>,
            inserts: inserts::<E>,
        });
    }

    /// Whether there are rows of this table.
    pub(super) fn has<E: EntityTrait>(&self) -> bool {
        self.0.iter().any(|rows| rows.of == TypeId::of::<E>())
    }

    pub(super) fn take_over(&mut self, other: Self) {
        other.0.into_iter().for_each(|rows| self.merge(rows));
    }

    fn merge(&mut self, rows: Rows) {
        match self.0.iter_mut().find(|known| known.of == rows.of) {
            Some(known) => (known.append)(&mut *known.rows, rows.rows),
            None => self.0.push(rows),
        }
    }

    /// Writes all of it.
    pub(super) async fn write(self, db: &DatabaseTransaction) -> Result<(), DbErr> {
        let backend = db.get_database_backend();
        let inserts = self.0.into_iter().flat_map(|rows| (rows.inserts)(rows.rows));
        let mut together: Vec<Statement> = Vec::new();
        let mut values = 0;
        for insert in inserts.map(|insert| backend.build(&insert)) {
            let count = insert.values.as_ref().map_or(0, |values| values.0.len());
            if values + count > VALUES_MAX {
                write_together(db, std::mem::take(&mut together)).await?;
                values = 0;
            }
            values += count;
            together.push(insert);
        }
        write_together(db, together).await
    }
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

/// Inserts as one statement, which gives what the last one returns; of SQLite, which has no such thing, a script.
pub fn together(inserts: Vec<Statement>, backend: DatabaseBackend) -> Option<Statement> {
    let mut texts: Vec<String> = Vec::new();
    let mut all: Vec<Value> = Vec::new();
    for insert in inserts {
        texts.push(match backend {
            DatabaseBackend::Postgres => renumbered(&insert.sql, all.len()),
            // Its parameters have no numbers: each statement takes the next ones.
            _ => insert.sql,
        });
        all.extend(insert.values.into_iter().flat_map(|values| values.0));
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

/// The statement, whose parameters `$1` … become those after the first `by`. Nothing else of it has a dollar sign: what it
/// inserts stands in the parameters.
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
}
