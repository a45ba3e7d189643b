//! How the provider's books are written: every change is made and checked in one statement.

use std::{
    ops::Deref,
    sync::{Mutex, PoisonError},
};

use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, Statement, Value, sea_query::ArrayType};
use vitrine_commerce::{
    ports::payment::ProviderError,
    transaction::{Open, is_unique_violation, together},
    write_turns::WriteTurns,
};

use super::{SimulatedProvider, unknown};

/// How many rows time decides in one round.
pub(super) const DUE_BATCH: i64 = 100;

/// How many rows are told to whoever asks for all.
pub(super) const ALL_MAX: i64 = 100_000;

/// What nobody reads before it is written: statements that are run together.
pub(super) struct Later {
    backend: DatabaseBackend,
    statements: Mutex<Vec<Statement>>,
}

impl Later {
    fn of(backend: DatabaseBackend) -> Self {
        Self {
            backend,
            statements: Mutex::default(),
        }
    }

    pub(super) fn add(&self, sql: &str, values: impl IntoIterator<Item = Value>) {
        let statement = Statement::from_sql_and_values(self.backend, sql, values);
        self.statements
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(statement);
    }

    fn into_statements(self) -> Vec<Statement> {
        let statements = self.statements.into_inner().unwrap_or_else(PoisonError::into_inner);
        together(statements, self.backend).into_iter().collect()
    }
}

/// A change of the books. On SQLite it is committed together with what others of this process write at the same moment.
pub(super) struct Change {
    open: Open,
    /// What is written at the end.
    pub(super) later: Later,
}

impl Change {
    pub(super) async fn commit(self) -> Result<(), ProviderError> {
        let Self { open, later } = self;
        for statement in later.into_statements() {
            open.db().execute_raw(statement).await.map_err(unknown)?;
        }
        open.commit().await.map_err(unknown)
    }
}

impl Deref for Change {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        self.open.db()
    }
}

impl SimulatedProvider {
    /// Nothing was done yet, so a failure is certainly one.
    pub(super) async fn begin(&self) -> Result<Change, ProviderError> {
        let turns = self.turns.get_or_init(WriteTurns::default);
        let open = Open::briefly(&self.db, turns).await.map_err(not_done)?;
        let later = Later::of(self.db.get_database_backend());
        Ok(Change { open, later })
    }

    /// What is to be written by one statement that stands by itself; `None` on SQLite, where it would wait for its turn alone.
    pub(super) fn at_once(&self) -> Option<Later> {
        let backend = self.db.get_database_backend();
        (backend == DatabaseBackend::Postgres).then(|| Later::of(backend))
    }

    /// Writes it; gives `false`, and has written nothing, where a row of it was there before.
    pub(super) async fn write_at_once(&self, later: Later) -> Result<bool, ProviderError> {
        for statement in later.into_statements() {
            match self.db.execute_raw(statement).await {
                Ok(_) => {}
                Err(error) if is_unique_violation(&error) => return Ok(false),
                Err(error @ DbErr::ConnectionAcquire(_)) => return Err(not_done(error)),
                Err(error) => return Err(unknown(error)),
            }
        }
        Ok(true)
    }

    /// Runs a statement that writes and stands by itself. Gives how many rows it changed.
    pub(super) async fn execute(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<u64, ProviderError> {
        let statement = statement(&self.db, sql, values);
        if self.db.get_database_backend() == DatabaseBackend::Postgres {
            return Ok(self.db.execute_raw(statement).await.map_err(unknown)?.rows_affected());
        }
        let change = self.begin().await?;
        let changed = change.execute_raw(statement).await.map_err(unknown)?.rows_affected();
        change.commit().await.map(|()| changed)
    }
}

fn not_done(error: DbErr) -> ProviderError {
    ProviderError::Unavailable(error.into())
}

/// Runs a statement that changes one row or none; whether it did.
pub(super) async fn change<const N: usize>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: [Value; N],
) -> Result<bool, ProviderError> {
    let outcome: Result<_, DbErr> = db.execute_raw(statement(db, sql, values)).await;
    Ok(outcome.map_err(unknown)?.rows_affected() == 1)
}

/// Whether a column of text is one of those in parameter `number`: one statement however many they are.
pub(super) fn among(db: &impl ConnectionTrait, number: usize) -> String {
    match db.get_database_backend() {
        DatabaseBackend::Postgres => format!("= any(${number}::text[])"),
        _ => format!("in (select value from json_each(${number}))"),
    }
}

/// Goes with [`among`].
pub(super) fn list(db: &impl ConnectionTrait, texts: &[&str]) -> Value {
    match db.get_database_backend() {
        DatabaseBackend::Postgres => {
            let values = texts.iter().map(|text| (*text).into()).collect();
            Value::Array(ArrayType::String, Some(Box::new(values)))
        }
        _ => serde_json::json!(texts).to_string().into(),
    }
}

pub(super) fn statement(db: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

#[cfg(test)]
mod tests {
    use std::{pin::pin, sync::Arc, time::Duration};

    use chrono::TimeDelta;
    use sea_orm::Database;
    use vitrine_commerce::{
        ports::{clock::SystemClock, ids::SystemIds},
        write_turns::WriteTurns,
    };
    use vitrine_migration::{Migrator, MigratorTrait};

    use super::*;
    use crate::payment::simulated::SimulatedSettings;

    #[tokio::test]
    async fn it_writes_when_its_turn_has_come_and_keeps_it_until_it_is_done() {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        Migrator::up(&db, None).await.unwrap();
        let settings = SimulatedSettings {
            public_url: String::new(),
            slow: Duration::ZERO,
            pending: TimeDelta::zero(),
            key_hours: 1,
            webhook_secret: Vec::new(),
        };
        let ids = Arc::new(SystemIds::default());
        let provider = SimulatedProvider::new(db.clone(), Arc::new(SystemClock), ids, settings);
        let turns = WriteTurns::default();
        provider.take_turns(turns.clone());

        let change = provider.begin().await.unwrap();
        let others = tokio::time::timeout(Duration::from_millis(50), turns.alone(&db));
        assert!(others.await.is_err(), "a transaction is open");
        change.commit().await.unwrap();

        let turn = turns.alone(&db).await.unwrap();
        let mut marking = pin!(provider.mark_delivered(&["a webhook"]));
        let waits = tokio::time::timeout(Duration::from_millis(50), &mut marking).await;
        assert!(waits.is_err(), "it was written out of turn");
        drop(turn);
        marking.await.unwrap();
    }
}
