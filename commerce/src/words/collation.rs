//! The order of an alphabet: a key of a text, by whose bytes texts stand as readers of a language look for them. Pure.
//!
//! Letters first, whatever their accents and case; of texts that are alike so, the one without accents, and then the one
//! in small letters. Numbers stand by their value: 9 before 10. Letters of their own stand where their language has
//! them: in Swedish, å, ä and ö behind z.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A longer key is cut: an index has a bound, and what differs that late is not looked for by its place.
const BYTES_MAX: usize = 1_024;

/// What stands between the levels of a key, lower than all that is in them.
const LEVEL: u8 = 1;
/// A letter without an accent, and a small one.
const PLAIN: u8 = 2;
const CAPITAL: u8 = 3;

const SPACE: u8 = 0x10;
const SIGN: u8 = 0x11;
const NUMBER: u8 = 0x20;
/// Latin letters, with room between them; behind them, those of other scripts.
const LATIN: u8 = 0x40;
const OTHER: u8 = 0x80;

/// Of these languages, letters and where each of them stands.
type Tailored = (&'static [&'static str], &'static [(char, &'static str)]);

/// For a language, letters of its own: each with the letter behind which it stands, in their order.
const TAILORED: &[Tailored] = &[
    (&["sv", "fi"], &[('z', "åäö")]),
    (&["da", "nb", "nn", "no", "fo"], &[('z', "æøå")]),
    (
        &["is"],
        &[
            ('a', "á"),
            ('d', "ð"),
            ('e', "é"),
            ('i', "í"),
            ('o', "ó"),
            ('u', "ú"),
            ('y', "ý"),
            ('z', "þæöå"),
        ],
    ),
    (&["es", "gl", "eu"], &[('n', "ñ")]),
    (&["et"], &[('s', "š"), ('w', "õäöü")]),
    (
        &["pl"],
        &[
            ('a', "ą"),
            ('c', "ć"),
            ('e', "ę"),
            ('l', "ł"),
            ('n', "ń"),
            ('o', "ó"),
            ('s', "ś"),
            ('z', "źż"),
        ],
    ),
    (&["cs", "sk"], &[('c', "č"), ('r', "ř"), ('s', "š"), ('z', "ž")]),
    (
        &["sl", "hr", "bs", "sr"],
        &[('c', "čć"), ('d', "đ"), ('s', "š"), ('z', "ž")],
    ),
    (&["hu"], &[('o', "öő"), ('u', "üű")]),
    (
        &["tr", "az"],
        &[('c', "ç"), ('g', "ğ"), ('h', "ı"), ('o', "ö"), ('s', "ş"), ('u', "ü")],
    ),
    (&["ro"], &[('a', "ăâ"), ('i', "î"), ('s', "șş"), ('t', "țţ")]),
    (
        &["lv"],
        &[
            ('c', "č"),
            ('g', "ģ"),
            ('k', "ķ"),
            ('l', "ļ"),
            ('n', "ņ"),
            ('s', "š"),
            ('z', "ž"),
        ],
    ),
    (&["lt"], &[('c', "č"), ('s', "š"), ('z', "ž")]),
    (&["vi"], &[('a', "ăâ"), ('d', "đ"), ('e', "ê"), ('o', "ôơ"), ('u', "ư")]),
    (&["sq"], &[('c', "ç"), ('e', "ë")]),
];

/// The key of a text for readers of `language`, a tag as in `sv` or `pt-BR`.
pub fn sort_key(language: &str, text: &str) -> Vec<u8> {
    let tailored = tailored(language);
    let mut key = Key::default();
    // Wide digits, ligatures and superscripts stand with the usual ones.
    let mut letters = text.nfkc().peekable();
    while let Some(letter) = letters.next() {
        if let Some(digit) = letter.to_digit(10) {
            let mut digits = vec![digit as u8];
            while let Some(digit) = letters.peek().and_then(|letter| letter.to_digit(10)) {
                digits.push(digit as u8);
                letters.next();
            }
            key.add_number(&digits);
            continue;
        }
        // A vowel of Thai that is written before its consonant is read behind it.
        let follows = |vowel: char| matches!(vowel, '\u{E40}'..='\u{E44}');
        match letters
            .peek()
            .copied()
            .filter(|next| follows(letter) && next.is_alphabetic())
        {
            Some(next) => {
                letters.next();
                key.add(next, tailored);
                key.add(letter, tailored);
            }
            None => key.add(letter, tailored),
        }
    }
    key.whole()
}

