//! The same key and the same input: the same result, for ever. The same key, other input: refused.

use sea_orm::{
    ActiveValue::Set, ConnectionTrait, DatabaseBackend, EntityTrait, FromQueryResult, QueryTrait, TryInsert, Value,
};
use uuid::Uuid;
use vitrine_entity::{idempotency_key, subject::Subject};

use crate::{ErrorCode, Fault, Refusal, Result, Shop, Tx, language::messages, signature, sql, transaction::together};

/// What is asked for under a key.
#[derive(Debug)]
pub(crate) struct Request<'input> {
    operation: &'static str,
    /// Whose key it is: keys of two callers never meet.
    caller: String,
    /// Under which other name the caller may have asked for the same before.
    formerly: Option<String>,
    key: &'input str,
    hash: Vec<u8>,
}

/// What a claim of a key met.
pub(crate) enum Claim<R> {
    /// The key is ours: go on.
    Fresh,
    /// The same request was done before, with this result.
    Replay(R),
}

/// As [`Claim`], with what was changed by the same statement.
pub(crate) enum ClaimedWith<R, Row> {
    /// The key is ours; `None` where nothing was changed.
    Fresh(Option<Row>),
    Replay(R),
}

impl<'input> Request<'input> {
    pub(crate) fn new(operation: &'static str, caller: String, key: &'input str, input: &[&str]) -> Self {
        Self {
            operation,
            caller,
            formerly: None,
            key,
            hash: hash(input),
        }
    }

    /// Names the caller as they were known before they signed in.
    pub(crate) fn formerly(self, caller: Option<String>) -> Self {
        Self {
            formerly: caller,
            ..self
        }
    }

    /// Of a member of staff, whose keys are their own whatever they ask for.
    pub(crate) fn of_staff(tx: &Tx, operation: &'static str, key: &'input str, input: &[&str]) -> Self {
        Self::new(operation, tx.context().viewer.actor(), key, input)
    }
}

/// Claims the key in this transaction, for the `result` that the request is about to make of `subject`.
/// Of two claims at once, the second waits for the first to commit and then finds what it made.
///
/// # Errors
/// Refuses a key that was used for another request.
pub(crate) async fn claim<R: Copy + From<Uuid> + Into<Uuid>>(
    tx: &Tx,
    request: &Request<'_>,
    subject: impl Into<Subject>,
    result: R,
) -> Result<Claim<R>> {
    if let Some(formerly) = &request.formerly
        && let Some(row) = find(tx, formerly.clone(), request.key).await?
        && request.is(&row)
    {
        return replay(&row);
    }
    let insert = insert(tx, request, subject.into(), result.into());
    let inserted = insert.exec_without_returning(tx.db()).await?;
    if matches!(inserted, sea_orm::TryInsertResult::Inserted(1)) {
        return Ok(Claim::Fresh);
    }
    match find(tx, request.caller.clone(), request.key).await? {
        Some(row) if request.is(&row) => replay(&row),
        _ => Err(reused()),
    }
}

/// Whether the request was done before, for whoever has much to do before it can [`claim`] the key.
///
/// # Errors
/// Refuses a key that was used for another request.
pub(crate) async fn is_done(shop: &Shop, request: &Request<'_>) -> Result<bool> {
    let found = idempotency_key::Entity::find_by_id((request.caller.clone(), request.key.to_owned()));
    match found.one(&shop.db).await? {
        Some(row) if request.is(&row) => Ok(true),
        Some(_) => Err(reused()),
        None => Ok(false),
    }
}

/// As [`claim`], and changes a row by a statement if the key is ours, in one with it where the database can: `changing` gives
/// that, and its values, for a condition that it takes along. Gives the row that it has changed, if it has.
pub(crate) async fn claim_and_change<R, Row, F>(
    tx: &Tx,
    request: &Request<'_>,
    (subject, result): (impl Into<Subject>, R),
    changing: F,
) -> Result<ClaimedWith<R, Row>>
where
    R: Copy + From<Uuid> + Into<Uuid>,
    Row: FromQueryResult,
    F: Fn(&str) -> (String, Vec<Value>),
{
    let (db, subject) = (tx.db(), subject.into());
    if db.get_database_backend() != DatabaseBackend::Postgres || request.formerly.is_some() {
        if let Claim::Replay(found) = claim(tx, request, subject, result).await? {
            return Ok(ClaimedWith::Replay(found));
        }
        let (sql, values) = changing("");
        return Ok(ClaimedWith::Fresh(sql::one(db, &sql, values).await?));
    }
    let mut insert = insert(tx, request, subject, result.into()).build(DatabaseBackend::Postgres);
    insert.sql += " returning 1";
    let (sql, values) = changing("and exists (select 1 from w0)");
    let both = together(
        vec![insert, sql::statement(db, &sql, values)],
        DatabaseBackend::Postgres,
    );
    let both = both.ok_or_else(|| Fault::Other("no statement".to_owned(), None))?;
    if let Some(row) = Row::find_by_statement(both).one(db).await? {
        return Ok(ClaimedWith::Fresh(Some(row)));
    }
    match find(tx, request.caller.clone(), request.key).await? {
        // The key is ours, and the row is not as it should be.
        Some(row) if row.result_id == Some(result.into()) => Ok(ClaimedWith::Fresh(None)),
        Some(row) if request.is(&row) => Ok(ClaimedWith::Replay(result_of(&row)?)),
        _ => Err(reused()),
    }
}

fn insert(tx: &Tx, request: &Request<'_>, subject: Subject, result: Uuid) -> TryInsert<idempotency_key::ActiveModel> {
    let row = idempotency_key::ActiveModel {
        caller: Set(request.caller.clone()),
        key: Set(request.key.to_owned()),
        operation: Set(request.operation.to_owned()),
        request_hash: Set(request.hash.clone()),
        order_id: Set(subject.order()),
        created_at: Set(tx.shop().now()),
        result_id: Set(Some(result)),
        subject: Set(Some(subject)),
    };
    idempotency_key::Entity::insert(row)
        .on_conflict_do_nothing_on([idempotency_key::Column::Caller, idempotency_key::Column::Key])
}

fn reused() -> crate::Error {
    Refusal::new(ErrorCode::IdempotencyKeyReused, messages::key_reused())
        .at(&["idempotencyKey"])
        .into()
}

/// The operation is the same, so that what it made is of the kind that is asked for.
fn replay<R: From<Uuid>>(row: &idempotency_key::Model) -> Result<Claim<R>> {
    result_of(row).map(Claim::Replay)
}

fn result_of<R: From<Uuid>>(row: &idempotency_key::Model) -> Result<R> {
    let result = row.result_id.or(row.order_id.map(Uuid::from));
    let result = result.ok_or_else(|| Fault::Corrupt {
        table: "idempotency_key",
        column: "result_id",
        id: row.key.clone(),
    })?;
    Ok(result.into())
}

impl Request<'_> {
    fn is(&self, row: &idempotency_key::Model) -> bool {
        row.operation == self.operation && row.request_hash == self.hash
    }
}

async fn find(tx: &Tx, caller: String, key: &str) -> Result<Option<idempotency_key::Model>> {
    Ok(idempotency_key::Entity::find_by_id((caller, key.to_owned()))
        .one(tx.db())
        .await?)
}

fn hash(parts: &[&str]) -> Vec<u8> {
    let parts: Vec<_> = parts.iter().map(|part| part.as_bytes()).collect();
    signature::digest(&parts).to_vec()
}
