//! The provider's books: what it was asked, and what it charged. Every change is made and checked
//! in one statement.

use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, FromQueryResult, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait, Value,
};
use vitrine_commerce::ports::payment::ProviderError;
use vitrine_entity::ids::PaymentId;

use super::{SimulatedProvider, unknown};

/// The operation under which a failure on purpose is remembered.
pub(super) const FAILED: &str = "failed";

/// How many charges [`all`] tells of.
const LEDGER_MAX: u64 = 100_000;

/// How many undecided charges are decided at once.
const PENDING_BATCH: u64 = 100;

/// A call, as its idempotency key remembers it.
pub(super) struct Request {
    pub(super) key: String,
    /// Of all its parameters: the same key with others is refused.
    pub(super) hash: String,
    pub(super) payment: PaymentId,
    pub(super) operation: &'static str,
    pub(super) amount_minor: i64,
}

/// A charge.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Row {
    /// Our payment attempt's id, in its public form.
    pub(super) id: String,
    pub(super) reference: String,
    pub(super) token: String,
    pub(super) currency: String,
    pub(super) amount_minor: i64,
    pub(super) captured_minor: i64,
    pub(super) refunded_minor: i64,
    pub(super) status: String,
    pub(super) decline_code: Option<String>,
    pub(super) created_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    ActionRequired,
    Pending,
    Authorized,
    Captured,
    Declined,
    Voided,
}

impl Status {
    const ALL: [Self; 6] = [
        Self::ActionRequired,
        Self::Pending,
        Self::Authorized,
        Self::Captured,
        Self::Declined,
        Self::Voided,
    ];

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::ActionRequired => "ACTION_REQUIRED",
            Self::Pending => "PENDING",
            Self::Authorized => "AUTHORIZED",
            Self::Captured => "CAPTURED",
            Self::Declined => "DECLINED",
            Self::Voided => "VOIDED",
        }
    }
}

impl Row {
    pub(super) fn status(&self) -> Result<Status, ProviderError> {
        let status = Status::ALL.into_iter().find(|status| status.text() == self.status);
        status.ok_or_else(|| unknown(format!("simulated_payment {} has an impossible status", self.id)))
    }

    pub(super) fn payment(&self) -> Result<PaymentId, ProviderError> {
        self.id.parse().map_err(unknown)
    }
}

impl SimulatedProvider {
    /// Nothing was done yet, so a failure is certainly one.
    pub(super) async fn begin(&self) -> Result<DatabaseTransaction, ProviderError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.db
            .begin_with_options(options)
            .await
            .map_err(|error| ProviderError::Unavailable(error.into()))
    }
}

/// Records a request; `false` if its key was used before.
pub(super) async fn claim(
    db: &impl ConnectionTrait,
    request: &Request,
    now: DateTime<Utc>,
) -> Result<bool, ProviderError> {
    let sql = "insert into simulated_request (idempotency_key, request_hash, payment_id, operation, amount_minor, created_at) \
               values ($1, $2, $3, $4, $5, $6) on conflict do nothing";
    let values = [
        request.key.clone().into(),
        request.hash.clone().into(),
        request.payment.to_string().into(),
        request.operation.into(),
        request.amount_minor.into(),
        now.into(),
    ];
    change(db, sql, values).await
}

/// Whether this very request was made before.
///
/// # Errors
/// When its key was used for another.
pub(super) async fn is_known(db: &impl ConnectionTrait, request: &Request) -> Result<bool, ProviderError> {
    let sql = "select request_hash from simulated_request where idempotency_key = $1";
    let row = db
        .query_one_raw(statement(db, sql, [request.key.clone().into()]))
        .await
        .map_err(unknown)?;
    match row
        .map(|row| row.try_get::<String>("", "request_hash"))
        .transpose()
        .map_err(unknown)?
    {
        None => Ok(false),
        Some(hash) if hash == request.hash => Ok(true),
        Some(_) => Err(ProviderError::Rejected(format!(
            "the idempotency key `{}` was used for another request",
            request.key
        ))),
    }
}

/// How often a charge has failed on purpose.
pub(super) async fn failures(db: &impl ConnectionTrait, payment: PaymentId) -> Result<u64, ProviderError> {
    let sql = "select count(*) as failures from simulated_request where payment_id = $1 and operation = $2";
    let row = db
        .query_one_raw(statement(db, sql, [payment.to_string().into(), FAILED.into()]))
        .await
        .map_err(unknown)?;
    let failures: i64 = row.map_or(Ok(0), |row| row.try_get("", "failures")).map_err(unknown)?;
    Ok(failures.unsigned_abs())
}

