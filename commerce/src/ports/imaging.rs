//! Reads pictures that strangers made, and makes other sizes and formats of them.

use async_trait::async_trait;
use vitrine_entity::media::MediaFormat;

/// A picture fit to be stored and shown to everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// Without anything that is not the picture: no place, no camera, no text, no other file behind it.
    pub content: Vec<u8>,
    pub format: MediaFormat,
    /// As it is shown: turned as the camera was held.
    pub width: u32,
    pub height: u32,
    /// A few coarse waves of colour, to be shown while it loads.
    pub blur_hash: Option<String>,
}

/// What a picture can be made into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RenderedFormat {
    Jpeg,
    Png,
    Webp,
    Avif,
}

/// What is kept where a picture is cut to a shape of another proportion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Crop {
    Center,
    Top,
    Bottom,
    Left,
    Right,
}

/// What to make of a picture. It is never enlarged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rendering {
    pub max_width: u32,
    pub max_height: u32,
    /// Cut to the proportion of the two; else it is fitted into them.
    pub crop: Option<Crop>,
    pub format: RenderedFormat,
    /// 1 to 100.
    pub quality: u8,
}

/// Decodes and encodes, a bounded number of pictures at once.
#[async_trait]
pub trait Imaging: Send + Sync {
    /// Looks whether it is a picture that can be shown, and takes out what does not belong there.
    async fn prepare(&self, content: Vec<u8>) -> Result<Prepared, ImagingError>;

    /// Makes a size and format of a picture that was prepared.
    async fn render(&self, content: Vec<u8>, rendering: Rendering) -> Result<Vec<u8>, ImagingError>;
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum ImagingError {
    /// What was sent is none, or none that we take: a sentence for whoever sent it.
    #[error("{0}")]
    Refused(String),
    /// Too many wait already.
    #[error("too many pictures are being worked on")]
    Busy,
}
