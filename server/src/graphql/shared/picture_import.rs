use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::media::{self, Use};
use vitrine_entity::media_import;

use super::{connection::connection, context::ContextExt, failure::Result, scalars::Url};
use crate::ids;

/// What became of fetching a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::media_import::MediaImportState")]
pub enum PictureImportState {
    /// It will be fetched; until then it is shown from where it lies.
    Pending,
    /// It lies in the shop's store.
    Ready,
    /// It could not be fetched, and is not tried again by itself: see `productPicturesRetry`.
    Failed,
}

/// A picture that was named by a web address, which the shop fetches into its store.
#[derive(Debug, Clone)]
pub struct PictureImport(pub media_import::Model);

connection! { PictureImportConnection, PictureImportEdge, PictureImport }

/// A picture that was named by a web address, which the shop fetches into its store. For staff with the
/// permission `CATALOG`.
#[Object]
impl PictureImport {
    /// Names it.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Where it lies.
    async fn address(&self) -> Url {
        Url(self.0.address.clone())
    }

    /// What became of it.
    async fn state(&self) -> PictureImportState {
        self.0.state.into()
    }

    /// Why it could not be fetched, or not yet.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// How often it was tried.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// When this was last so.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// What shows it, at most ten.
    #[graphql(complexity = "5 + 10 * child_complexity")]
    async fn used_by(&self, ctx: &Context<'_>) -> Result<Vec<MediaUse>> {
        let uses = media::import::uses_of(ctx.shop(), &self.0).await?;
        Ok(uses.into_iter().map(MediaUse::from).collect())
    }
}

/// Something that shows a picture.
#[derive(Debug, SimpleObject)]
pub struct MediaUse {
    /// What it is: `product`, `category`, `collection`. More kinds may come.
    pub kind: String,
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub title: String,
}

impl From<Use> for MediaUse {
    fn from(of: Use) -> Self {
        Self {
            kind: of.kind,
            slug: of.slug,
            title: of.title,
        }
    }
}
