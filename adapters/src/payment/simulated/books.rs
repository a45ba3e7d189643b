//! How the provider's books are written: every change is made and checked in one statement.

use std::ops::Deref;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait, Value,
};
use vitrine_commerce::{ports::payment::ProviderError, write_turns::Turn};

use super::{SimulatedProvider, unknown};

/// How many rows time decides in one round.
pub(super) const DUE_BATCH: i64 = 100;

/// How many rows are told to whoever asks for all.
pub(super) const ALL_MAX: i64 = 100_000;

/// A change of the books. On SQLite nobody else of this process writes until it has ended.
pub(super) struct Change {
    // Dropped before the turn is given back.
    tx: DatabaseTransaction,
    turn: Option<Turn>,
}

impl Change {
    pub(super) async fn commit(self) -> Result<(), ProviderError> {
        let Self { tx, turn } = self;
        let committed = tx.commit().await;
        drop(turn);
        committed.map_err(unknown)
    }
}

impl Deref for Change {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.tx
    }
}

impl SimulatedProvider {
    /// Nothing was done yet, so a failure is certainly one.
    pub(super) async fn begin(&self) -> Result<Change, ProviderError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let turn = self.turn().await?;
        let tx = self.db.begin_with_options(options).await.map_err(not_done)?;
        Ok(Change { tx, turn })
    }

    /// The right to write, until it is dropped: for a statement that stands by itself.
    pub(super) async fn turn(&self) -> Result<Option<Turn>, ProviderError> {
        match self.turns.get() {
            Some(turns) => Ok(Some(turns.alone(&self.db).await.map_err(not_done)?)),
            None => Ok(None),
        }
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
        let mut marking = pin!(provider.mark_delivered("a webhook"));
        let waits = tokio::time::timeout(Duration::from_millis(50), &mut marking).await;
        assert!(waits.is_err(), "it was written out of turn");
        drop(turn);
        marking.await.unwrap();
    }
}
