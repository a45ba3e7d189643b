//! Order numbers that people can read out: `V-7K3M-9QXT`.

use crate::Shop;

/// No vowels (no words), and nothing that looks like something else.
const LETTERS: &[u8; 28] = b"23456789BCDFGHJKLMNPQRSTVWXZ";

/// A new number. Random, so that it tells nobody how much the shop sells and no two orders wait
/// for one counter; of 28⁸ ≈ 3.8 × 10¹¹, and unique by the table.
pub fn draw(shop: &Shop) -> String {
    let mut letters = [0u8; 8];
    let mut drawn = 0;
    while drawn < letters.len() {
        let mut byte = [0u8; 1];
        shop.ids.fill(&mut byte);
        // Of 256 values the last 4 would favour some letters.
        if byte[0] < 252 {
            letters[drawn] = LETTERS[usize::from(byte[0]) % LETTERS.len()];
            drawn += 1;
        }
    }
    let text = String::from_utf8_lossy(&letters);
    format!("V-{}-{}", &text[..4], &text[4..])
}
