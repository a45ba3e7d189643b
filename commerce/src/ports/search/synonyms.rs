//! Terms that are found by other terms.

use std::collections::BTreeMap;

/// For each term, the terms that a search for it finds as well: folded words with a blank between, at most
/// three. What they lead to leads no further. What a term leads to in searches of one language alone stands
/// [under another key](in_language).
pub type Synonyms = BTreeMap<String, Vec<String>>;

/// Stands between a language and a term; no word has one.
const BETWEEN: char = ':';

/// The key of what a term leads to in searches of one language, by [its code](crate::words::analysis::code).
pub fn in_language(code: &str, term: &str) -> String {
    format!("{code}{BETWEEN}{term}")
}

/// The language that a key is for, if it is for one alone, and its term.
pub fn of_key(key: &str) -> (Option<&str>, &str) {
    match key.split_once(BETWEEN) {
        Some((code, term)) => (Some(code), term),
        None => (None, key),
    }
}

/// What a term leads to in a search of a language: what it does in all of them, and in that alone.
pub fn leads_to<'a>(
    synonyms: &'a Synonyms,
    code: Option<&str>,
    term: &str,
) -> impl Iterator<Item = &'a String> + use<'a> {
    let own = code.and_then(|code| synonyms.get(&in_language(code, term)));
    let (own, all) = (own.into_iter().flatten(), synonyms.get(term).into_iter().flatten());
    all.chain(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_leads_to_what_its_language_says() {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let synonyms = Synonyms::from([
            ("gift".to_owned(), texts(&["parcel"])),
            (in_language("de", "gift"), texts(&["poison"])),
        ]);
        let found = |code| leads_to(&synonyms, code, "gift").cloned().collect::<Vec<_>>();
        assert_eq!(found(Some("de")), ["parcel", "poison"]);
        assert_eq!(
            (found(Some("en")), found(None)),
            (texts(&["parcel"]), texts(&["parcel"]))
        );
        assert_eq!(of_key(&in_language("de", "new york")), (Some("de"), "new york"));
        assert_eq!(of_key("new york"), (None, "new york"));
    }
}
