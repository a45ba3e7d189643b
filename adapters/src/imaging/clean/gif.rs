//! GIF: blocks, each behind a byte that says what it is.

use super::Clean;

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2C;
const TRAILER: u8 = 0x3B;
/// How long a frame is shown, and what shines through.
const GRAPHIC_CONTROL: u8 = 0xF9;
const APPLICATION: u8 = 0xFF;
/// Those that say how often it is repeated.
const LOOPS: [&[u8]; 2] = [b"NETSCAPE2.0", b"ANIMEXTS1.0"];

pub(super) fn clean(content: &[u8]) -> Option<Clean> {
    let mut kept = Vec::with_capacity(content.len());
    // The head, the screen, and its colours.
    let mut at = 13 + colours(*content.get(10)?);
    kept.extend_from_slice(content.get(..at)?);
    let mut frames = 0;
    loop {
        let start = at;
        let stays = match *content.get(at)? {
            TRAILER => break,
            IMAGE => {
                frames += 1;
                at = blocks(content, at + 10 + colours(*content.get(at + 9)?) + 1)?;
                true
            }
            EXTENSION => {
                let label = *content.get(at + 1)?;
                let name = content.get(at + 3..at + 14).unwrap_or_default();
                at = blocks(content, at + 2)?;
                label == GRAPHIC_CONTROL || (label == APPLICATION && LOOPS.contains(&name))
            }
            _ => return None,
        };
        if stays {
            kept.extend_from_slice(content.get(start..at)?);
        }
    }
    kept.push(TRAILER);
    (frames > 0).then_some(Clean {
        picture: kept,
        orientation: None,
    })
}

/// The bytes of a table of colours, whose flags these are.
fn colours(flags: u8) -> usize {
    match flags & 0x80 {
        0 => 0,
        _ => 3 << ((flags & 7) + 1),
    }
}

/// Past a row of blocks, each of which says how long it is; the last is empty.
fn blocks(content: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match *content.get(at)? {
            0 => return Some(at + 1),
            length => at += 1 + usize::from(length),
        }
    }
}
