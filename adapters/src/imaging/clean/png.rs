//! PNG: chunks, each with a name.

use img_parts::{Bytes, ImageEXIF, png::Png};

use super::{Clean, orientation};

/// The picture, its palette, transparency, colours and density; and the frames of a moving one.
const STAYS: [&[u8; 4]; 15] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"cICP", b"sBIT", b"sRGB", b"pHYs",
    b"acTL", b"fcTL", b"fdAT",
];

pub(super) fn clean(content: Vec<u8>) -> Option<Clean> {
    // Reads no further than the chunk that ends the picture.
    let mut png = Png::from_bytes(Bytes::from(content)).ok()?;
    let is_whole = png.chunk_by_type(*b"IEND").is_some();
    let orientation = png.exif().and_then(|exif| orientation(&exif));
    png.chunks_mut().retain(|chunk| STAYS.contains(&&chunk.kind()));
    is_whole.then(|| Clean {
        picture: png.encoder().bytes().to_vec(),
        orientation,
    })
}