fn tailored(language: &str) -> &'static [(char, &'static str)] {
    let language = language.split('-').next().unwrap_or_default();
    let of = TAILORED.iter().find(|(languages, _)| languages.contains(&language));
    of.map_or(&[], |(_, letters)| *letters)
}

#[derive(Default)]
struct Key {
    letters: Vec<u8>,
    accents: Vec<u8>,
    cases: Vec<u8>,
}

impl Key {
    /// By how many digits there are, and then by these.
    fn add_number(&mut self, digits: &[u8]) {
        let significant: Vec<u8> = digits.iter().copied().skip_while(|digit| *digit == 0).collect();
        self.letters.push(NUMBER);
        self.letters.push(u8::try_from(significant.len()).unwrap_or(u8::MAX));
        self.letters.extend(significant);
        self.end(&[], false);
    }

    fn add(&mut self, letter: char, tailored: &[(char, &str)]) {
        let is_capital = letter.is_uppercase();
        for letter in small(letter, tailored) {
            if letter.is_whitespace() {
                self.letters.push(SPACE);
                self.end(&[], false);
            } else if let Some((before, place)) = own(letter, tailored) {
                self.letters.extend([latin(before) + 1, place]);
                self.end(&[], is_capital);
            } else if letter.is_alphabetic() || is_combining_mark(letter) {
                self.add_letter(letter, is_capital);
            } else {
                self.letters.push(SIGN);
                self.push_utf8(letter);
                self.end(&[], false);
            }
        }
    }

    fn add_letter(&mut self, letter: char, is_capital: bool) {
        // In Russian, й is a letter of its own, and ё none.
        let parts: Vec<char> = match letter {
            'й' => vec![letter],
            'ß' => vec!['s', 's'],
            'æ' => vec!['a', 'e'],
            'œ' => vec!['o', 'e'],
            'ø' => vec!['o', '\u{338}'],
            'ł' => vec!['l', '\u{335}'],
            'đ' | 'ð' => vec!['d', '\u{335}'],
            'þ' => vec!['t', 'h'],
            'ı' => vec!['i', '\u{335}'],
            _ => letter.nfkd().collect(),
        };
        let (marks, bases): (Vec<char>, Vec<char>) = parts.into_iter().partition(|part| is_accent(*part));
        for base in bases {
            match base {
                'a'..='z' => self.letters.push(latin(base)),
                // Katakana stand with hiragana.
                '\u{30A1}'..='\u{30F6}' => self.push_other(char::from_u32(base as u32 - 0x60).unwrap_or(base)),
                'ς' => self.push_other('σ'),
                _ => self.push_other(base),
            }
        }
        self.end(&marks, is_capital);
    }

    fn push_other(&mut self, letter: char) {
        self.letters.push(OTHER);
        self.push_utf8(letter);
    }

    fn push_utf8(&mut self, letter: char) {
        self.letters
            .extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    }

    fn end(&mut self, marks: &[char], is_capital: bool) {
        match marks {
            [] => self.accents.push(PLAIN),
            marks => marks.iter().for_each(|mark| {
                self.accents.extend_from_slice(mark.encode_utf8(&mut [0; 4]).as_bytes());
            }),
        }
        self.cases.push(if is_capital { CAPITAL } else { PLAIN });
    }

    fn whole(self) -> Vec<u8> {
        let mut key = self.letters;
        for level in [self.accents, self.cases] {
            // What is plain to the end says nothing.
            let end = level.iter().rposition(|byte| *byte != PLAIN).map_or(0, |last| last + 1);
            key.push(LEVEL);
            key.extend_from_slice(&level[..end]);
        }
        key.truncate(BYTES_MAX);
        key
    }
}

