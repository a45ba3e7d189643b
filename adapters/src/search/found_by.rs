//! What a product is found by that its document does not say as such, for every engine alike.

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use vitrine_commerce::{
    ports::search::{SearchDocument, parted},
    words::{fold, spellings::spellings, split},
};

/// The most words of a description whose letters are told as others write them.
const DESCRIPTION_WORDS_MAX: usize = 200;

/// What is looked for beside the document's own texts.
pub(super) struct FoundBy {
    /// Of options and attributes.
    pub(super) values: Vec<String>,
    /// Other spellings of what stands in its title, codes and values.
    pub(super) spellings: Vec<String>,
    /// What stands within its words.
    pub(super) within: Vec<String>,
}

impl FoundBy {
    pub(super) fn of(document: &SearchDocument) -> Self {
        let named = document.attributes.iter().filter_map(|named| parted(named));
        let mut values: Vec<String> = named.map(|(_, value)| value.to_owned()).collect();
        values.extend(document.translated.iter().cloned());
        values.sort_unstable();
        values.dedup();
        let texts = std::iter::once(&document.title)
            .chain(&document.vendor)
            .chain(&document.tags)
            .chain(&document.categories)
            .chain(&values)
            .chain(&document.skus);
        let mut found = spellings(texts.map(String::as_str));
        found.others.extend(folded_otherwise(&document.description));
        Self {
            spellings: found.others.into_iter().collect(),
            within: found.within.into_iter().collect(),
            values,
        }
    }
}

/// The words of a text that an engine finds only as they stand there: those with letters that are more than one with an
/// accent, as in `Größe`. What is looked for is folded by us.
fn folded_otherwise(text: &str) -> BTreeSet<String> {
    let words = split(text).into_iter().filter(|word| !word.is_ascii());
    let pairs = words.map(|word| (without_accents(&word), fold(&word)));
    let otherwise = pairs
        .filter(|(plain, folded)| plain != folded)
        .map(|(_, folded)| folded);
    otherwise.take(DESCRIPTION_WORDS_MAX).collect()
}

fn without_accents(word: &str) -> String {
    let lower = word.chars().flat_map(char::to_lowercase);
    lower.nfkd().filter(|letter| !is_combining_mark(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_descriptions_are_found_by_their_plain_letters() {
        let found = folded_otherwise("Eine Größe für Ærø, Café und Łódź.");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["aero", "grosse", "lodz"]);
    }
}
