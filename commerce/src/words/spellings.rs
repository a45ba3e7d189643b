//! How else the words of a text may be spelled by whoever looks for it: joined (`tshirt` for `T-Shirt`), taken apart
//! (`500 ml` for `500ml`), with other letters (`oel` for `Öl`), or as a part of a longer one (`tisch` for
//! `Holztischlampe`). Pure.

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{fold, is_unspaced, pieces};

/// The most other spellings of a product, and the most parts of its words.
const SPELLINGS_MAX: usize = 2_000;
/// How many parts are joined, and how many letters they have together.
const PARTS_MAX: usize = 6;
const JOINED_LETTERS_MAX: usize = 40;
/// Across a space, numbers and their units are joined: `M6 x 40 mm`; of words, two.
const ACROSS_LETTERS_MAX: usize = 16;
/// A word has parts from this many letters on, of which the last has at least so many, and what stands before it.
const COMPOUND_LETTERS_MIN: usize = 8;
const LAST_LETTERS_MIN: usize = 4;
const FIRST_LETTERS_MIN: usize = 3;

/// What a text is found by besides its own words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spellings {
    /// Folded words.
    pub others: BTreeSet<String>,
    /// The ends of long words, and what is [unspaced](is_unspaced) with a space between all letters.
    pub within: BTreeSet<String>,
}

/// A run of letters or of digits, folded.
struct Part {
    text: String,
    /// With the letters that others write for some of its own: `oel`.
    spelled_out: String,
    /// Which run of what is no space it is of, and which word.
    run: usize,
    word: usize,
    is_number: bool,
    is_unspaced: bool,
}

/// The other spellings of all these texts together.
pub fn spellings<'a>(texts: impl IntoIterator<Item = &'a str>) -> Spellings {
    let mut spellings = Spellings::default();
    for text in texts {
        let parts = parts(text);
        // An engine that reads the text itself may part it before it sees that `№` is two letters.
        if super::usual(text) != text.nfc().collect::<String>() {
            spellings.others.extend(super::folded(text));
        }
        join(&parts, &mut spellings.others);
        for word in super::split(text) {
            vary(&word, &mut spellings);
        }
        if spellings.others.len() > SPELLINGS_MAX || spellings.within.len() > SPELLINGS_MAX {
            break;
        }
    }
    spellings
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let (mut run, mut word, mut is_open) = (0, 0, false);
    for letter in super::usual(text).chars() {
        if letter.is_whitespace() {
            run += 1;
        }
        if !letter.is_alphanumeric() && !is_combining_mark(letter) {
            word += usize::from(is_open);
            is_open = false;
            continue;
        }
        let (is_number, is_unspaced) = (letter.is_numeric(), is_unspaced(letter));
        let goes_on = |part: &&mut Part| {
            is_open && (is_combining_mark(letter) || (part.is_number, part.is_unspaced) == (is_number, is_unspaced))
        };
        match parts.last_mut().filter(goes_on) {
            Some(part) => part.text.push(letter),
            None => parts.push(Part {
                text: letter.to_string(),
                spelled_out: String::new(),
                run,
                word,
                is_number,
                is_unspaced,
            }),
        }
        is_open = true;
    }
    for part in &mut parts {
        part.spelled_out = fold(&spelled_out(&part.text));
        part.text = fold(&part.text);
    }
    parts
}

/// Neighbours written as one word, and the parts of one by themselves.
fn join(parts: &[Part], joined: &mut BTreeSet<String>) {
    for start in 0..parts.len() {
        let (mut text, mut spelled_out) = (String::new(), String::new());
        for end in start + 1..=parts.len().min(start + PARTS_MAX) {
            let these = &parts[start..end];
            let last = &these[these.len() - 1];
            text.push_str(&last.text);
            spelled_out.push_str(&last.spelled_out);
            if last.is_unspaced || text.chars().count() > JOINED_LETTERS_MAX {
                break;
            }
            let is_one_run = last.run == parts[start].run;
            let is_measure = text.chars().count() <= ACROSS_LETTERS_MAX && these.iter().any(|part| part.is_number);
            let is_whole_word = last.word == parts[start].word
                && (start == 0 || parts[start - 1].word != last.word)
                && parts.get(end).is_none_or(|next| next.word != last.word);
            if !is_whole_word && (is_one_run || is_measure || these.len() == 2) && joined.len() <= SPELLINGS_MAX {
                joined.insert(text.clone());
                joined.insert(spelled_out.clone());
            }
        }
    }
}

