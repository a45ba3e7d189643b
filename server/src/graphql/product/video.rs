use async_graphql::{Context, Enum, ID, Object};
use vitrine_commerce::catalog::videos::{Place, place};
use vitrine_entity::product_video;

use crate::{
    graphql::shared::{PublicUrl, Result, Url, words},
    ids,
};

/// Where a video lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum VideoHost {
    /// At YouTube: show `embedUrl` in a frame.
    #[graphql(name = "YOUTUBE")]
    YouTube,
    /// At Vimeo: show `embedUrl` in a frame.
    Vimeo,
    /// A file: play `url`.
    File,
}

/// A video of a product, which lies elsewhere.
#[derive(Debug, Clone)]
pub struct ProductVideo(pub product_video::Model);

/// A video of a product, which lies elsewhere.
#[Object]
impl ProductVideo {
    /// Names the video.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Where it lies.
    async fn host(&self) -> VideoHost {
        match place(&self.0.address) {
            Some(Place::YouTube(_)) => VideoHost::YouTube,
            Some(Place::Vimeo(..)) => VideoHost::Vimeo,
            Some(Place::File) | None => VideoHost::File,
        }
    }

    /// Its address, as staff gave it.
    async fn url(&self) -> Url {
        Url(self.0.address.clone())
    }

    /// What a page shows in a frame; null for a file. At YouTube without cookies before it plays.
    async fn embed_url(&self) -> Option<Url> {
        place(&self.0.address)?.embed().map(Url)
    }

    /// What it shows, where staff said so.
    async fn title(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let own = Some(self.0.title.as_str()).filter(|title| !title.is_empty());
        words::optional(ctx, self.0.id, "title", own).await
    }

    /// A picture to show before it plays: the one that staff gave, or YouTube's.
    async fn thumbnail_url(&self, ctx: &Context<'_>) -> Option<Url> {
        let theirs = || place(&self.0.address)?.thumbnail();
        let source = self.0.thumbnail_source.clone().or_else(theirs)?;
        Some(Url(ctx.data_unchecked::<PublicUrl>().absolute(&source)))
    }
}
