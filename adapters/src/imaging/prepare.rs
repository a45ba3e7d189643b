//! A file from outside becomes a picture that everybody may see.

use image::{DynamicImage, ImageFormat, metadata::Orientation};
use vitrine_commerce::ports::imaging::{ImagingError, Prepared};
use vitrine_entity::media::MediaFormat;

use super::{
    clean,
    decode::{Decoded, broken, decode, format_of},
    encode,
};

/// As good as the original to the eye, where it has to be written anew.
const QUALITY: u8 = 92;

/// A blur hash's waves: across and down.
const WAVES: (u32, u32) = (4, 3);

pub(super) fn prepare(content: Vec<u8>, pixels_max: u64) -> Result<Prepared, ImagingError> {
    let format = format_of(&content)?;
    let content = clean::clean(content, format).ok_or_else(broken)?;
    // As it will be shown: what was taken out must not have broken it.
    let Decoded {
        mut image,
        orientation,
        profile,
    } = decode(&content.picture, format, pixels_max)?;
    // How the camera was held is in what was taken out.
    let orientation = content.orientation.unwrap_or(orientation);
    let content = match orientation {
        Orientation::NoTransforms => content.picture,
        turned => {
            image.apply_orientation(turned);
            write(&image, format, profile)?
        }
    };
    Ok(Prepared {
        format: stored(format).ok_or_else(broken)?,
        width: image.width(),
        height: image.height(),
        blur_hash: blur_hash(&image),
        content,
    })
}

fn write(image: &DynamicImage, format: ImageFormat, profile: Option<Vec<u8>>) -> Result<Vec<u8>, ImagingError> {
    match format {
        ImageFormat::Jpeg => encode::jpeg(image, QUALITY, profile),
        ImageFormat::WebP => encode::webp(image, QUALITY, profile),
        // A GIF says nothing of how it is held.
        _ => encode::png(image, profile),
    }
}

fn stored(format: ImageFormat) -> Option<MediaFormat> {
    match format {
        ImageFormat::Jpeg => Some(MediaFormat::Jpeg),
        ImageFormat::Png => Some(MediaFormat::Png),
        ImageFormat::WebP => Some(MediaFormat::Webp),
        ImageFormat::Gif => Some(MediaFormat::Gif),
        _ => None,
    }
}

fn blur_hash(image: &DynamicImage) -> Option<String> {
    let small = image.thumbnail(32, 32).to_rgba8();
    blurhash::encode(WAVES.0, WAVES.1, small.width(), small.height(), small.as_raw()).ok()
}
