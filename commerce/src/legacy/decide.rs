//! What staff do about an order of which the older system says otherwise.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    ids::LegacyOrderId,
    legacy_order::{self, LegacyDifferences, LegacyFinding, LegacyRecord, LegacySide},
};

use crate::{
    Context, Refusal, Result, Shop, Tx,
    jobs::Job,
    staff::{Permission, audit, permission},
    text,
};

/// Has an order be the same in both: one that was placed here is written there anew, one that was placed there is taken as it
/// says now. What agrees stays as it is.
///
/// # Errors
/// Refuses whoever may not, and an order that there is not.
pub async fn repair(shop: &Shop, context: &Context, id: LegacyOrderId) -> Result<legacy_order::Model> {
    permission::require(context, Permission::Orders)?;
    shop.transact(context, |tx| async move {
        let row = locked(&tx, id).await?;
        if row.finding == LegacyFinding::None {
            return Ok(row);
        }
        let agreed = match row.placed {
            LegacySide::Here => LegacyRecord::default(),
            LegacySide::There => LegacyRecord {
                number: row.number.clone(),
                ..LegacyRecord::default()
            },
        };
        let data = json!({ "order": row.number, "differences": row.differences });
        audit(&tx, "legacy_order.repair", id.to_string(), data).await?;
        let now = shop.now();
        let row = legacy_order::Model {
            agreed,
            differences: LegacyDifferences::default(),
            finding: LegacyFinding::None,
            decided_by: Some(context.viewer.actor()),
            note: None,
            next_at: Some(now),
            updated_at: now,
            ..row
        };
        tx.enqueue(row.order_id, Job::SyncLegacyOrder { legacy: id });
        Ok(row.into_active_model().reset_all().update(tx.db()).await?)
    })
    .await
}

/// Leaves an order as it is in both: it is told anew once they differ in something else. One that was left before stays so.
///
/// # Errors
/// Refuses whoever may not, a reason that is empty or too long, and an order that there is not.
pub async fn dismiss(shop: &Shop, context: &Context, id: LegacyOrderId, reason: &str) -> Result<legacy_order::Model> {
    permission::require(context, Permission::Orders)?;
    let reason = &text::line(&["reason"], reason, 200)?;
    shop.transact(context, |tx| async move {
        let row = locked(&tx, id).await?;
        if row.finding != LegacyFinding::Open {
            return Ok(row);
        }
        let data = json!({ "order": row.number, "reason": reason });
        audit(&tx, "legacy_order.dismiss", id.to_string(), data).await?;
        let row = legacy_order::Model {
            finding: LegacyFinding::Dismissed,
            decided_by: Some(context.viewer.actor()),
            note: Some(reason.clone()),
            updated_at: shop.now(),
            ..row
        };
        Ok(row.into_active_model().reset_all().update(tx.db()).await?)
    })
    .await
}

async fn locked(tx: &Tx, id: LegacyOrderId) -> Result<legacy_order::Model> {
    let found = tx.lock::<legacy_order::Entity>(id).await?;
    Ok(found.ok_or_else(|| Refusal::not_found("order").at(&["id"]))?)
}
