//! Stock.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Place, variant::named};
use crate::{
    Result,
    inventory::{self, Adjust, Count},
    jobs::Job,
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// What the ledger says of a count that gives no reason.
const REASON: &str = "bulk";

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Set {
    id: Option<String>,
    sku: Option<String>,
    on_hand: i64,
    reason: Option<String>,
}

/// Makes the stock what was counted.
pub(super) async fn set(place: &Place<'_>, input: Set) -> Result<Value> {
    permission::require_or_system(place.context, Permission::Inventory)?;
    let row = &place.variant(input.id.as_deref(), input.sku.as_deref()).await?;
    let reason = &text::line(&["reason"], input.reason.as_deref().unwrap_or(REASON), 200)?;
    let count = &Count {
        sku: row.sku.clone(),
        variant: row.id,
        on_hand: input.on_hand,
    };
    place
        .shop()
        .transact(place.context, |tx| async move {
            inventory::set_on_hand(&tx, vec![count.clone()], reason).await?;
            let data = json!({ "onHand": count.on_hand, "reason": reason });
            audit(&tx, "inventory.count", row.id.to_string(), data).await?;
            let products = vec![row.product_id];
            tx.enqueue(None, Job::IndexProducts { products });
            Ok(())
        })
        .await?;
    Ok(named(row))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct AdjustLine {
    id: Option<String>,
    sku: Option<String>,
    delta: i64,
    reason: String,
    expected_version: Option<i64>,
}

pub(super) async fn adjust(place: &Place<'_>, input: AdjustLine) -> Result<Value> {
    let row = place.variant(input.id.as_deref(), input.sku.as_deref()).await?;
    let adjust = Adjust {
        variant: row.id,
        location: None,
        delta: input.delta,
        reason: input.reason,
        expected_version: input.expected_version,
    };
    inventory::adjust(place.shop(), place.context, adjust).await?;
    Ok(named(&row))
}
