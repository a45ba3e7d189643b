//! Staff delete a picture that nothing shows, and take that back.

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{ids::MediaId, media};

use super::{
    rules::{conflict, require},
    uses::uses_on,
};
use crate::{Context, ErrorCode, Refusal, Result, Shop, Tx, staff::audit};

/// How long a deleted picture can be brought back. Caches and mails may name it for as long.
pub(super) const KEPT: TimeDelta = TimeDelta::days(30);

/// How many of those that show it are named.
const NAMED_MAX: usize = 5;

/// Which picture goes.
#[derive(Debug, Clone)]
pub struct MediaDelete {
    pub media: MediaId,
    pub expected_version: Option<i64>,
}

/// Deletes a picture. Its bytes stay for a while, and for as long as an order names them. One that is
/// gone stays so.
///
/// # Errors
/// `NOT_FOUND`, `VERSION_CONFLICT`, and `INVALID` while something shows it.
pub async fn delete(shop: &Shop, context: &Context, input: MediaDelete) -> Result<media::Model> {
    require(context)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let before = any(&tx, input.media).await?;
        if before.deleted_at.is_some() {
            return Ok(before);
        }
        if input
            .expected_version
            .is_some_and(|expected| expected != before.version)
        {
            return Err(conflict(before.version).into());
        }
        let uses = uses_on(tx.db(), &before, NAMED_MAX as u64 + 1).await?;
        if !uses.is_empty() {
            let names = uses
                .iter()
                .take(NAMED_MAX)
                .map(|of| format!("the {} “{}”", of.kind, of.title));
            let more = if uses.len() > NAMED_MAX { " and others" } else { "" };
            let names = names.collect::<Vec<_>>().join(", ");
            let message = format!("The picture is shown by {names}{more}. Take it off there first.");
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["id"]).into());
        }
        let now = tx.shop().now();
        let after = media::Model {
            deleted_at: Some(now),
            purge_at: Some(now + KEPT),
            ..before
        };
        write(&tx, after, "media.delete").await
    })
    .await
}

/// Brings a deleted picture back.
///
/// # Errors
/// `NOT_FOUND` where there is none, or its bytes are gone.
pub async fn restore(shop: &Shop, context: &Context, media: MediaId) -> Result<media::Model> {
    require(context)?;
    shop.transact(context, |tx| async move {
        let before = any(&tx, media).await?;
        if before.deleted_at.is_none() {
            return Ok(before);
        }
        let after = media::Model {
            deleted_at: None,
            purge_at: None,
            ..before
        };
        write(&tx, after, "media.restore").await
    })
    .await
}

/// The picture, deleted or not, locked.
async fn any(tx: &Tx, id: MediaId) -> Result<media::Model> {
    let found = tx.lock::<media::Entity>(id).await?;
    found.ok_or_else(|| Refusal::not_found("picture").at(&["id"]).into())
}

async fn write(tx: &Tx, mut row: media::Model, action: &str) -> Result<media::Model> {
    row.version += 1;
    row.updated_at = tx.shop().now();
    row.clone().into_active_model().reset_all().update(tx.db()).await?;
    audit(tx, action, row.id.to_string(), json!({ "fileName": row.original_name })).await?;
    Ok(row)
}
