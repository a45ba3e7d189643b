//! The same key and the same input: the same result, for ever. The same key, other input: refused.

use sea_orm::{ActiveValue::Set, EntityTrait};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use vitrine_entity::{idempotency_key, ids::OrderId};

use crate::{ErrorCode, Refusal, Result, Tx};

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
pub(crate) enum Claim {
    /// The key is ours: go on.
    Fresh,
    /// The same request was done before, with this outcome.
    Replay(idempotency_key::Model),
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

/// Claims the key in this transaction, for what it makes of `order`. Of two claims at once, the
/// second waits for the first to commit and then finds what it made.
///
/// # Errors
/// Refuses a key that was used for another request.
pub(crate) async fn claim(tx: &Tx, request: &Request<'_>, order: OrderId, result: Option<Uuid>) -> Result<Claim> {
    if let Some(formerly) = &request.formerly
        && let Some(row) = find(tx, formerly.clone(), request.key).await?
        && request.is(&row)
    {
        return Ok(Claim::Replay(row));
    }
    let row = idempotency_key::ActiveModel {
        caller: Set(request.caller.clone()),
        key: Set(request.key.to_owned()),
        operation: Set(request.operation.to_owned()),
        request_hash: Set(request.hash.clone()),
        order_id: Set(order),
        created_at: Set(tx.shop().now()),
        result_id: Set(result),
    };
    let inserted = idempotency_key::Entity::insert(row)
        .on_conflict_do_nothing_on([idempotency_key::Column::Caller, idempotency_key::Column::Key])
        .exec_without_returning(tx.db())
        .await?;
    if matches!(inserted, sea_orm::TryInsertResult::Inserted(1)) {
        return Ok(Claim::Fresh);
    }
    match find(tx, request.caller.clone(), request.key).await? {
        Some(row) if request.is(&row) => Ok(Claim::Replay(row)),
        _ => Err(Refusal::new(
            ErrorCode::IdempotencyKeyReused,
            "This idempotency key was used for another request. Take a new one.",
        )
        .at(&["idempotencyKey"])
        .into()),
    }
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
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_vec()
}
