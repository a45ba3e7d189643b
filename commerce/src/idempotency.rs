//! The same key and the same input: the same result, for ever. The same key, other input: refused.

use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;
use vitrine_entity::{idempotency_key, subject::Subject};

use crate::{ErrorCode, Fault, Refusal, Result, Tx, signature};

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
    let subject = subject.into();
    let row = idempotency_key::ActiveModel {
        caller: Set(request.caller.clone()),
        key: Set(request.key.to_owned()),
        operation: Set(request.operation.to_owned()),
        request_hash: Set(request.hash.clone()),
        order_id: Set(subject.order()),
        created_at: Set(tx.shop().now()),
        result_id: Set(Some(result.into())),
        subject: Set(Some(subject)),
    };
    let inserted = idempotency_key::Entity::insert(row)
        .on_conflict_do_nothing_on([idempotency_key::Column::Caller, idempotency_key::Column::Key])
        .exec_without_returning(tx.db())
        .await?;
    if matches!(inserted, sea_orm::TryInsertResult::Inserted(1)) {
        return Ok(Claim::Fresh);
    }
    match find(tx, request.caller.clone(), request.key).await? {
        Some(row) if request.is(&row) => replay(&row),
        _ => Err(Refusal::new(
            ErrorCode::IdempotencyKeyReused,
            "This idempotency key was used for another request. Take a new one.",
        )
        .at(&["idempotencyKey"])
        .into()),
    }
}

/// The operation is the same, so that what it made is of the kind that is asked for.
fn replay<R: From<Uuid>>(row: &idempotency_key::Model) -> Result<Claim<R>> {
    let result = row.result_id.or(row.order_id.map(Uuid::from));
    let result = result.ok_or_else(|| Fault::Corrupt {
        table: "idempotency_key",
        column: "result_id",
        id: row.key.clone(),
    })?;
    Ok(Claim::Replay(result.into()))
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
