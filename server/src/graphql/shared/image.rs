use async_graphql::{Context, ID, Object};
use vitrine_entity::picture;

use super::{public_url::PublicUrl, scalars::Url};
use crate::ids;

/// A picture.
#[derive(Debug, Clone)]
pub struct Image {
    id: String,
    source: String,
    alt: String,
}

/// A picture.
#[Object]
impl Image {
    /// Names the picture; the same wherever it is shown, so that lists can be keyed by it.
    async fn id(&self) -> ID {
        ids::public(&self.id)
    }

    /// Where the picture is. It may be cached for as long as its headers say.
    async fn url(&self, ctx: &Context<'_>) -> Url {
        Url(ctx.data_unchecked::<PublicUrl>().absolute(&self.source))
    }

    /// What it shows, for those who cannot see it; may be empty for decoration.
    async fn alt_text(&self) -> &str {
        &self.alt
    }
}

impl Image {
    /// The only picture of something that is named `owner`.
    pub fn of(owner: impl ToString, source: String, alt: String) -> Self {
        Self {
            id: format!("{}_picture", owner.to_string()),
            source,
            alt,
        }
    }

    /// The picture that shows an option's value.
    pub fn of_swatch(product: impl std::fmt::Display, source: String, value: String) -> Self {
        Self {
            id: format!("{product}:{value}"),
            source,
            alt: value,
        }
    }

    /// The picture of an order's line, of which only the source was kept.
    pub fn of_order_line(line: impl ToString, source: String, alt: String) -> Self {
        Self {
            id: line.to_string(),
            source,
            alt,
        }
    }
}

impl From<picture::Model> for Image {
    fn from(picture: picture::Model) -> Self {
        Self {
            id: picture.id.to_string(),
            source: picture.source,
            alt: picture.alt,
        }
    }
}
