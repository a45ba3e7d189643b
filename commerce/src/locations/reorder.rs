//! Staff say where stock is taken from first.

use std::collections::HashSet;

use serde_json::json;
use vitrine_entity::{ids::LocationId, location};

use super::{
    find,
    row::{locked_live, write},
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::messages,
    sql,
    staff::{Permission, audit, permission},
};

/// Puts the locations into this order, which names each once.
///
/// # Errors
/// Refuses whoever may not, and an order that leaves one out, names one twice or one that there is not.
pub async fn reorder(shop: &Shop, context: &Context, order: &[LocationId]) -> Result<Vec<location::Model>> {
    permission::require_or_system(context, Permission::Settings)?;
    shop.transact(context, |tx| async move { reorder_in(&tx, order).await })
        .await
}

/// As [`reorder`], within a transaction of the caller's.
pub async fn reorder_in(tx: &Tx, order: &[LocationId]) -> Result<Vec<location::Model>> {
    permission::require_or_system(tx.context(), Permission::Settings)?;
    let now = find::all(tx.db()).await?;
    let named: HashSet<_> = order.iter().collect();
    let is_whole = named.len() == order.len() && now.len() == order.len();
    if !is_whole || !now.iter().all(|location| named.contains(&location.id)) {
        let message = messages::locations_each_once();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["locationIds"]).into());
    }
    let mut is_changed = false;
    for (id, position) in sql::places(order) {
        let mut row = locked_live(tx, id, None).await?;
        if row.position != position {
            row.position = position;
            write(tx, row).await?;
            is_changed = true;
        }
    }
    if is_changed {
        audit(tx, "location.reorder", "shop".to_owned(), json!({ "order": order })).await?;
    }
    find::all(tx.db()).await
}
