//! Synonyms of one language alone, of which an index knows nothing: a term that has such ones stands in its table under a word
//! of ours, which no text has, and a search in that language looks for this word first.

use std::collections::HashMap;

use sha2::{Digest, Sha256};
use vitrine_commerce::ports::search::{
    SearchRequest, Synonyms,
    synonyms::{in_language, leads_to, of_key},
};

/// How many words together may be a term.
const TERM_WORDS_MAX: usize = 3;

/// The table of an index.
pub(super) fn table(synonyms: &Synonyms) -> HashMap<String, Vec<String>> {
    let entry = |(key, led): (&String, &Vec<String>)| match of_key(key) {
        (None, term) => (term.to_owned(), led.clone()),
        (Some(code), term) => {
            let all = leads_to(synonyms, Some(code), term).cloned();
            (word(code, term), std::iter::once(term.to_owned()).chain(all).collect())
        }
    };
    synonyms.iter().map(entry).collect()
}

/// The words that are looked for. What was typed follows, so that what has it stands above what has a synonym.
pub(super) fn asked(words: Vec<String>, request: &SearchRequest) -> Vec<String> {
    let Some(code) = request.spoken.as_deref().filter(|_| !request.bound.is_empty()) else {
        return words;
    };
    let (mut first, mut behind, mut place) = (Vec::new(), Vec::new(), 0);
    while place < words.len() {
        let mut ends = (place + 1..=words.len().min(place + TERM_WORDS_MAX)).rev();
        let bound = ends.find(|end| request.bound.contains(&words[place..*end].join(" ")));
        let end = bound.unwrap_or(place + 1);
        let these = &words[place..end];
        match bound {
            Some(_) => {
                first.push(word(code, &these.join(" ")));
                behind.extend_from_slice(these);
            }
            None => first.extend_from_slice(these),
        }
        place = end;
    }
    first.into_iter().chain(behind).collect()
}

/// Consonants alone: nothing that takes words apart by a dictionary finds one in it.
fn word(code: &str, term: &str) -> String {
    const LETTERS: [char; 16] = [
        'b', 'c', 'd', 'f', 'g', 'h', 'j', 'k', 'l', 'm', 'n', 'p', 'q', 'r', 's', 't',
    ];
    let digest = Sha256::digest(in_language(code, term));
    let letters = digest.iter().take(8).flat_map(|byte| [byte >> 4, byte & 15]);
    letters.map(|place| LETTERS[usize::from(place)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn a_term_of_one_language_stands_under_a_word_of_its_own() {
        let synonyms = Synonyms::from([
            ("gift".to_owned(), texts(&["parcel"])),
            (in_language("de", "gift"), texts(&["poison"])),
        ]);
        let table = table(&synonyms);
        assert_eq!(table["gift"], ["parcel"]);
        assert_eq!(table[&word("de", "gift")], ["gift", "parcel", "poison"]);
        assert_eq!(table.len(), 2);
    }

    #[test]
    fn what_was_typed_follows_the_word_that_stands_for_it() {
        let request = SearchRequest {
            spoken: Some("de".to_owned()),
            bound: texts(&["new york"]),
            ..SearchRequest::default()
        };
        let york = word("de", "new york");
        let expected = ["rot", &york, "bild", "new", "york"];
        assert_eq!(asked(texts(&["rot", "new", "york", "bild"]), &request), expected);
        assert_eq!(asked(texts(&["new"]), &SearchRequest::default()), ["new"]);
    }
}
