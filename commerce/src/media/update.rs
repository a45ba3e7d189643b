//! Staff say what a picture shows.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{ids::MediaId, media};

use super::rules::{ALT_MAX, conflict, require, usable};
use crate::{Context, Result, Shop, staff::audit, text};

/// A change of a picture; what is `None` stays as it is.
#[derive(Debug, Clone)]
pub struct MediaUpdate {
    pub media: MediaId,
    pub expected_version: Option<i64>,
    /// Empty takes it away.
    pub alt: Option<String>,
}

/// Changes what is said of a picture. Things that show it with a text of their own keep theirs.
///
/// # Errors
/// `NOT_FOUND`, `VERSION_CONFLICT`, `INVALID`.
pub async fn update(shop: &Shop, context: &Context, input: MediaUpdate) -> Result<media::Model> {
    require(context)?;
    let alt = match &input.alt {
        None => None,
        Some(alt) => Some(text::optional_line(&["altText"], Some(alt), ALT_MAX)?.unwrap_or_default()),
    };
    let (input, alt) = (&input, &alt);
    shop.transact(context, |tx| async move {
        let before = usable(&tx, input.media, &["id"]).await?;
        if input
            .expected_version
            .is_some_and(|expected| expected != before.version)
        {
            return Err(conflict(before.version).into());
        }
        let Some(alt) = alt.clone().filter(|alt| *alt != before.alt) else {
            return Ok(before);
        };
        let after = media::Model {
            alt,
            version: before.version + 1,
            updated_at: tx.shop().now(),
            ..before
        };
        after.clone().into_active_model().reset_all().update(tx.db()).await?;
        audit(
            &tx,
            "media.update",
            after.id.to_string(),
            json!({ "fields": ["altText"] }),
        )
        .await?;
        Ok(after)
    })
    .await
}
