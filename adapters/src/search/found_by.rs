//! What a product is found by that its document does not say as such, for every engine alike.

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use vitrine_commerce::{
    ports::search::{InLanguage, SearchDocument, parted},
    words::{
        analysis::Analysis,
        fold,
        spellings::{ends, spellings},
        split,
    },
};

/// The most words of a description whose letters are told as others write them.
const DESCRIPTION_WORDS_MAX: usize = 200;

/// The most words that are told as one language compares them, beside those of the title.
const FORMS_MAX: usize = 1_000;

/// What is looked for beside the document's own texts.
pub(super) struct FoundBy {
    /// Of options and attributes.
    pub(super) values: Vec<String>,
    /// Other spellings of what stands in its title, codes and values.
    pub(super) spellings: Vec<String>,
    /// What stands within its words.
    pub(super) within: Vec<String>,
    pub(super) by_language: Vec<ByLanguage>,
}

/// What is looked for in one language. All that a document is found by stands here once more, as the language compares it:
/// whoever asks for that form alone finds it.
pub(super) struct ByLanguage {
    pub(super) analysis: &'static Analysis,
    /// What it is called there, as it is written and as it is compared.
    pub(super) title: Vec<String>,
    /// The words of everything else that are compared by another form than their own.
    pub(super) forms: Vec<String>,
    /// The last parts of words that are put together.
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
        let spellings: Vec<String> = found.others.into_iter().collect();
        let by_language = document.languages.iter();
        let by_language = by_language.map(|one| ByLanguage::of(document, one, &values, &spellings));
        Self {
            by_language: by_language.collect(),
            spellings,
            within: found.within.into_iter().collect(),
            values,
        }
    }
}

impl ByLanguage {
    fn of(document: &SearchDocument, language: &InLanguage, values: &[String], spellings: &[String]) -> Self {
        let analysis = language.analysis;
        let own = std::slice::from_ref(&document.title);
        let titles = match language.titles.is_empty() {
            true => own,
            false => &language.titles,
        };
        let texts: Vec<&str> = (titles.iter().chain(own).chain(values))
            .chain(&document.tags)
            .chain(&document.vendor)
            .chain(&document.categories)
            .chain(&document.skus)
            .map(String::as_str)
            .collect();
        // Its own title is looked into anyway.
        let mut title = language.titles.clone();
        title.extend(titles.iter().filter_map(|title| analysis.compared(title)));
        let described = std::iter::once(document.description.as_str());
        let others = texts
            .iter()
            .copied()
            .chain(spellings.iter().map(String::as_str))
            .chain(described);
        let forms = bounded(others.flat_map(|text| analysis.other_forms(text)));
        let within = match analysis.has_compounds {
            true => bounded(
                texts
                    .iter()
                    .flat_map(|text| analysis.forms(text))
                    .flat_map(|form| ends(&form)),
            ),
            false => Vec::new(),
        };
        Self {
            analysis,
            title,
            forms,
            within,
        }
    }
}

/// Each once, and no more than [`FORMS_MAX`].
fn bounded(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut all = BTreeSet::new();
    for word in words {
        all.insert(word);
        if all.len() >= FORMS_MAX {
            break;
        }
    }
    all.into_iter().collect()
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
    fn all_is_said_as_a_language_compares_it() {
        let german = Analysis::of("de").expect("a language");
        let document = SearchDocument {
            id: vitrine_entity::ids::ProductId(uuid::Uuid::nil()),
            title: "Floor Lamps".to_owned(),
            description: "Für alle Häuser.".to_owned(),
            vendor: None,
            tags: vec!["Leuchten".to_owned()],
            skus: Vec::new(),
            categories: Vec::new(),
            collections: Vec::new(),
            held_by: Vec::new(),
            attributes: Vec::new(),
            own_attributes: Vec::new(),
            variant_sets: Vec::new(),
            translated: vec!["Stehlampen".to_owned()],
            languages: vec![InLanguage {
                analysis: german,
                titles: vec!["Stehlampen".to_owned()],
            }],
            price_minor: 0,
            prices_minor: Vec::new(),
            in_stock: true,
            sold: 0,
            created_at: 0,
        };
        let found = FoundBy::of(&document).by_language.swap_remove(0);
        assert_eq!(found.title, ["Stehlampen", "stehlamp"]);
        for form in ["haus", "leucht", "lamp", "stehlamp"] {
            let is_told = found.forms.iter().chain(&found.within).any(|told| told == form);
            assert!(is_told, "{form}: {:?} {:?}", found.forms, found.within);
        }
        let plain = FoundBy::of(&SearchDocument {
            languages: Vec::new(),
            ..document
        });
        assert!(plain.by_language.is_empty());
    }

    #[test]
    fn words_of_descriptions_are_found_by_their_plain_letters() {
        let found = folded_otherwise("Eine Größe für Ærø, Café und Łódź.");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["aero", "grosse", "lodz"]);
    }
}
