//! What a word is, for search engines, rules and reports alike: a run of letters and digits, whose case and
//! accents do not matter. Pure.

pub mod analysis;
pub mod collation;
pub mod spellings;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longer words are cut.
const WORD_LETTERS_MAX: usize = 60;

/// How many words of a search count; Meilisearch's own limit.
pub const QUERY_WORDS_MAX: usize = 10;

/// A text in letters that are as wide and as high as usual: `№5` is `No5`, and `½` is `1⁄2`. What says that a name is a
/// trade mark is no part of it.
fn usual(text: &str) -> String {
    let mut usual = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '™' | '℠' | '®' | '©' => usual.push(' '),
            // It is no further digit of the number before it.
            '¼'..='¾' | '⅐'..='⅞' => usual.extend([' ', letter]),
            letter => usual.push(letter),
        }
    }
    usual.nfkc().collect()
}

/// The words of a text as they were typed, but for signs and kana that are read in their usual letters.
pub fn split(text: &str) -> Vec<String> {
    usual(text)
        .split(|letter: char| !letter.is_alphanumeric() && !is_combining_mark(letter))
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(WORD_LETTERS_MAX).collect())
        .collect()
}

/// The words of a text, folded.
pub fn folded(text: &str) -> Vec<String> {
    split(text).iter().map(|word| fold(word)).collect()
}

/// A word without its case and accents. Marks that make another letter of one stay: ガ is not カ, and ป้า not ป่า.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for letter in word
        .chars()
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|letter| !is_accent(*letter))
    {
        match letter {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ŧ' => folded.push('t'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            'ة' => folded.push('ه'),
            'ى' => folded.push('ي'),
            // Japanese writes a word in either of its syllabaries.
            'ぁ'..='ゖ' => folded.push(char::from_u32(letter as u32 + 0x60).unwrap_or(letter)),
            'ँ' => folded.push('ं'),
            // A dot that makes a letter of Persian of one of Hindi is often left out.
            '\u{93C}' => {}
            other => folded.push(other),
        }
    }
    let folded: String = folded.nfc().collect();
    match folded.contains(VIRAMA) {
        true => with_dots(&folded),
        false => folded,
    }
}

/// What takes a consonant of Hindi its vowel.
const VIRAMA: char = '\u{94D}';

/// Hindi writes a nasal before a consonant by its letter or by a dot above, as one likes: हिन्दी, हिंदी.
fn with_dots(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut dotted = String::with_capacity(word.len());
    let mut place = 0;
    while let Some(letter) = letters.get(place) {
        let is_nasal = matches!(letter, 'ङ' | 'ञ' | 'ण' | 'न' | 'म');
        let is_before_consonant = letters.get(place + 2).is_some_and(|next| matches!(next, 'क'..='ह'));
        if place > 0 && is_nasal && letters.get(place + 1) == Some(&VIRAMA) && is_before_consonant {
            dotted.push('ं');
            place += 2;
        } else {
            dotted.push(*letter);
            place += 1;
        }
    }
    dotted
}

/// What readers of a letter pass over: accents of Latin, Greek and Cyrillic, points of Hebrew, vowels of Arabic and
/// what stretches its letters.
fn is_accent(letter: char) -> bool {
    matches!(
        letter,
        '\u{300}'..='\u{36F}'
            | '\u{483}'..='\u{487}'
            | '\u{591}'..='\u{5C7}'
            | '\u{610}'..='\u{61A}'
            | '\u{640}'
            | '\u{64B}'..='\u{65F}'
            | '\u{670}'
            | '\u{6D6}'..='\u{6DC}'
            | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}'
            | '\u{FE20}'..='\u{FE2F}'
    )
}

/// Whether a letter is of a script that is written without spaces between words (Chinese, Japanese, Thai, Lao, Khmer,
/// Burmese), or with words put together as they are said (Korean): what is looked for may stand anywhere in it.
pub fn is_unspaced(letter: char) -> bool {
    matches!(
        letter,
        '\u{E00}'..='\u{EFF}'
            | '\u{1000}'..='\u{109F}'
            | '\u{1780}'..='\u{17FF}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3031}'..='\u{30FF}'
            | '\u{31F0}'..='\u{31FF}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{AC00}'..='\u{D7A3}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}'
    )
}

/// A folded word as an index holds it: itself or, of a script that is [unspaced](is_unspaced), each letter with its
/// marks, so that a word within it is a phrase.
pub fn pieces(word: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut joins = false;
    for letter in word.chars() {
        let unspaced = is_unspaced(letter);
        let is_mark = is_combining_mark(letter);
        match pieces.last_mut() {
            Some(piece) if is_mark || (joins && !unspaced) => piece.push(letter),
            _ => pieces.push(letter.to_string()),
        }
        joins = !unspaced && (joins || !is_mark);
    }
    pieces
}

