//! Synonyms of one language alone, of which an index knows nothing: a term that has such ones stands in its table under a word
//! of ours, which no text has, and a search in that language looks for this word first.

use std::collections::HashMap;

use sha2::{Digest, Sha256};
use vitrine_commerce::ports::search::{
    SearchRequest, Synonyms,
    synonyms::{key_in, leads_to, of_key},
};

/// How many words together may be a term.
const TERM_WORDS_MAX: usize = 3;

/// The table of an index.
pub(super) fn table(synonyms: &Synonyms) -> HashMap<String, Vec<String>> {
    let entry = |(key, led): (&String, &Vec<String>)| match of_key(key) {
        (None, term) => (term.to_owned(), led.clone()),
        (Some(tag), term) => {
            let all = leads_to(synonyms, Some(tag), term).into_iter().cloned();
            (word(key), std::iter::once(term.to_owned()).chain(all).collect())
        }
    };
    synonyms.iter().map(entry).collect()
}

/// The words that are looked for. What was typed follows, so that what has it stands above what has a synonym.
pub(super) fn asked(words: Vec<String>, request: &SearchRequest) -> Vec<String> {
    let Some(tag) = request.spoken.as_deref().filter(|_| !request.bound.is_empty()) else {
        return words;
    };
    let bound_by = |words: &[String]| key_in(Some(tag), &words.join(" "), |key| request.bound.contains(key));
    let (mut first, mut behind, mut place) = (Vec::new(), Vec::new(), 0);
    while place < words.len() {
        let mut ends = (place + 1..=words.len().min(place + TERM_WORDS_MAX)).rev();
        let bound = ends.find_map(|end| Some((end, bound_by(&words[place..end])?)));
        place = match bound {
            Some((end, key)) => {
                first.push(word(&key));
                behind.extend_from_slice(&words[place..end]);
                end
            }
            None => {
                first.push(words[place].clone());
                place + 1
            }
        };
    }
    first.into_iter().chain(behind).collect()
}

/// Consonants alone: nothing that takes words apart by a dictionary finds one in it.
fn word(key: &str) -> String {
    const LETTERS: [char; 16] = [
        'b', 'c', 'd', 'f', 'g', 'h', 'j', 'k', 'l', 'm', 'n', 'p', 'q', 'r', 's', 't',
    ];
    let digest = Sha256::digest(key);
    let letters = digest.iter().take(8).flat_map(|byte| [byte >> 4, byte & 15]);
    letters.map(|place| LETTERS[usize::from(place)]).collect()
}

#[cfg(test)]
mod tests {
    use vitrine_commerce::ports::search::synonyms::in_language;

    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn a_term_of_one_language_stands_under_a_word_of_its_own() {
        let synonyms = Synonyms::from([
            ("gift".to_owned(), texts(&["parcel"])),
            (in_language("de", "gift"), texts(&["poison"])),
            (in_language("de-at", "gift"), texts(&["venom"])),
        ]);
        let table = table(&synonyms);
        assert_eq!(table["gift"], ["parcel"]);
        assert_eq!(table[&word("de:gift")], ["gift", "parcel", "poison"]);
        assert_eq!(table[&word("de-at:gift")], ["gift", "parcel", "venom", "poison"]);
        assert_eq!(table.len(), 3);
    }

    #[test]
    fn what_was_typed_follows_the_word_that_stands_for_it() {
        let request = SearchRequest {
            spoken: Some("de-at".to_owned()),
            bound: texts(&["de:new york"]),
            ..SearchRequest::default()
        };
        let york = word("de:new york");
        let expected = ["rot", &york, "bild", "new", "york"];
        assert_eq!(asked(texts(&["rot", "new", "york", "bild"]), &request), expected);
        assert_eq!(asked(texts(&["new"]), &SearchRequest::default()), ["new"]);
    }
}
