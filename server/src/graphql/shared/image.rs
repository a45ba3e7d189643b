use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, Enum, ID, InputObject, Object, dataloader::Loader};
use vitrine_commerce::{
    ErrorCode, Refusal,
    media::{
        self,
        address::{MediaAddress, Shown, rendered_as, rendering},
        load::{SourceMedia, by_source, is_known},
    },
    ports::imaging::{Crop, RenderedFormat},
    staff::{Permission, permission},
    translations::{Kind, Thing},
};
use vitrine_entity::{media::Model as MediaRow, picture};

use super::{
    context::ContextExt,
    failure::Result,
    loaders::{Batch, LoadError},
    picture_import::PictureImport,
    public_url::PublicUrl,
    scalars::Url,
    words,
};
use crate::ids;

/// The longest side that can be asked for.
const SIDE_MAX: i32 = 3840;

/// A picture.
#[derive(Debug, Clone)]
pub struct Image {
    id: String,
    source: String,
    alt: String,
}

/// Another size and format of a picture, made when it is first fetched and kept from then on.
#[derive(Debug, Clone, Copy, InputObject)]
pub struct ImageTransformInput {
    /// The width in pixels that it has at most, 1 to 3840. The next of the sizes that there are is given, so
    /// that caches meet the same ones: 32, 48, 64, 96, 128, 160, 200, 240, 320, 400, 480, 560, 640, 720, 800,
    /// 960, 1080, 1200, 1440, 1600, 1920, 2048, 2560, 3840.
    pub max_width: Option<i32>,
    /// The height in pixels that it has at most, likewise.
    pub max_height: Option<i32>,
    /// Cuts it to the proportion of `maxWidth` and `maxHeight`, which are both needed then, and keeps this
    /// part of it. Without, all of it is fitted into them.
    pub crop: Option<ImageCrop>,
    /// What it is written in; by default its own (`PNG` for a GIF, of which the first frame is shown).
    pub format: Option<ImageFormat>,
    /// How much of it is kept, 1 to 100, in tens: small files look worse. By default what looks well.
    pub quality: Option<i32>,
}

/// Which part of a picture is kept when it is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ImageCrop {
    /// The middle.
    Center,
    /// The upper part.
    Top,
    /// The lower part.
    Bottom,
    /// The left part.
    Left,
    /// The right part.
    Right,
}

/// What a picture is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ImageFormat {
    /// Known by every browser; no transparency: what is transparent becomes white.
    Jpeg,
    /// Loses nothing, and is large. For drawings.
    Png,
    /// Known by every browser of today; about a third smaller than JPEG.
    Webp,
    /// The smallest, known by almost every browser of today. Making it takes longest.
    Avif,
}

/// A picture.
#[Object]
impl Image {
    /// Names the picture; the same wherever it is shown, so that lists can be keyed by it.
    async fn id(&self) -> ID {
        ids::public(&self.id)
    }

    /// Where the picture is. It may be cached for as long as its headers say: what lies in the shop's store
    /// for ever. One that lies elsewhere and has not come into the store yet is given as it is, whatever
    /// `transform` asks for; so are the demo's drawings.
    async fn url(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Another size and format of it; as it was sent without.")] transform: Option<
            ImageTransformInput,
        >,
    ) -> Result<Url> {
        let transform = transform.map(checked).transpose()?;
        let address = match MediaAddress::parse(&self.source) {
            Some(address) => Some(address),
            None => self.media(ctx).await?.as_ref().map(MediaAddress::original),
        };
        let path = match (address, transform) {
            (None, _) => self.source.clone(),
            (Some(address), None) => address.path(),
            (Some(address), Some(transform)) => transformed(&address, transform).path(),
        };
        Ok(Url(ctx.data_unchecked::<PublicUrl>().absolute(&path)))
    }

    /// What it shows, for those who cannot see it; may be empty for decoration.
    async fn alt_text(&self, ctx: &Context<'_>) -> Result<String> {
        match self.id.parse::<Thing>() {
            Ok(thing) if !self.alt.is_empty() => {
                let field = if thing.kind() == Kind::Picture {
                    "alt"
                } else {
                    "pictureAlt"
                };
                words::text(ctx, thing, field, &self.alt).await
            }
            _ => Ok(self.alt.clone()),
        }
    }

    /// Its width in pixels, as it was sent. Null unless it lies in the shop's store.
    async fn width(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        Ok(self.media(ctx).await?.map(|media| media.width))
    }