/// A letter in lower case, where Turkish has two of its own.
fn small(letter: char, tailored: &[(char, &str)]) -> Vec<char> {
    match letter {
        'I' if own('ı', tailored).is_some() => vec!['ı'],
        'İ' if own('ı', tailored).is_some() => vec!['i'],
        _ => letter.to_lowercase().nfc().collect(),
    }
}

/// Behind which Latin letter one of a language's own stands, and in which place.
fn own(letter: char, tailored: &[(char, &str)]) -> Option<(char, u8)> {
    tailored.iter().find_map(|(before, letters)| {
        let place = letters.chars().position(|own| own == letter)?;
        Some((*before, u8::try_from(place).ok()?))
    })
}

fn latin(letter: char) -> u8 {
    LATIN + 2 * (letter as u8 - b'a')
}

/// A mark that is looked at where all letters are alike.
fn is_accent(part: char) -> bool {
    is_combining_mark(part)
        && matches!(part, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{64B}'..='\u{65F}' | '\u{3099}' | '\u{309A}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(language: &str, texts: &[&str]) -> Vec<String> {
        let mut texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        texts.sort_by_key(|text| sort_key(language, text));
        texts
    }

    #[test]
    fn letters_come_before_accents_and_case() {
        let texts = [
            "Zebra",
            "apple",
            "Äpfel",
            "Éclair",
            "eclair",
            "Eclair",
            "Straße",
            "Strasse",
            "Ångström",
            "zoo",
        ];
        let expected = [
            "Ångström",
            "Äpfel",
            "apple",
            "eclair",
            "Eclair",
            "Éclair",
            "Strasse",
            "Straße",
            "Zebra",
            "zoo",
        ];
        let found = sorted("de", &texts);
        // `ss` and `ß` are alike.
        assert_eq!(found[..6], expected[..6]);
        assert_eq!(found[8..], expected[8..]);
    }

    #[test]
    fn numbers_stand_by_their_value_and_signs_first() {
        let texts = ["Size 10", "Size 9", "Size 009b", "Sizes", "\"Size\"", "9 lives", "Size"];
        let expected = ["\"Size\"", "9 lives", "Size", "Size 9", "Size 009b", "Size 10", "Sizes"];
        assert_eq!(sorted("en", &texts), expected);
        assert_eq!(
            sorted("ja", &["７", "10", "６", "ﬁsh", "fist"]),
            ["６", "７", "10", "ﬁsh", "fist"]
        );
    }

    #[test]
    fn a_language_has_letters_of_its_own() {
        let texts = ["Zon", "Ånga", "Ärta", "Öl", "Arm", "Ost"];
        assert_eq!(sorted("sv", &texts), ["Arm", "Ost", "Zon", "Ånga", "Ärta", "Öl"]);
        assert_eq!(sorted("de", &texts), ["Ånga", "Arm", "Ärta", "Öl", "Ost", "Zon"]);
        assert_eq!(
            sorted("es-MX", &["Nube", "Ñandú", "Oso", "nada"]),
            ["nada", "Nube", "Ñandú", "Oso"]
        );
        assert_eq!(
            sorted("tr", &["İnce", "Irmak", "Hali", "Jale"]),
            ["Hali", "Irmak", "İnce", "Jale"]
        );
        assert_eq!(
            sorted("pl", &["Łódka", "Lampa", "Mapa", "Luty"]),
            ["Lampa", "Luty", "Łódka", "Mapa"]
        );
    }

    #[test]
    fn other_scripts_follow_the_latin_one() {
        assert_eq!(
            sorted("ru", &["Яблоко", "Йод", "Ёлка", "Еда", "Иней", "zoo"]),
            ["zoo", "Еда", "Ёлка", "Иней", "Йод", "Яблоко"]
        );
        assert_eq!(
            sorted("ja", &["カラス", "ガラス", "かさ", "さら"]),
            ["かさ", "カラス", "ガラス", "さら"]
        );
        assert_eq!(sorted("th", &["แก้ว", "ขวด", "กล่อง"]), ["กล่อง", "แก้ว", "ขวด"]);
    }

    #[test]
    fn a_key_has_a_bound() {
        assert!(sort_key("en", &"木".repeat(255)).len() <= BYTES_MAX);
    }
}
