//! The same key and the same input: the same order, for ever. The same key, other input: refused.

use sea_orm::{ActiveValue::Set, EntityTrait};
use sha2::{Digest, Sha256};
use vitrine_entity::{
    idempotency_key,
    ids::{CartId, OrderId},
};

use crate::{ErrorCode, Refusal, Result, Tx, Viewer};

const OPERATION: &str = "order_place";

/// What a claim of a key met.
pub(super) enum Claim {
    /// The key is ours: go on.
    Fresh,
    /// The same request made this order before.
    Replay(OrderId),
}

/// Claims `key` for `order` in this transaction. Of two claims at once, the second waits for the
/// first to commit and then finds its order.
pub(super) async fn claim(tx: &Tx, cart: CartId, key: &str, request: &[&str], order: OrderId) -> Result<Claim> {
    let caller = caller(tx.context().viewer, cart);
    let request_hash = hash(request);
    // Somebody who signed in after a request whose answer was lost asks under another name.
    if tx.context().viewer.customer().is_some()
        && let Some(row) = find(tx, cart.to_string(), key).await?
        && row.request_hash == request_hash
    {
        return Ok(Claim::Replay(row.order_id));
    }
    let row = idempotency_key::ActiveModel {
        caller: Set(caller.clone()),
        key: Set(key.to_owned()),
        operation: Set(OPERATION.to_owned()),
        request_hash: Set(request_hash.clone()),
        order_id: Set(order),
        created_at: Set(tx.shop().now()),
    };
    let inserted = idempotency_key::Entity::insert(row)
        .on_conflict_do_nothing_on([idempotency_key::Column::Caller, idempotency_key::Column::Key])
        .exec_without_returning(tx.db())
        .await?;
    if matches!(inserted, sea_orm::TryInsertResult::Inserted(1)) {
        return Ok(Claim::Fresh);
    }
    match find(tx, caller, key).await? {
        Some(row) if row.operation == OPERATION && row.request_hash == request_hash => Ok(Claim::Replay(row.order_id)),
        _ => Err(Refusal::new(
            ErrorCode::IdempotencyKeyReused,
            "This idempotency key was used for another request. Take a new one.",
        )
        .at(&["input", "idempotencyKey"])
        .into()),
    }
}

async fn find(tx: &Tx, caller: String, key: &str) -> Result<Option<idempotency_key::Model>> {
    Ok(idempotency_key::Entity::find_by_id((caller, key.to_owned()))
        .one(tx.db())
        .await?)
}

/// A key belongs to its caller: the signed-in customer, or whoever holds the cart.
fn caller(viewer: Viewer, cart: CartId) -> String {
    match viewer.customer() {
        Some(customer) => customer.to_string(),
        None => cart.to_string(),
    }
}

fn hash(parts: &[&str]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_vec()
}