    /// Its height in pixels, as it was sent. Null unless it lies in the shop's store.
    async fn height(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        Ok(self.media(ctx).await?.map(|media| media.height))
    }

    /// Its colours as a few coarse waves, to be drawn while it loads (see <https://blurha.sh>). Null unless
    /// it lies in the shop's store.
    async fn blur_hash(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.media(ctx).await?.and_then(|media| media.blur_hash))
    }

    /// What became of fetching it into the shop's store, where it was named by a web address. Null for
    /// everybody but staff with the permission `CATALOG`.
    #[graphql(name = "import")]
    async fn fetching(&self, ctx: &Context<'_>) -> Result<Option<PictureImport>> {
        if !permission::allowed(ctx.caller(), Permission::Catalog) {
            return Ok(None);
        }
        Ok(self.known(ctx).await?.and_then(|known| known.import).map(PictureImport))
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

    /// A picture of the store, as whatever shows it: `alt` is its own text where that is `None`.
    pub fn of_media(media: &MediaRow, alt: Option<String>) -> Self {
        Self {
            id: media.id.to_string(),
            source: media::source(media),
            alt: alt.unwrap_or_else(|| media.alt.clone()),
        }
    }

    async fn media(&self, ctx: &Context<'_>) -> Result<Option<MediaRow>> {
        Ok(self.known(ctx).await?.and_then(|known| known.media))
    }

    async fn known(&self, ctx: &Context<'_>) -> Result<Option<SourceMedia>> {
        match is_known(&self.source) {
            true => ctx.load(MediaOfSource(self.source.as_str().into())).await,
            false => Ok(None),
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

fn transformed(address: &MediaAddress, transform: Checked) -> MediaAddress {
    let own = match address.shown {
        Shown::Original(format) => rendered_as(format),
        Shown::Rendered(rendering) => rendering.format,
    };
    let Checked {
        max_width,
        max_height,
        crop,
        format,
        quality,
    } = transform;
    address.rendered(rendering(max_width, max_height, crop, format.unwrap_or(own), quality))
}

/// A transform within its bounds.
#[derive(Clone, Copy)]
struct Checked {
    max_width: Option<u32>,
    max_height: Option<u32>,
    crop: Option<Crop>,
    format: Option<RenderedFormat>,
    quality: Option<u8>,
}

fn checked(input: ImageTransformInput) -> std::result::Result<Checked, Refusal> {
    if input.crop.is_some() && (input.max_width.is_none() || input.max_height.is_none()) {
        let message = "A picture is cut to the proportion of `maxWidth` and `maxHeight`: give both.";
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["transform", "crop"]));
    }
    Ok(Checked {
        max_width: within(input.max_width, SIDE_MAX, "maxWidth")?,
        max_height: within(input.max_height, SIDE_MAX, "maxHeight")?,
        crop: input.crop.map(|crop| match crop {
            ImageCrop::Center => Crop::Center,
            ImageCrop::Top => Crop::Top,
            ImageCrop::Bottom => Crop::Bottom,
            ImageCrop::Left => Crop::Left,
            ImageCrop::Right => Crop::Right,
        }),
        format: input.format.map(|format| match format {
            ImageFormat::Jpeg => RenderedFormat::Jpeg,
            ImageFormat::Png => RenderedFormat::Png,
            ImageFormat::Webp => RenderedFormat::Webp,
            ImageFormat::Avif => RenderedFormat::Avif,
        }),
        quality: within(input.quality, 100, "quality")?,
    })
}

fn within<T: TryFrom<i32>>(number: Option<i32>, max: i32, field: &str) -> std::result::Result<Option<T>, Refusal> {
    let Some(number) = number else { return Ok(None) };
    let found = (1..=max).contains(&number).then(|| T::try_from(number).ok()).flatten();
    let message = || format!("`{field}` must be between 1 and {max}.");
    let found = found.ok_or_else(|| Refusal::new(ErrorCode::Invalid, message()).at(&["transform", field]));
    found.map(Some)
}

/// What lies at a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MediaOfSource(Arc<str>);

impl Loader<MediaOfSource> for Batch {
    type Value = SourceMedia;
    type Error = LoadError;

    async fn load(
        &self,
        keys: &[MediaOfSource],
    ) -> std::result::Result<HashMap<MediaOfSource, SourceMedia>, LoadError> {
        let sources: Vec<String> = keys.iter().map(|key| key.0.to_string()).collect();
        let found = by_source(&self.shop, &sources).await?.into_iter();
        Ok(found
            .map(|(source, media)| (MediaOfSource(source.into()), media))
            .collect())
    }
}
