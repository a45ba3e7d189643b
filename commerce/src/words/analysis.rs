//! How the words of one language find each other: by their stems (`Häuser` and `Haus`), and in one that writes no spaces by
//! the words that a text is made of. Pure, and the same for texts and for what is looked for in them.

use std::borrow::Cow;

use icu_segmenter::{WordSegmenter, options::WordBreakInvariantOptions};
use rust_stemmers::{Algorithm, Stemmer};

use super::{QUERY_WORDS_MAX, fold, is_unspaced, split};

/// How many letters an English ending may have. Snowball takes off endings that make another word of one, too: `organizer`
/// would be found by `organ`.
const ENGLISH_ENDING_MAX: usize = 3;

/// Shorter words have no stem.
const STEMMED_LETTERS_MIN: usize = 3;

/// A language whose words are compared by more than their letters.
#[derive(Debug, PartialEq, Eq)]
pub struct Analysis {
    /// ISO 639-1.
    pub code: &'static str,
    /// `None` where words are parted instead.
    stems: Option<Algorithm>,
    /// Whether words are put together of others, the last of which says what a thing is: `Stehlampe`.
    pub has_compounds: bool,
}

macro_rules! languages {
    ($($code:literal, $stems:expr, $has_compounds:literal;)*) => {
        /// All that are known, in one order.
        pub static LANGUAGES: &[Analysis] = &[$(Analysis { code: $code, stems: $stems, has_compounds: $has_compounds }),*];
    };
}

languages! {
    "ar", Some(Algorithm::Arabic), false;
    "da", Some(Algorithm::Danish), true;
    "de", Some(Algorithm::German), true;
    "el", Some(Algorithm::Greek), false;
    "en", Some(Algorithm::English), false;
    "es", Some(Algorithm::Spanish), false;
    "fi", Some(Algorithm::Finnish), true;
    "fr", Some(Algorithm::French), false;
    "hu", Some(Algorithm::Hungarian), false;
    "it", Some(Algorithm::Italian), false;
    "ja", None, false;
    "nb", Some(Algorithm::Norwegian), true;
    "nl", Some(Algorithm::Dutch), true;
    "pt", Some(Algorithm::Portuguese), false;
    "ro", Some(Algorithm::Romanian), false;
    "ru", Some(Algorithm::Russian), false;
    "sv", Some(Algorithm::Swedish), true;
    "ta", Some(Algorithm::Tamil), false;
    "th", None, false;
    "tr", Some(Algorithm::Turkish), false;
    "zh", None, false;
}

/// A tag in the one form by which it is compared: in lower case, its language by the code that is known here. `de-at` of
/// `de-AT`, `nb` of `no`.
pub fn normal_tag(tag: &str) -> String {
    let tag = tag.to_ascii_lowercase();
    let (language, rest) = tag.split_once('-').unwrap_or((&tag, ""));
    let code = Analysis::of(language).map_or(language, |known| known.code);
    match rest {
        "" => code.to_owned(),
        rest => format!("{code}-{rest}"),
    }
}

impl Analysis {
    /// That of a language, by its tag of BCP 47.
    pub fn of(tag: &str) -> Option<&'static Self> {
        let code = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let code = match code.as_str() {
            "no" | "nn" => "nb",
            code => code,
        };
        LANGUAGES.iter().find(|known| known.code == code)
    }

    /// Those of a shop's languages, each once: none where it has English alone, of which the typos that a search forgives
    /// make up for plurals.
    pub fn of_shop<'a>(languages: impl IntoIterator<Item = &'a str>) -> Vec<&'static Self> {
        let mut known: Vec<&'static Self> = Vec::new();
        let mut tags = 0;
        for language in languages {
            tags += 1;
            known.extend(Self::of(language).filter(|found| !known.iter().any(|one| one.code == found.code)));
        }
        match known.as_slice() {
            [one] if tags == 1 && one.code == "en" => Vec::new(),
            _ => known,
        }
    }

    /// Its place among [`LANGUAGES`].
    pub fn place(&self) -> usize {
        LANGUAGES
            .iter()
            .position(|known| known.code == self.code)
            .unwrap_or_default()
    }

    /// The words of a text as this language compares them, in their order, folded.
    pub fn forms(&self, text: &str) -> Vec<String> {
        split(text).iter().flat_map(|word| self.forms_of(word)).collect()
    }

    /// The forms of a text together, where any is not the word itself.
    pub fn compared(&self, text: &str) -> Option<String> {
        let words = split(text);
        let forms: Vec<String> = words.iter().flat_map(|word| self.forms_of(word)).collect();
        let is_as_written =
            forms.len() == words.len() && forms.iter().zip(&words).all(|(form, word)| *form == fold(word));
        (!is_as_written).then(|| forms.join(" "))
    }

    /// The forms of a text's words that are not the word itself.
    pub fn other_forms(&self, text: &str) -> Vec<String> {
        let mut others = Vec::new();
        for word in split(text) {
            let forms = self.forms_of(&word);
            if forms.len() != 1 || forms[0] != fold(&word) {
                others.extend(forms);
            }
        }
        others
    }

    /// Those of what is looked for, each with the word that was typed: as many as a search has words.
    pub fn asked(&self, words: &[String]) -> Vec<Asked> {
        let asked = words.iter().flat_map(|word| {
            let forms = self.forms_of(word);
            let is_one = forms.len() == 1;
            forms.into_iter().map(move |form| Asked {
                typed: if is_one { fold(word) } else { form.clone() },
                form,
            })
        });
        asked.take(QUERY_WORDS_MAX).collect()
    }

    /// One word of [`split`] as it is compared: mostly one.
    fn forms_of(&self, word: &str) -> Vec<String> {
        match self.stems {
            Some(algorithm) => vec![stem(algorithm, word)],
            None if word.contains(is_unspaced) => parted(word),
            None => vec![fold(word)],
        }
    }
}