/// A word with the letters that others write for some of its own, and what stands within it.
fn vary(word: &str, spellings: &mut Spellings) {
    let folded = fold(word);
    if word.contains(is_unspaced) {
        spellings.within.insert(pieces(&folded).join(" "));
        return;
    }
    let spelled_out = fold(&spelled_out(word));
    let contracted = contracted(&folded);
    for end in ends(&folded).into_iter().chain(ends(&spelled_out)) {
        spellings.within.insert(end);
    }
    // Engines may take a word apart where a capital follows a small letter: `iPhone`.
    if folded != word.to_lowercase() || has_capital_within(word) {
        spellings.others.insert(folded.clone());
    }
    for other in [spelled_out, contracted] {
        if other != folded {
            spellings.others.insert(other);
        }
    }
}

fn has_capital_within(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    letters
        .windows(2)
        .any(|pair| pair[0].is_lowercase() && pair[1].is_uppercase())
}

/// `Öl` as `Oel`.
fn spelled_out(word: &str) -> String {
    let mut spelled = String::with_capacity(word.len());
    for letter in word.nfc().flat_map(char::to_lowercase) {
        match letter {
            'ä' => spelled.push_str("ae"),
            'ö' | 'ø' => spelled.push_str("oe"),
            'ü' => spelled.push_str("ue"),
            'å' => spelled.push_str("aa"),
            other => spelled.push(other),
        }
    }
    spelled
}

/// `oel` as `ol`, which is how `Öl` is folded.
fn contracted(folded: &str) -> String {
    let mut contracted = folded.to_owned();
    for (spelled, letter) in [("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")] {
        contracted = contracted.replace(spelled, letter);
    }
    contracted
}

/// The ends of a long word, folded, of which one may be a word of its own.
pub fn ends(word: &str) -> Vec<String> {
    let letters: Vec<(usize, char)> = word.char_indices().collect();
    if letters.len() < COMPOUND_LETTERS_MIN || !letters.iter().all(|(_, letter)| letter.is_alphabetic()) {
        return Vec::new();
    }
    let begins = letters[FIRST_LETTERS_MIN..=letters.len() - LAST_LETTERS_MIN].iter();
    begins.map(|(place, _)| word[*place..].to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn others(text: &str) -> Vec<String> {
        spellings([text]).others.into_iter().collect()
    }

    #[test]
    fn neighbours_are_joined_and_words_taken_apart() {
        for (text, found) in [
            ("Cotton T-Shirt", &["tshirt"][..]),
            ("E-1 Cleaner", &["e1"]),
            ("Lamp 500ml", &["500", "ml"]),
            ("Lamp 500 ml", &["500ml"]),
            ("Screw M6 x 40 mm", &["m6x40", "40mm", "m6x40mm"]),
            ("Screw M6x40", &["m6", "x", "40"]),
            ("Sun Glasses", &["sunglasses"]),
            ("ABC-123-XL", &["abc123xl", "abc123", "123xl"]),
            ("16-07", &["1607"]),
            ("NOR.0707-60", &["nor070760", "070760"]),
            ("Ölflasche", &["oelflasche", "olflasche"]),
            ("Oelflasche", &["olflasche"]),
            ("Kırmızı", &["kirmizi"]),
            ("iPhone", &["iphone"]),
            ("Größe", &["grosse", "groesse"]),
            ("Bio-Öl", &["biool", "biooel"]),
            ("№5", &["no", "5", "no5"]),
        ] {
            let others = others(text);
            for wanted in found {
                assert!(others.iter().any(|other| other == wanted), "{wanted}: {others:?}");
            }
        }
        assert_eq!(others("kettle"), [""; 0]);
        assert!(!others("Walnut tray of oak").contains(&"trayofoak".to_owned()));
    }

    #[test]
    fn long_words_have_ends_and_unspaced_ones_letters() {
        let within = |text: &str| spellings([text]).within;
        assert!(within("Holztischlampe").contains("tischlampe"));
        assert!(within("Holztischlampe").contains("lampe"));
        assert!(within("Leselämpchen").contains("laempchen"));
        assert!(within("Lampion").is_empty());
        // Folded, as they are compared.
        assert!(within("木製の机").contains("木 製 ノ 机"));
    }

    #[test]
    fn there_are_so_many_and_no_more() {
        let codes: Vec<String> = (0..5_000).map(|number| format!("A-{number}-B")).collect();
        let found = spellings(codes.iter().map(String::as_str));
        assert!(found.others.len() <= SPELLINGS_MAX + 20, "{}", found.others.len());
    }
}