pub(super) async fn insert(db: &impl ConnectionTrait, row: &Row) -> Result<(), ProviderError> {
    let sql = "insert into simulated_payment (id, reference, token, currency, amount_minor, captured_minor, refunded_minor, \
               status, decline_code, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let values = [
        row.id.clone().into(),
        row.reference.clone().into(),
        row.token.clone().into(),
        row.currency.clone().into(),
        row.amount_minor.into(),
        row.captured_minor.into(),
        row.refunded_minor.into(),
        row.status.clone().into(),
        row.decline_code.clone().into(),
        row.created_at.into(),
    ];
    change(db, sql, values).await.map(|_| ())
}

pub(super) async fn find(db: &impl ConnectionTrait, payment: PaymentId) -> Result<Option<Row>, ProviderError> {
    let sql = "select * from simulated_payment where id = $1";
    Row::find_by_statement(statement(db, sql, [payment.to_string().into()]))
        .one(db)
        .await
        .map_err(unknown)
}

/// # Errors
/// When it is not there.
pub(super) async fn require(db: &impl ConnectionTrait, payment: PaymentId) -> Result<Row, ProviderError> {
    find(db, payment)
        .await?
        .ok_or_else(|| ProviderError::Rejected(format!("there is no charge for {payment}")))
}

pub(super) async fn find_by_reference(
    db: &impl ConnectionTrait,
    reference: &str,
) -> Result<Option<Row>, ProviderError> {
    let sql = "select * from simulated_payment where reference = $1";
    Row::find_by_statement(statement(db, sql, [reference.into()]))
        .one(db)
        .await
        .map_err(unknown)
}

pub(super) async fn all(db: &impl ConnectionTrait) -> Result<Vec<Row>, ProviderError> {
    let sql = "select * from simulated_payment order by created_at, id limit $1";
    Row::find_by_statement(statement(db, sql, [(LEDGER_MAX as i64).into()]))
        .all(db)
        .await
        .map_err(unknown)
}

/// Charges that have been undecided since before `before`.
pub(super) async fn pending_since(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<Vec<PaymentId>, ProviderError> {
    let sql =
        "select * from simulated_payment where status = 'PENDING' and created_at <= $1 order by created_at limit $2";
    let statement = statement(db, sql, [before.into(), (PENDING_BATCH as i64).into()]);
    let rows = Row::find_by_statement(statement).all(db).await.map_err(unknown)?;
    rows.iter().map(Row::payment).collect()
}

/// Approves what was undecided, and captures it if that was asked for.
pub(super) async fn approve(
    db: &impl ConnectionTrait,
    payment: PaymentId,
    from: Status,
) -> Result<bool, ProviderError> {
    let sql = "update simulated_payment set \
               status = case when exists (select 1 from simulated_request where idempotency_key = $3 and operation = 'charge and capture') \
                   then 'CAPTURED' else 'AUTHORIZED' end, \
               captured_minor = case when exists (select 1 from simulated_request where idempotency_key = $3 and operation = 'charge and capture') \
                   then amount_minor else 0 end \
               where id = $1 and status = $2";
    change(
        db,
        sql,
        [
            payment.to_string().into(),
            from.text().into(),
            format!("charge/{payment}").into(),
        ],
    )
    .await
}

/// Declines what waits for the shopper.
pub(super) async fn decline(db: &impl ConnectionTrait, payment: PaymentId, code: &str) -> Result<bool, ProviderError> {
    let sql = "update simulated_payment set status = 'DECLINED', decline_code = $2 where id = $1 and status = 'ACTION_REQUIRED'";
    change(db, sql, [payment.to_string().into(), code.into()]).await
}

pub(super) async fn capture(
    db: &impl ConnectionTrait,
    reference: &str,
    payment: PaymentId,
    amount_minor: i64,
) -> Result<bool, ProviderError> {
    let sql = "update simulated_payment set status = 'CAPTURED', captured_minor = $3 \
               where id = $1 and reference = $2 and status = 'AUTHORIZED' and $3 > 0 and amount_minor >= $3";
    change(
        db,
        sql,
        [payment.to_string().into(), reference.into(), amount_minor.into()],
    )
    .await
}

pub(super) async fn void(
    db: &impl ConnectionTrait,
    reference: &str,
    payment: PaymentId,
) -> Result<bool, ProviderError> {
    let sql = "update simulated_payment set status = 'VOIDED' \
               where id = $1 and reference = $2 and status in ('AUTHORIZED', 'ACTION_REQUIRED', 'PENDING')";
    change(db, sql, [payment.to_string().into(), reference.into()]).await
}

pub(super) async fn refund(
    db: &impl ConnectionTrait,
    reference: &str,
    amount_minor: i64,
) -> Result<bool, ProviderError> {
    let sql = "update simulated_payment set refunded_minor = refunded_minor + $2 \
               where reference = $1 and status = 'CAPTURED' and $2 > 0 and captured_minor - refunded_minor >= $2";
    change(db, sql, [reference.into(), amount_minor.into()]).await
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

pub(super) fn statement<const N: usize>(db: &impl ConnectionTrait, sql: &str, values: [Value; N]) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}
