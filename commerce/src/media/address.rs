//! The addresses of pictures, which say everything that is needed to answer them:
//!
//! ```text
//! /media/{hash}/{name}.{format}                 as it was sent
//! /media/{hash}/{rendering}/{name}.{format}     another size or format of it
//! ```
//!
//! A rendering is written in one way only, and its sizes are steps: a bounded number of them can be asked
//! for, and caches meet the same ones.

use vitrine_entity::media::{self, MediaFormat};

use super::{hash::is_hash, name::is_name};
use crate::ports::imaging::{Crop, RenderedFormat, Rendering};

/// The lengths, in pixels, that a side may be bounded by.
pub const STEPS: [u32; 24] = [
    32, 48, 64, 96, 128, 160, 200, 240, 320, 400, 480, 560, 640, 720, 800, 960, 1080, 1200, 1440, 1600, 1920, 2048,
    2560, 3840,
];

/// What bounds a side that is not bounded by whoever asks.
const UNBOUNDED: u32 = 3840;

/// Where a picture is found.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MediaAddress {
    pub hash: String,
    /// The last part without its ending: for people.
    pub name: String,
    pub shown: Shown,
}

/// As it was sent, or made of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shown {
    Original(MediaFormat),
    Rendered(Rendering),
}

/// The next step up from a length; the longest for what is longer.
pub fn step(length: u32) -> u32 {
    STEPS.into_iter().find(|step| *step >= length).unwrap_or(UNBOUNDED)
}

/// The qualities that there are: tens.
pub fn quality_step(quality: u8) -> u8 {
    (quality.clamp(10, 100).saturating_add(5) / 10 * 10).min(100)
}

/// What looks well and is small.
pub fn quality_of(format: RenderedFormat) -> u8 {
    match format {
        RenderedFormat::Jpeg | RenderedFormat::Webp => 80,
        RenderedFormat::Avif => 60,
        // It loses nothing.
        RenderedFormat::Png => 100,
    }
}

/// In what a picture is shown where nobody says.
pub fn rendered_as(format: MediaFormat) -> RenderedFormat {
    match format {
        MediaFormat::Jpeg => RenderedFormat::Jpeg,
        MediaFormat::Webp => RenderedFormat::Webp,
        MediaFormat::Png | MediaFormat::Gif => RenderedFormat::Png,
    }
}

impl MediaAddress {
    pub fn original(media: &media::Model) -> Self {
        Self {
            hash: media.hash.clone(),
            name: media.name.clone(),
            shown: Shown::Original(media.format),
        }
    }

    /// The same picture, made into something else.
    #[must_use]
    pub fn rendered(&self, rendering: Rendering) -> Self {
        Self {
            shown: Shown::Rendered(rendering),
            ..self.clone()
        }
    }

    pub fn path(&self) -> String {
        let Self { hash, name, shown } = self;
        match shown {
            Shown::Original(format) => format!("/media/{hash}/{name}.{}", extension(*format)),
            Shown::Rendered(rendering) => {
                format!(
                    "/media/{hash}/{}/{name}.{}",
                    write(rendering),
                    rendered_extension(rendering.format)
                )
            }
        }
    }

    /// `None` for whatever is not written as [`path`](Self::path) writes it.
    pub fn parse(path: &str) -> Option<Self> {
        let mut parts = path.strip_prefix("/media/")?.split('/');
        let hash = parts.next().filter(|hash| is_hash(hash))?;
        let (first, second, rest) = (parts.next()?, parts.next(), parts.next());
        let file = second.unwrap_or(first);
        let (name, ending) = file.rsplit_once('.').filter(|(name, _)| is_name(name))?;
        let shown = match second {
            None => Shown::Original(FORMATS.into_iter().find(|format| extension(*format) == ending)?),
            Some(_) => Shown::Rendered(read(first, rendered_format(ending)?)?),
        };
        rest.is_none().then(|| Self {
            hash: hash.to_owned(),
            name: name.to_owned(),
            shown,
        })
    }

    /// The object in the store.
    pub(super) fn object(&self) -> String {
        let hash = &self.hash;
        match &self.shown {
            Shown::Original(format) => format!("originals/{hash}.{}", extension(*format)),
            Shown::Rendered(rendering) => {
                format!(
                    "renditions/{hash}/{}.{}",
                    write(rendering),
                    rendered_extension(rendering.format)
                )
            }
        }
    }

    pub fn mime_type(&self) -> &'static str {
        match self.shown {
            Shown::Original(format) => mime_type(format),
            Shown::Rendered(rendering) => match rendering.format {
                RenderedFormat::Jpeg => "image/jpeg",
                RenderedFormat::Png => "image/png",
                RenderedFormat::Webp => "image/webp",
                RenderedFormat::Avif => "image/avif",
            },
        }
    }

    /// Names the bytes: they never change.
    pub fn etag(&self) -> String {
        match &self.shown {
            Shown::Original(_) => format!("\"{}\"", self.hash),
            Shown::Rendered(rendering) => {
                format!(
                    "\"{}-{}-{}\"",
                    self.hash,
                    write(rendering),
                    rendered_extension(rendering.format)
                )
            }
        }
    }
}

const FORMATS: [MediaFormat; 4] = [MediaFormat::Jpeg, MediaFormat::Png, MediaFormat::Webp, MediaFormat::Gif];

pub fn mime_type(format: MediaFormat) -> &'static str {
    match format {
        MediaFormat::Jpeg => "image/jpeg",
        MediaFormat::Png => "image/png",
        MediaFormat::Webp => "image/webp",
        MediaFormat::Gif => "image/gif",
    }
}

