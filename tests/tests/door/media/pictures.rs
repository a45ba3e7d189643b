//! Pictures for the tests, small and real, and files that only look like some.

use image::{
    DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
};
use std::io::Cursor;

/// Left half red, right half blue; the upper rows lighter.
pub fn drawn(width: u32, height: u32) -> DynamicImage {
    let pixel = |x: u32, y: u32| {
        let light = (60 * (height - y) / height) as u8;
        match x < width / 2 {
            true => Rgb([190 + light, light, light]),
            false => Rgb([light, light, 190 + light]),
        }
    };
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, pixel))
}

pub fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    written(&drawn(width, height), ImageFormat::Jpeg)
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    written(&drawn(width, height), ImageFormat::Png)
}

/// Half of it can be seen through.
pub fn transparent_png(width: u32, height: u32) -> Vec<u8> {
    let image = RgbaImage::from_fn(width, height, |x, _| {
        Rgba([0, 160, 0, if x < width / 2 { 0 } else { 255 }])
    });
    written(&DynamicImage::ImageRgba8(image), ImageFormat::Png)
}

pub fn decoded(bytes: &[u8]) -> DynamicImage {
    image::load_from_memory(bytes).unwrap()
}

/// What a camera writes: how it was held (1 to 8), and where: N 52° 31' 0''.
pub fn exif(orientation: u16) -> Vec<u8> {
    let mut tiff = b"II\x2a\0\x08\0\0\0".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let (tag, kind, count) = (tag.to_le_bytes(), kind.to_le_bytes(), count.to_le_bytes());
        [&tag[..], &kind, &count, &value].concat()
    };
    let [low, high] = orientation.to_le_bytes();
    // Two entries, and no further directory; the place's follows behind them.
    tiff.extend([2, 0]);
    tiff.extend(entry(0x0112, 3, 1, [low, high, 0, 0]));
    tiff.extend(entry(0x8825, 4, 1, 38u32.to_le_bytes()));
    tiff.extend([0; 4]);
    tiff.extend([2, 0]);
    tiff.extend(entry(1, 2, 2, *b"N\0\0\0"));
    tiff.extend(entry(2, 5, 3, 68u32.to_le_bytes()));
    tiff.extend([0; 4]);
    for (number, of) in [(52u32, 1u32), (31, 1), (0, 1)] {
        tiff.extend(number.to_le_bytes());
        tiff.extend(of.to_le_bytes());
    }
    tiff.extend(b"GPS-PLACE-OF-ADA");
    tiff
}

pub fn jpeg_with_exif(width: u32, height: u32, orientation: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    encoder.set_exif_metadata(exif(orientation)).unwrap();
    let image = drawn(width, height);
    encoder
        .write_image(image.as_bytes(), width, height, ExtendedColorType::Rgb8)
        .unwrap();
    // And what other programs add.
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>XMP-OF-ADA</x:xmpmeta>";
    let iptc = b"Photoshop 3.0\08BIM\x04\x04IPTC-OF-ADA";
    let segment =
        |marker: u8, body: &[u8]| [&[0xFF, marker][..], &(body.len() as u16 + 2).to_be_bytes(), body].concat();
    let added = [
        segment(0xE1, xmp),
        segment(0xED, iptc),
        segment(0xFE, b"COMMENT-OF-ADA"),
    ]
    .concat();
    [
        &bytes[..2],
        &added,
        &bytes[2..],
        b"<script>TRAILER-OF-ADA</script>PK\x03\x04",
    ]
    .concat()
}

pub fn png_with_exif(width: u32, height: u32, orientation: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_exif_metadata(exif(orientation)).unwrap();
    let image = drawn(width, height);
    encoder
        .write_image(image.as_bytes(), width, height, ExtendedColorType::Rgb8)
        .unwrap();
    let text = chunk(b"tEXt", b"Author\0TEXT-OF-ADA");
    // Behind the head, which has 13 bytes.
    [&bytes[..33], &text, &bytes[33..], b"TRAILER-OF-ADA"].concat()
}

pub fn webp_with_exif(width: u32, height: u32) -> Vec<u8> {
    let plain = written(&drawn(width, height), ImageFormat::WebP);
    let body = plain[12..].to_vec();
    let mut extended = vec![0b0000_1100, 0, 0, 0];
    extended.extend(&(width - 1).to_le_bytes()[..3]);
    extended.extend(&(height - 1).to_le_bytes()[..3]);
    let riff = |name: &[u8; 4], data: &[u8]| {
        let padding = vec![0; data.len() % 2];
        [&name[..], &(data.len() as u32).to_le_bytes(), data, &padding].concat()
    };
    let chunks = [
        riff(b"VP8X", &extended),
        body,
        riff(b"EXIF", &exif(1)),
        riff(b"XMP ", b"<x:xmpmeta>XMP-OF-ADA</x:xmpmeta>"),
    ]
    .concat();
    let content = [&b"WEBP"[..], &chunks].concat();
    [
        &b"RIFF"[..],
        &(content.len() as u32).to_le_bytes(),
        &content,
        b"TRAILER-OF-ADA",
    ]
    .concat()
}

pub fn gif_with_comment(width: u32, height: u32) -> Vec<u8> {
    let plain = written(&drawn(width, height), ImageFormat::Gif);
    let colours = match plain[10] & 0x80 {
        0 => 0,
        _ => 3usize << ((plain[10] & 7) + 1),
    };
    let head = 13 + colours;
    let block = |label: u8, text: &[u8]| [&[0x21, label, text.len() as u8][..], text, &[0]].concat();
    [
        &plain[..head],
        &block(0xFE, b"COMMENT-OF-ADA"),
        &plain[head..],
        b"TRAILER-OF-ADA",
    ]
    .concat()
}

/// A head that promises a picture of this size, and next to nothing behind it.
pub fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut head = Vec::new();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([8, 6, 0, 0, 0]);
    let empty = [0x78, 0x9c, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01];
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &head),
        chunk(b"IDAT", &empty),
        chunk(b"IEND", b""),
    ]
    .concat()
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [&name[..], data].concat();
    [
        &(data.len() as u32).to_be_bytes()[..],
        &named,
        &crc32(&named).to_be_bytes(),
    ]
    .concat()
}

fn crc32(data: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| match crc & 1 {
            0 => crc >> 1,
            _ => crc >> 1 ^ 0xEDB8_8320,
        })
    };
    !data.iter().fold(u32::MAX, step)
}
