//! From pixels to bytes.

use image::{
    DynamicImage, ImageEncoder, Rgba, RgbaImage,
    codecs::{avif::AvifEncoder, jpeg::JpegEncoder, png::PngEncoder},
};
use img_parts::{Bytes, ImageICC, webp::WebP};
use vitrine_commerce::ports::imaging::ImagingError;

use super::decode::refused;

/// From 1, which takes for ever, to 10. Of a photograph of 11 megapixels, 800 pixels wide, on one busy core: at 8 it takes
/// 3.3 seconds, at 9 it takes 1.7 for a file of the same size, at 10 it takes 1.1 for one twice as large.
const AVIF_SPEED: u8 = 9;

/// What shines through where a format knows no transparency.
const PAPER: [u8; 3] = [255; 3];

pub(super) fn jpeg(image: &DynamicImage, quality: u8, profile: Option<Vec<u8>>) -> Result<Vec<u8>, ImagingError> {
    let opaque = match image.color().has_alpha() {
        true => DynamicImage::ImageRgb8(on_paper(&image.to_rgba8())),
        false => DynamicImage::ImageRgb8(image.to_rgb8()),
    };
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    put_profile(&mut encoder, profile);
    opaque.write_with_encoder(encoder).map_err(|error| failed(&error))?;
    Ok(bytes)
}

pub(super) fn png(image: &DynamicImage, profile: Option<Vec<u8>>) -> Result<Vec<u8>, ImagingError> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    put_profile(&mut encoder, profile);
    let plain = plain(image);
    plain.write_with_encoder(encoder).map_err(|error| failed(&error))?;
    Ok(bytes)
}

pub(super) fn webp(image: &DynamicImage, quality: u8, profile: Option<Vec<u8>>) -> Result<Vec<u8>, ImagingError> {
    let plain = plain(image);
    let encoder = match &plain {
        DynamicImage::ImageRgba8(pixels) => webp::Encoder::from_rgba(pixels, pixels.width(), pixels.height()),
        other => webp::Encoder::from_rgb(other.as_bytes(), other.width(), other.height()),
    };
    let bytes = encoder.encode_simple(false, f32::from(quality));
    let bytes = bytes.map_err(|error| failed(&format!("{error:?}")))?.to_vec();
    let Some(profile) = profile else { return Ok(bytes) };
    let mut parts = WebP::from_bytes(Bytes::from(bytes)).map_err(|error| failed(&error))?;
    parts.set_icc_profile(Some(Bytes::from(profile)));
    Ok(parts.encoder().bytes().to_vec())
}

/// The encoder writes no colour profile: what is not sRGB looks a little paler.
pub(super) fn avif(image: &DynamicImage, quality: u8) -> Result<Vec<u8>, ImagingError> {
    let mut bytes = Vec::new();
    let encoder = AvifEncoder::new_with_speed_quality(&mut bytes, AVIF_SPEED, quality);
    // How many work at once is bounded by whoever calls this.
    let encoder = encoder.with_num_threads(Some(1));
    plain(image)
        .write_with_encoder(encoder)
        .map_err(|error| failed(&error))?;
    Ok(bytes)
}

/// Eight bits of red, green and blue, and of transparency where there is any.
fn plain(image: &DynamicImage) -> DynamicImage {
    match image.color().has_alpha() {
        true => DynamicImage::ImageRgba8(image.to_rgba8()),
        false => DynamicImage::ImageRgb8(image.to_rgb8()),
    }
}

fn on_paper(image: &RgbaImage) -> image::RgbImage {
    image::RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let Rgba([red, green, blue, alpha]) = *image.get_pixel(x, y);
        let mix = |colour: u8, paper: u8| {
            let (colour, paper, alpha) = (u32::from(colour), u32::from(paper), u32::from(alpha));
            ((colour * alpha + paper * (255 - alpha) + 127) / 255) as u8
        };
        image::Rgb([mix(red, PAPER[0]), mix(green, PAPER[1]), mix(blue, PAPER[2])])
    })
}

/// A profile that cannot be written is left out: the picture is shown all the same.
fn put_profile(encoder: &mut impl ImageEncoder, profile: Option<Vec<u8>>) {
    if let Some(profile) = profile
        && let Err(error) = encoder.set_icc_profile(profile)
    {
        tracing::debug!(%error, "a colour profile is left out");
    }
}

fn failed(error: &impl std::fmt::Display) -> ImagingError {
    refused(format!("The picture cannot be written: {error}."))
}