fn extension(format: MediaFormat) -> &'static str {
    match format {
        MediaFormat::Jpeg => "jpg",
        MediaFormat::Png => "png",
        MediaFormat::Webp => "webp",
        MediaFormat::Gif => "gif",
    }
}

fn rendered_extension(format: RenderedFormat) -> &'static str {
    match format {
        RenderedFormat::Jpeg => "jpg",
        RenderedFormat::Png => "png",
        RenderedFormat::Webp => "webp",
        RenderedFormat::Avif => "avif",
    }
}

fn rendered_format(extension: &str) -> Option<RenderedFormat> {
    let all = [
        RenderedFormat::Jpeg,
        RenderedFormat::Png,
        RenderedFormat::Webp,
        RenderedFormat::Avif,
    ];
    all.into_iter().find(|format| rendered_extension(*format) == extension)
}

const CROPS: [(Crop, &str); 5] = [
    (Crop::Center, "center"),
    (Crop::Top, "top"),
    (Crop::Bottom, "bottom"),
    (Crop::Left, "left"),
    (Crop::Right, "right"),
];

/// `800x600-center-q80`.
fn write(rendering: &Rendering) -> String {
    let crop = CROPS.iter().find(|(crop, _)| Some(*crop) == rendering.crop);
    let crop = crop.map(|(_, word)| format!("-{word}")).unwrap_or_default();
    format!(
        "{}x{}{crop}-q{}",
        rendering.max_width, rendering.max_height, rendering.quality
    )
}

fn read(text: &str, format: RenderedFormat) -> Option<Rendering> {
    let (size, rest) = text.split_once('-')?;
    let (width, height) = size.split_once('x')?;
    let (crop, quality) = match rest.split_once('-') {
        None => (None, rest),
        Some((word, quality)) => (Some(CROPS.iter().find(|(_, crop)| *crop == word)?.0), quality),
    };
    let side = |text: &str| text.parse().ok().filter(|length| STEPS.contains(length));
    let quality = quality.strip_prefix('q')?.parse().ok()?;
    let rendering = Rendering {
        max_width: side(width)?,
        max_height: side(height)?,
        crop,
        format,
        quality,
    };
    let is_step = quality_step(quality) == quality && (format != RenderedFormat::Png || quality == 100);
    // One picture, one address: `0800` and `q080` are others.
    (is_step && write(&rendering) == text).then_some(rendering)
}

/// The rendering that is asked for, at the next steps.
pub fn rendering(
    max_width: Option<u32>,
    max_height: Option<u32>,
    crop: Option<Crop>,
    format: RenderedFormat,
    quality: Option<u8>,
) -> Rendering {
    let quality = match format {
        RenderedFormat::Png => None,
        _ => quality.map(quality_step),
    };
    Rendering {
        max_width: max_width.map_or(UNBOUNDED, step),
        max_height: max_height.map_or(UNBOUNDED, step),
        crop,
        format,
        quality: quality.unwrap_or_else(|| quality_of(format)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    fn address(shown: Shown) -> MediaAddress {
        MediaAddress {
            hash: HASH.to_owned(),
            name: "oak-chair".to_owned(),
            shown,
        }
    }

    #[test]
    fn an_address_is_read_as_it_is_written() {
        let original = address(Shown::Original(MediaFormat::Jpeg));
        assert_eq!(original.path(), format!("/media/{HASH}/oak-chair.jpg"));
        let small = original.rendered(rendering(Some(750), None, None, RenderedFormat::Webp, None));
        assert_eq!(small.path(), format!("/media/{HASH}/800x3840-q80/oak-chair.webp"));
        let square = rendering(Some(200), Some(200), Some(Crop::Top), RenderedFormat::Avif, Some(44));
        let square = original.rendered(square);
        assert_eq!(square.path(), format!("/media/{HASH}/200x200-top-q40/oak-chair.avif"));
        for one in [original, small, square] {
            assert_eq!(MediaAddress::parse(&one.path()), Some(one));
        }
    }

    #[test]
    fn nothing_else_is_an_address() {
        for path in [
            "/media/",
            "/media/abc/oak.jpg",
            &format!("/media/{HASH}"),
            &format!("/media/{HASH}/"),
            &format!("/media/{HASH}/oak"),
            &format!("/media/{HASH}/oak.svg"),
            &format!("/media/{HASH}/oak.avif"),
            &format!("/media/{HASH}/../oak.jpg"),
            &format!("/media/{HASH}/800x600-q80/../oak.jpg"),
            &format!("/media/{HASH}/801x600-q80/oak.jpg"),
            &format!("/media/{HASH}/0800x600-q80/oak.jpg"),
            &format!("/media/{HASH}/800x600-q080/oak.jpg"),
            &format!("/media/{HASH}/800x600-q81/oak.jpg"),
            &format!("/media/{HASH}/800x600-middle-q80/oak.jpg"),
            &format!("/media/{HASH}/800x600-q80/oak.gif"),
            &format!("/media/{HASH}/800x600-q80/oak.png"),
            &format!("/media/{HASH}/800x600-q80/oak.jpg/more"),
            &format!("/media/{}/oak.jpg", HASH.to_uppercase()),
        ] {
            assert_eq!(MediaAddress::parse(path), None, "{path}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(path in "/media/[0-9a-f]{64}/.{0,60}") {
            if let Some(address) = MediaAddress::parse(&path) {
                prop_assert_eq!(address.path(), path);
            }
        }

        #[test]
        fn every_wish_ends_on_a_step(width in 0u32..100_000, height in 0u32..100_000, quality in 0u8..=255) {
            let wish = rendering(Some(width), Some(height), None, RenderedFormat::Jpeg, Some(quality));
            let one = address(Shown::Rendered(wish));
            prop_assert_eq!(MediaAddress::parse(&one.path()), Some(one));
        }
    }
}
