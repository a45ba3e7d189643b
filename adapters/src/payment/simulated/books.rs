//! How the provider's books are written: every change is made and checked in one statement.

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait, Value,
};
use vitrine_commerce::ports::payment::ProviderError;

use super::{SimulatedProvider, unknown};

/// How many rows time decides in one round.
pub(super) const DUE_BATCH: i64 = 100;

/// How many rows are told to whoever asks for all.
pub(super) const ALL_MAX: i64 = 100_000;

impl SimulatedProvider {
    /// Nothing was done yet, so a failure is certainly one.
    pub(super) async fn begin(&self) -> Result<DatabaseTransaction, ProviderError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        // Given back as soon as the transaction has begun: SQLite itself holds up the others from then on.
        let _turn = match self.turns.get() {
            Some(turns) => Some(turns.alone(&self.db).await.map_err(not_done)?),
            None => None,
        };
        self.db.begin_with_options(options).await.map_err(not_done)
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
