//! Takes out of a file what is not the picture: where and with what it was taken, texts, previews, other
//! files behind its end. The picture itself stays as it is, to the bit; so does how its colours are meant.
//!
//! Each format has a list of what stays, not of what goes.

mod gif;
mod jpeg;
mod png;
mod webp;

use image::{ImageFormat, metadata::Orientation};

/// A file that holds a picture and nothing else.
pub(super) struct Clean {
    pub(super) picture: Vec<u8>,
    /// How the camera was held, which was taken out.
    pub(super) orientation: Option<Orientation>,
}

/// `None` for a file whose parts cannot be made out.
pub(super) fn clean(content: Vec<u8>, format: ImageFormat) -> Option<Clean> {
    match format {
        ImageFormat::Jpeg => jpeg::clean(content),
        ImageFormat::Png => png::clean(content),
        ImageFormat::WebP => webp::clean(content),
        ImageFormat::Gif => gif::clean(&content),
        _ => None,
    }
}

/// From an EXIF block, of which nothing else is read.
fn orientation(exif: &[u8]) -> Option<Orientation> {
    Orientation::from_exif_chunk(exif)
}