/// A word that is looked for, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub typed: String,
    /// As the language compares it; the same where it says nothing.
    pub form: String,
}

fn stem(algorithm: Algorithm, word: &str) -> String {
    let folded = fold(word);
    // What has digits is a measure or a code.
    if folded.chars().count() < STEMMED_LETTERS_MIN || word.chars().any(char::is_numeric) {
        return folded;
    }
    let lower = word.to_lowercase();
    let lower = match algorithm {
        Algorithm::German => Cow::Owned(with_umlauts(&lower)),
        _ => Cow::Borrowed(lower.as_str()),
    };
    if algorithm == Algorithm::English {
        return fold(&english(&lower));
    }
    match Stemmer::create(algorithm).stem(&lower) {
        stem if stem.is_empty() => folded,
        stem => fold(&stem),
    }
}

/// The stem, where it is not too far from the word; else that of its singular.
fn english(word: &str) -> Cow<'_, str> {
    let stem = Stemmer::create(Algorithm::English).stem(word);
    let ending = word.chars().count().saturating_sub(stem.chars().count());
    match word.strip_suffix('s') {
        _ if ending <= ENGLISH_ENDING_MAX => stem,
        Some(singular) => english(singular),
        None => Cow::Borrowed(word),
    }
}

/// What is written where there is no key for an umlaut: `haeuser`. Not in `neue`, `bauer` and `quelle`.
fn with_umlauts(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut text = String::with_capacity(word.len());
    let mut place = 0;
    while let Some(letter) = letters.get(place) {
        let before = place.checked_sub(1).and_then(|before| letters.get(before));
        let umlaut = match letter {
            _ if letters.get(place + 1) != Some(&'e') => None,
            'a' => Some('ä'),
            'o' => Some('ö'),
            'u' if !matches!(before, Some('a' | 'e' | 'q')) => Some('ü'),
            _ => None,
        };
        text.push(umlaut.unwrap_or(*letter));
        place += 1 + usize::from(umlaut.is_some());
    }
    text
}

/// The words of a run that is written without spaces, folded.
fn parted(run: &str) -> Vec<String> {
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let breaks: Vec<usize> = segmenter.segment_str(run).collect();
    let words = breaks.windows(2).filter_map(|pair| run.get(pair[0]..pair[1]));
    words.map(fold).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(tag: &str, text: &str) -> Vec<String> {
        Analysis::of(tag).expect("a language").forms(text)
    }

    #[test]
    fn words_of_one_stem_are_one() {
        for (language, words) in [
            ("de", &["Haus", "Häuser", "Häusern", "haeuser", "HÄUSER"][..]),
            ("de", &["Leuchte", "Leuchten"]),
            ("de-AT", &["Schrank", "Schränke", "schraenke"]),
            ("en", &["kettle", "kettles"]),
            ("en-GB", &["painting", "paintings", "painted"]),
            ("en", &["organizer", "Organizers"]),
            ("fr", &["étagère", "étagères", "etageres"]),
            ("es", &["sillón", "sillones", "sillon"]),
            ("ar", &["كتاب", "الكتاب"]),
            ("sv", &["lampa", "lampor"]),
        ] {
            let first = forms(language, words[0]);
            assert_eq!(first.len(), 1);
            for word in words {
                assert_eq!(forms(language, word), first, "{word} in {language}");
            }
        }
    }

    #[test]
    fn other_words_stay_others() {
        assert_ne!(forms("en", "organ"), forms("en", "organizer"));
        assert_eq!(forms("en", "M6x40 500ml"), ["m6x40", "500ml"]);
        assert_eq!(forms("de", "Neue Quelle"), forms("de", "neue quelle"));
        assert!(Analysis::of("tlh").is_none());
    }

    #[test]
    fn what_is_written_without_spaces_is_parted_into_words() {
        assert_eq!(forms("ja", "木製テーブル"), ["木製", "テーブル"]);
        assert_eq!(forms("ja", "LEDランプ 500ml")[1..], ["ランプ", "500ml"]);
        assert_eq!(forms("ja", "木製の机"), forms("ja", "木製 の 机"));
        assert!(forms("zh", "不锈钢保温杯").len() > 1);
    }

    #[test]
    fn what_is_asked_keeps_what_was_typed() {
        let asked = |tag: &str, text: &str| Analysis::of(tag).expect("a language").asked(&split(text));
        let word = |typed: &str, form: &str| Asked {
            typed: typed.to_owned(),
            form: form.to_owned(),
        };
        assert_eq!(
            asked("de", "rote Häuser"),
            [word("rote", "rot"), word("hauser", "haus")]
        );
        assert_eq!(
            asked("ja", "木製テーブル"),
            [word("木製", "木製"), word("テーブル", "テーブル")]
        );
        assert_eq!(asked("ja", &"机".repeat(50)).len(), QUERY_WORDS_MAX);
    }

    #[test]
    fn a_shop_with_english_alone_has_none() {
        let of_shop = |tags: &[&str]| -> Vec<&str> {
            Analysis::of_shop(tags.iter().copied())
                .iter()
                .map(|one| one.code)
                .collect()
        };
        assert!(of_shop(&["en"]).is_empty());
        assert_eq!(of_shop(&["de"]), ["de"]);
        assert_eq!(of_shop(&["en", "de", "de-AT", "tlh", "no"]), ["en", "de", "nb"]);
        assert_eq!(of_shop(&["en", "tlh"]), ["en"]);
    }
}
