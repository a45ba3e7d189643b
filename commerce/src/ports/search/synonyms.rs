//! Terms that are found by other terms.

use std::{collections::BTreeMap, iter::successors};

/// For each term, the terms that a search for it finds as well: folded words with a blank between, at most
/// three. What they lead to leads no further. What a term leads to in searches of one language alone stands
/// [under another key](in_language).
pub type Synonyms = BTreeMap<String, Vec<String>>;

/// Stands between a language and a term; no word has one.
const BETWEEN: char = ':';

/// The key of what a term leads to in searches of one language alone, by [its tag](crate::words::analysis::normal_tag).
pub fn in_language(tag: &str, term: &str) -> String {
    format!("{tag}{BETWEEN}{term}")
}

/// The language that a key is for, if it is for one alone, and its term.
pub fn of_key(key: &str) -> (Option<&str>, &str) {
    match key.split_once(BETWEEN) {
        Some((tag, term)) => (Some(tag), term),
        None => (None, key),
    }
}

/// What a search in a language goes by: that, and what it is a kind of. `de-at` and `de` of `de-at`.
pub fn fallbacks(tag: Option<&str>) -> impl Iterator<Item = &str> {
    successors(tag, |tag| tag.rsplit_once('-').map(|(plainer, _)| plainer))
}

/// What a term leads to in a search of a language: what it does in all of them, and in [those that it is](fallbacks).
pub fn leads_to<'a>(synonyms: &'a Synonyms, tag: Option<&str>, term: &str) -> Vec<&'a String> {
    let own = fallbacks(tag).filter_map(|tag| synonyms.get(&in_language(tag, term)));
    synonyms.get(term).into_iter().chain(own).flatten().collect()
}

/// The key by which a term has synonyms in searches of a language alone, the closest to the language if there are several.
pub fn key_in(tag: Option<&str>, term: &str, is_there: impl Fn(&String) -> bool) -> Option<String> {
    fallbacks(tag).map(|tag| in_language(tag, term)).find(is_there)
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
            (in_language("de-at", "gift"), texts(&["venom"])),
        ]);
        let found = |tag| leads_to(&synonyms, tag, "gift");
        assert_eq!(found(Some("de")), ["parcel", "poison"]);
        assert_eq!(found(Some("de-at")), ["parcel", "venom", "poison"]);
        assert_eq!(found(Some("de-ch")), ["parcel", "poison"]);
        assert_eq!(found(Some("en")), ["parcel"]);
        assert_eq!(found(None), ["parcel"]);
        let key = |tag| key_in(tag, "gift", |key| synonyms.contains_key(key));
        assert_eq!(key(Some("de-at")).as_deref(), Some("de-at:gift"));
        assert_eq!(key(Some("de-ch")).as_deref(), Some("de:gift"));
        assert_eq!((key(Some("en")), key(None)), (None, None));
        assert_eq!(of_key(&in_language("de", "new york")), (Some("de"), "new york"));
        assert_eq!(of_key("new york"), (None, "new york"));
    }
}
