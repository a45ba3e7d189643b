//! JPEG: segments, each behind a marker; the pixels follow some of them and have no length.

use img_parts::jpeg::markers;

use super::{Clean, orientation};

const EXIF: &[u8] = b"Exif\0\0";

pub(super) fn clean(content: Vec<u8>) -> Option<Clean> {
    let mut clean = Clean {
        picture: Vec::with_capacity(content.len()),
        orientation: None,
    };
    clean.picture.extend_from_slice(content.get(..2)?);
    let mut at = 2;
    // A picture that never ends, or in which nothing was scanned, is none.
    let mut scanned = false;
    loop {
        let byte = *content.get(at)?;
        if byte != markers::P {
            // Pixels; before the first scan there are none.
            if scanned {
                clean.picture.push(byte);
            }
            at += 1;
            continue;
        }
        match *content.get(at + 1)? {
            markers::EOI if scanned => {
                clean.picture.extend([markers::P, markers::EOI]);
                return Some(clean);
            }
            // A byte of a pixel that looks like a marker, or a mark between parts of a scan.
            marker @ (markers::Z | markers::RST0..=markers::RST7) => {
                if scanned {
                    clean.picture.extend([markers::P, marker]);
                }
                at += 2;
            }
            // Mere filling.
            markers::P => at += 1,
            markers::EOI | markers::SOI => return None,
            marker => {
                let length = u16::from_be_bytes([*content.get(at + 2)?, *content.get(at + 3)?]);
                let end = at + 2 + usize::from(length);
                let body = content.get(at + 4..end)?;
                take(marker, body, content.get(at..end)?, &mut clean);
                scanned |= marker == markers::SOS;
                at = end;
            }
        }
    }
}

fn take(marker: u8, body: &[u8], segment: &[u8], clean: &mut Clean) {
    if marker == markers::APP1
        && clean.orientation.is_none()
        && let Some(exif) = body.strip_prefix(EXIF)
    {
        clean.orientation = orientation(exif);
    }
    if stays(marker, body) {
        clean.picture.extend_from_slice(segment);
    }
}

/// Tables, frames and scans; the form of the file; the colour profile; and how Adobe's programs meant the
/// colours. All else that applications and people write goes.
fn stays(marker: u8, body: &[u8]) -> bool {
    match marker {
        markers::APP0 => body.starts_with(b"JFIF\0"),
        markers::APP2 => body.starts_with(b"ICC_PROFILE\0"),
        markers::APP14 => body.starts_with(b"Adobe"),
        markers::APP1..=markers::APP15 | markers::COM => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use image::metadata::Orientation;

    use super::*;

    #[test]
    fn only_the_picture_stays() {
        let segment = |marker: u8, body: &[u8]| {
            let length = (body.len() as u16 + 2).to_be_bytes();
            [&[markers::P, marker][..], &length, body].concat()
        };
        let orientation = b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let scan = [&segment(markers::SOS, b"head")[..], b"pix\xFF\x00els\xFF\xD0more"].concat();
        let between = [segment(markers::APP1, b"hidden"), segment(markers::DHT, b"table")].concat();
        let end = [markers::P, markers::EOI];
        let content = [
            &[markers::P, markers::SOI][..],
            &segment(markers::APP0, b"JFIF\0x"),
            &segment(markers::APP1, orientation),
            &segment(markers::APP2, b"MPF\0x"),
            &segment(markers::APP13, b"Photoshop"),
            &segment(markers::COM, b"by Ada"),
            &[markers::P, markers::P],
            &scan,
            &between,
            &scan,
            &end,
            b"PK\x03\x04 another file",
        ]
        .concat();
        let clean = clean(content).expect("a picture");
        assert_eq!(clean.orientation, Some(Orientation::Rotate90));
        let kept = [
            &[markers::P, markers::SOI][..],
            &segment(markers::APP0, b"JFIF\0x"),
            &scan,
            &segment(markers::DHT, b"table"),
            &scan,
            &end,
        ];
        assert_eq!(clean.picture, kept.concat());
    }

    #[test]
    fn whatever_is_sent_is_read_without_a_panic() {
        let mut state = 1u32;
        for length in 0..2_000 {
            let bytes = (0..length % 97).map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                // Often a marker: those are where it may go wrong.
                if state & 0x300 == 0 { 0xFF } else { (state >> 24) as u8 }
            });
            let content: Vec<u8> = [0xFF, 0xD8].into_iter().chain(bytes).collect();
            super::clean(content);
        }
    }
}
