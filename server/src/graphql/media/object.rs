use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::media::{address::mime_type, uses_of};
use vitrine_entity::media;

use crate::{
    graphql::shared::{ContextExt, Image, MediaUse, Result, connection, int},
    ids,
};

/// How many of those that show a picture are told.
const USES_MAX: u64 = 20;

/// A picture in the shop's store.
#[derive(Debug, Clone)]
pub struct Media(pub media::Model);

connection! { MediaConnection, MediaEdge, Media }

/// A picture in the shop's store. The same picture is there once, however often it was sent. For staff with
/// the permission `CATALOG` or `CONTENT`.
#[Object]
impl Media {
    /// Names the picture.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// The picture, as shoppers see it.
    async fn image(&self) -> Image {
        Image::of_media(&self.0, None)
    }

    /// What it shows, where whoever uses it says nothing else.
    async fn alt_text(&self) -> &str {
        &self.0.alt
    }

    /// What the file was called by whoever sent it.
    async fn file_name(&self) -> &str {
        &self.0.original_name
    }

    /// What it is written in, as in `image/jpeg`.
    async fn mime_type(&self) -> &'static str {
        mime_type(self.0.format)
    }

    /// How many bytes it has.
    async fn byte_size(&self) -> i32 {
        int(self.0.byte_size)
    }

    /// What shows it, at most twenty.
    #[graphql(complexity = "5 + 20 * child_complexity")]
    async fn used_by(&self, ctx: &Context<'_>) -> Result<Vec<MediaUse>> {
        let uses = uses_of(ctx.shop(), ctx.caller(), &self.0, USES_MAX).await?;
        Ok(uses.into_iter().map(MediaUse::from).collect())
    }

    /// Who sent it: the id of a member of staff, or `system` for what was fetched.
    async fn created_by(&self) -> &str {
        &self.0.created_by
    }

    /// Grows with every edit: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it came.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last edited.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// When it was deleted. Until its bytes are taken away, a month later at the earliest, `mediaRestore`
    /// brings it back.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}
