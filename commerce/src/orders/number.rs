//! Order numbers that people can read out: `V-7K3M-9QXT`.

use crate::{Shop, text};

/// No vowels (no words), and nothing that looks like something else.
const LETTERS: &[u8; 28] = b"23456789BCDFGHJKLMNPQRSTVWXZ";

/// What numbers begin with that are looked for among orders: their own, and those of draft orders.
const KINDS: [char; 2] = ['V', 'D'];

/// A new number. Random, so that it tells nobody how much the shop sells and no two orders wait
/// for one counter; of 28⁸ ≈ 3.8 × 10¹¹, and unique by the table.
pub fn draw(shop: &Shop) -> String {
    draw_as(shop, 'V')
}

/// A number that begins with another letter, of what is no order yet.
pub(crate) fn draw_as(shop: &Shop, kind: char) -> String {
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
    format!("{kind}-{}-{}", &text[..4], &text[4..])
}

/// A number as somebody copied or typed it, in the form that is kept: in capitals, with the hyphens that it has, whatever
/// stands in their place or before it (`#v7k3m 9qxt`). Anything else comes back as it was typed, in capitals.
pub fn typed(text: &str) -> String {
    let typed = text::code(text).to_uppercase();
    let letters: String = typed.chars().filter(|c| !is_between(*c)).collect();
    let drawn = letters.strip_prefix(KINDS).filter(|drawn| drawn.len() == 8);
    match drawn.filter(|drawn| drawn.bytes().all(|letter| LETTERS.contains(&letter))) {
        Some(drawn) => format!("{}-{}-{}", &letters[..1], &drawn[..4], &drawn[4..]),
        None => typed,
    }
}

/// A hyphen or dash, as phones and word processors write them, a space, or what stands before a number.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '#' | '№' | '_' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_known_however_it_is_typed() {
        for text in [
            "V-7K3M-9QXT",
            " v-7k3m-9qxt\u{200B}",
            "#V-7K3M-9QXT",
            "V7K3M9QXT",
            "v 7k3m 9qxt",
            "V\u{2011}7K3M\u{2013}9QXT",
            "Ｖ－７Ｋ３Ｍ－９ＱＸＴ",
        ] {
            assert_eq!(typed(text), "V-7K3M-9QXT", "{text:?}");
        }
        for other in ["V-7K3M", "7K3M9QXT", "ADA@EXAMPLE.COM", "V-AAAA-AAAA"] {
            assert_eq!(typed(other), other);
        }
    }
}
