use async_graphql::{Context, ID, InputObject};
use vitrine_commerce::catalog::videos::{self, VideoFields, VideosSet};

use crate::{
    graphql::{
        product::object::Product,
        shared::{ContextExt, payload},
    },
    ids,
};

/// A product, and its videos as they should be.
#[derive(Debug, InputObject)]
pub struct ProductVideosSetInput {
    /// The product's id.
    pub product_id: ID,
    /// The product's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// All its videos in display order, at most 20.
    pub videos: Vec<ProductVideoInput>,
}

/// A video.
#[derive(Debug, InputObject)]
pub struct ProductVideoInput {
    /// Its address at YouTube or Vimeo, or that of a file: `https://…/chair.mp4`.
    pub url: String,
    /// What it shows.
    pub title: Option<String>,
    /// A picture to show before it plays: `https://…`, or a path of this shop.
    pub thumbnail_source: Option<String>,
}

payload! {
    /// What `productVideosSet` answers.
    ProductVideosSetPayload {
        /// The product as it is now.
        product: Product,
    }
}

pub(super) async fn set(ctx: &Context<'_>, input: ProductVideosSetInput) -> vitrine_commerce::Result<Product> {
    let fields = |input: ProductVideoInput| VideoFields {
        address: input.url,
        title: input.title,
        thumbnail_source: input.thumbnail_source,
    };
    let set = VideosSet {
        product: ids::input(&input.product_id, "product", &["productId"])?,
        expected_version: input.expected_version.map(i64::from),
        videos: input.videos.into_iter().map(fields).collect(),
    };
    Ok(Product(videos::set(ctx.shop(), ctx.caller(), set).await?))
}