/// A search as it is compared and counted: its folded words, with a blank between.
pub fn term(text: &str) -> String {
    let mut words = folded(text);
    words.truncate(QUERY_WORDS_MAX);
    words.join(" ")
}

/// How many typos a word may have.
pub fn typos_allowed(word: &str) -> u8 {
    match word.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// How many typos lie between what was typed and a word; with `unfinished`, or the beginning of a
/// word. A wrong first letter counts twice, and allows no other. `None` for more than two.
pub fn typos(typed: &str, word: &str, unfinished: bool) -> Option<u8> {
    let distance = distance(typed, word, unfinished);
    if typed.chars().next() == word.chars().next() {
        u8::try_from(distance).ok().filter(|distance| *distance <= 2)
    } else {
        (distance == 1).then_some(2)
    }
}

/// Letters to insert, leave out, replace, or swap with their neighbour.
fn distance(typed: &str, word: &str, unfinished: bool) -> usize {
    let word: Vec<char> = word.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=word.len()).collect();
    let mut previous = None;
    for (row, letter) in typed.chars().enumerate() {
        let mut current = vec![row + 1];
        for column in 0..word.len() {
            let replaced = last[column] + usize::from(letter != word[column]);
            let mut best = replaced.min(last[column + 1] + 1).min(current[column] + 1);
            if column > 0 && previous == Some(word[column]) && letter == word[column - 1] {
                best = best.min(before_last[column - 1] + 1);
            }
            current.push(best);
        }
        before_last = std::mem::replace(&mut last, current);
        previous = Some(letter);
    }
    if unfinished {
        last.into_iter().min().unwrap_or(0)
    } else {
        last[word.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_case_accents_and_what_stands_between() {
        assert_eq!(folded("Crème-BRÛLÉE, 500 ml"), ["creme", "brulee", "500", "ml"]);
        assert_eq!(folded("Cre\u{300}me"), ["creme"]);
        assert_eq!(
            folded("Straße Ærø Łódź İstanbul"),
            ["strasse", "aero", "lodz", "istanbul"]
        );
        assert_eq!(folded("KIRMIZI Kırmızı Öl Þór"), ["kirmizi", "kirmizi", "ol", "thor"]);
        assert_ne!(fold("ガラス"), fold("カラス"));
        assert_ne!(fold("ป่า"), fold("ป้า"));
        assert_eq!((fold("ｶﾞﾗｽ"), fold("의자")), ("ガラス".to_owned(), "의자".to_owned()));
        assert_eq!((fold("مُدَرِّسَة"), fold("שָׁלוֹם")), ("مدرسه".to_owned(), "שלום".to_owned()));
        assert_eq!(folded("-\"title:x\" 🪵"), ["title", "x"]);
        assert_eq!(fold("わいやれす"), fold("ﾜｲﾔﾚｽ"));
        assert_eq!([fold("हिन्दी"), fold("क़लम")], [fold("हिंदी"), fold("कलम")]);
        assert_eq!(folded("№5 Krups™ 1½ ㎏"), ["no5", "krups", "1", "1", "2", "kg"]);
        assert_eq!(term(" Crème\u{0} BRÛLÉE\u{200b} "), "creme brulee");
    }

    #[test]
    fn what_is_written_without_spaces_comes_in_pieces() {
        assert_eq!(pieces("kettle"), ["kettle"]);
        assert_eq!(pieces("tシャツ2"), ["t", "シ", "ャ", "ツ", "2"]);
        assert_eq!(pieces(&fold("สีดำ")).len(), 3);
        assert_eq!(pieces(&fold("हिन्दी")), [fold("हिन्दी")]);
        assert_eq!(pieces("의자"), ["의", "자"]);
    }

    #[test]
    fn typos_are_counted_as_a_person_would() {
        for (typed, word, expected) in [
            ("kettle", "kettle", Some(0)),
            ("ketle", "kettle", Some(1)),
            ("kettles", "kettle", Some(1)),
            ("kettel", "kettle", Some(1)),
            ("porclian", "porcelain", Some(2)),
            ("lettle", "kettle", Some(2)),
            ("ekttle", "kettle", Some(2)),
            ("letlte", "kettle", None),
            ("kettle", "blanket", None),
        ] {
            assert_eq!(typos(typed, word, false), expected, "{typed} for {word}");
        }
    }

    #[test]
    fn an_unfinished_word_is_measured_by_its_beginning() {
        assert_eq!(typos("ket", "kettle", true), Some(0));
        assert_eq!(typos("porcl", "porcelain", true), Some(1));
        assert_eq!(typos("porcl", "porcelain", false), None);
    }

    #[test]
    fn short_words_must_be_right() {
        assert_eq!(
            ["mug", "vase", "blanket", "aluminum", "öööö"].map(typos_allowed),
            [0, 1, 1, 2, 1]
        );
    }
}
