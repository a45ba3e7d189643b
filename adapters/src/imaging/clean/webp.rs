//! WebP: RIFF chunks, each with a name.

use img_parts::{Bytes, ImageEXIF, webp::WebP};

use super::{Clean, orientation};

/// The picture, its transparency and colours; and the frames of a moving one.
const STAYS: [&[u8; 4]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM", b"ANMF"];

/// In the chunk `VP8X`: that the file holds EXIF and XMP.
const EXIF_AND_XMP: u8 = 0b0000_1100;

pub(super) fn clean(content: Vec<u8>) -> Option<Clean> {
    // What lies behind the end that the file names is not read.
    let end = 8 + usize::try_from(u32::from_le_bytes(content.get(4..8)?.try_into().ok()?)).ok()?;
    let mut content = Bytes::from(content);
    if end > content.len() {
        return None;
    }
    content.truncate(end);
    let mut parts = WebP::from_bytes(content).ok()?;
    let orientation = parts.exif().and_then(|exif| orientation(&exif));
    parts.chunks_mut().retain(|chunk| STAYS.contains(&&chunk.id()));
    let mut picture = parts.encoder().bytes().to_vec();
    // RIFF, its length, WEBP; then the first chunk's name, its length, and its flags.
    if picture.get(12..16) == Some(b"VP8X") {
        *picture.get_mut(20)? &= !EXIF_AND_XMP;
    }
    Some(Clean { picture, orientation })
}
