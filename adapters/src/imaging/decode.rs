//! From bytes to pixels, within bounds.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, metadata::Orientation};
use vitrine_commerce::ports::imaging::ImagingError;

/// The longest side: what is longer is no picture for a shop, and some formats cannot hold it.
const SIDE_MAX: u32 = 16_383;

/// Beside the pixels themselves, what a decoder may take.
const SPARE_BYTES: u64 = 64 * 1024 * 1024;

/// The largest colour profile that is kept.
const PROFILE_BYTES_MAX: usize = 1024 * 1024;

/// A picture, decoded.
pub(super) struct Decoded {
    pub(super) image: DynamicImage,
    pub(super) orientation: Orientation,
    pub(super) profile: Option<Vec<u8>>,
}

pub(super) fn refused(message: impl Into<String>) -> ImagingError {
    ImagingError::Refused(message.into())
}

pub(super) fn broken() -> ImagingError {
    refused("The file is broken or cut off: it cannot be read as a picture.")
}

/// What a file is, by its first bytes; what it is called says nothing.
pub(super) fn format_of(content: &[u8]) -> Result<ImageFormat, ImagingError> {
    match image::guess_format(content) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif)) => {
            return Ok(format);
        }
        Ok(ImageFormat::Avif) => {}
        _ if is_heif(content) => {}
        _ if is_svg(content) => {
            return Err(refused(
                "SVG is not taken: it may hold programs. Export it as PNG or WebP.",
            ));
        }
        _ => {
            return Err(refused(
                "This file is not a picture that can be used: send JPEG, PNG, WebP or GIF.",
            ));
        }
    }
    Err(refused(
        "AVIF and HEIC are not taken. Export the picture as JPEG, PNG or WebP: the shop serves AVIF by itself.",
    ))
}

fn is_heif(content: &[u8]) -> bool {
    content.get(4..8) == Some(b"ftyp")
}

fn is_svg(content: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&content[..content.len().min(4096)]).to_lowercase();
    head.contains("<svg")
}

/// Decodes a picture; of a moving one, its first frame.
pub(super) fn decode(content: &[u8], format: ImageFormat, pixels_max: u64) -> Result<Decoded, ImagingError> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(pixels_max * 4 + SPARE_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(content), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| told(&error, pixels_max))?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > pixels_max || decoder.total_bytes() > pixels_max * 4 {
        return Err(too_large(pixels_max));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).map_err(|error| told(&error, pixels_max))?;
    Ok(Decoded {
        image,
        orientation,
        profile: profile.filter(|profile| profile.len() <= PROFILE_BYTES_MAX),
    })
}

fn too_large(pixels_max: u64) -> ImagingError {
    let millions = pixels_max / 1_000_000;
    refused(format!(
        "The picture is too large: at most {millions} million pixels, and {SIDE_MAX} on a side. Make it smaller first."
    ))
}

fn told(error: &image::ImageError, pixels_max: u64) -> ImagingError {
    match error {
        image::ImageError::Limits(_) => too_large(pixels_max),
        _ => broken(),
    }
}
