//! Other sizes and formats of a picture.

use image::{DynamicImage, ImageFormat, imageops::FilterType};
use vitrine_commerce::ports::imaging::{Crop, ImagingError, RenderedFormat, Rendering};

use super::{
    decode::{decode, format_of},
    encode,
};

pub(super) fn render(content: &[u8], rendering: Rendering, pixels_max: u64) -> Result<Vec<u8>, ImagingError> {
    let format: ImageFormat = format_of(content)?;
    let decoded = decode(content, format, pixels_max)?;
    let image = sized(decoded.image, rendering);
    let Rendering { format, quality, .. } = rendering;
    match format {
        RenderedFormat::Jpeg => encode::jpeg(&image, quality, decoded.profile),
        RenderedFormat::Png => encode::png(&image, decoded.profile),
        RenderedFormat::Webp => encode::webp(&image, quality, decoded.profile),
        RenderedFormat::Avif => encode::avif(&image, quality),
    }
}

fn sized(image: DynamicImage, rendering: Rendering) -> DynamicImage {
    let image = match rendering.crop {
        Some(crop) => {
            let (x, y, width, height) = cut((image.width(), image.height()), rendering, crop);
            image.crop_imm(x, y, width, height)
        }
        None => image,
    };
    let (width, height) = fitted((image.width(), image.height()), rendering);
    if (width, height) == (image.width(), image.height()) {
        return image;
    }
    // First roughly to twice the size, by averages: the fine filter over a large picture takes long.
    let image = match image.width() / width.max(1) > 3 {
        true => image.thumbnail_exact(width * 2, height * 2),
        false => image,
    };
    image.resize_exact(width, height, FilterType::Lanczos3)
}

/// The largest size of the picture's own proportion that lies within the bounds. It is not enlarged.
fn fitted((width, height): (u32, u32), bounds: Rendering) -> (u32, u32) {
    let (w, h) = (u64::from(width), u64::from(height));
    let (max_w, max_h) = (u64::from(bounds.max_width), u64::from(bounds.max_height));
    if w <= max_w && h <= max_h {
        return (width, height);
    }
    let round = |a: u64, b: u64| ((a + b / 2) / b).max(1) as u32;
    match w * max_h >= h * max_w {
        true => (bounds.max_width, round(h * max_w, w).min(bounds.max_height)),
        false => (round(w * max_h, h).min(bounds.max_width), bounds.max_height),
    }
}

/// The largest part of the picture that has the proportion of the bounds: place and size.
fn cut((width, height): (u32, u32), bounds: Rendering, crop: Crop) -> (u32, u32, u32, u32) {
    let (w, h) = (u64::from(width), u64::from(height));
    let (to_w, to_h) = (u64::from(bounds.max_width), u64::from(bounds.max_height));
    let (cut_w, cut_h) = match w * to_h >= h * to_w {
        true => ((h * to_w / to_h).max(1) as u32, height),
        false => (width, (w * to_h / to_w).max(1) as u32),
    };
    let (spare_w, spare_h) = (width - cut_w, height - cut_h);
    let (x, y) = match crop {
        Crop::Center => (spare_w / 2, spare_h / 2),
        Crop::Top => (spare_w / 2, 0),
        Crop::Bottom => (spare_w / 2, spare_h),
        Crop::Left => (0, spare_h / 2),
        Crop::Right => (spare_w, spare_h / 2),
    };
    (x, y, cut_w, cut_h)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(max_width: u32, max_height: u32) -> Rendering {
        Rendering {
            max_width,
            max_height,
            crop: None,
            format: RenderedFormat::Jpeg,
            quality: 80,
        }
    }

    #[test]
    fn a_picture_is_fitted_and_never_enlarged() {
        assert_eq!(fitted((4000, 3000), bounds(800, 3840)), (800, 600));
        assert_eq!(fitted((3000, 4000), bounds(800, 800)), (600, 800));
        assert_eq!(fitted((100, 50), bounds(800, 800)), (100, 50));
        assert_eq!(fitted((16_000, 1), bounds(32, 32)), (32, 1));
    }

    #[test]
    fn a_picture_is_cut_where_it_is_said() {
        assert_eq!(cut((400, 200), bounds(100, 100), Crop::Center), (100, 0, 200, 200));
        assert_eq!(cut((400, 200), bounds(100, 100), Crop::Left), (0, 0, 200, 200));
        assert_eq!(cut((400, 200), bounds(100, 100), Crop::Right), (200, 0, 200, 200));
        assert_eq!(cut((200, 400), bounds(200, 100), Crop::Bottom), (0, 300, 200, 100));
        assert_eq!(cut((1, 400), bounds(3840, 32), Crop::Top), (0, 0, 1, 1));
    }
}
