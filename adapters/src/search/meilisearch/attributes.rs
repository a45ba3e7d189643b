//! What a document's attributes are called: those that every shop has, one for each language that is known, and one for
//! each currency. They are the same for all shops, so that an index need not be built anew where one gets another language.

use vitrine_commerce::words::analysis::{Analysis, LANGUAGES};
use vitrine_entity::currency::Currency;

pub(super) const PRICE: &str = "price_minor";

/// Where words are looked for, in the order of what matters most, those of languages left out.
const BEFORE_FORMS: [&str; 6] = ["title", "skus", "categories", "vendor", "tags", "values"];
const BEHIND_FORMS: [&str; 2] = ["description", "spellings"];
/// In which is looked only where a word may stand within another.
const WITHIN: &str = "within";

const FILTERABLE: [&str; 11] = [
    "id",
    "categories",
    "collections",
    "held_by",
    "vendor",
    "tags",
    "attributes",
    "own_attributes",
    "variant_sets",
    PRICE,
    "in_stock",
];
const SORTABLE: [&str; 4] = ["id", PRICE, "created_at", "sold"];

/// What it is called in a language, as it is written and as it is compared.
pub(super) fn title_in(language: &Analysis) -> String {
    format!("title_{}", language.code)
}

/// Its other words as a language compares them.
pub(super) fn forms_in(language: &Analysis) -> String {
    format!("forms_{}", language.code)
}

/// The last parts of words that a language puts together.
pub(super) fn within_in(language: &Analysis) -> String {
    format!("within_{}", language.code)
}

/// The lowest price: in the shop's own currency, or in another.
pub(super) fn price_in(currency: Option<Currency>) -> String {
    currency.map_or_else(|| PRICE.to_owned(), |currency| format!("{PRICE}_{currency}"))
}

/// Where a search looks for words.
pub(super) fn searched(language: Option<&Analysis>, within_words: bool) -> Vec<String> {
    let languages: Vec<&Analysis> = language.into_iter().collect();
    in_order(&languages, within_words)
}

/// All of them, from what matters most to what matters least.
pub(super) fn searchable() -> Vec<String> {
    let languages: Vec<&Analysis> = LANGUAGES.iter().collect();
    in_order(&languages, true)
}

fn in_order(languages: &[&Analysis], within_words: bool) -> Vec<String> {
    let of_languages = |name: fn(&Analysis) -> String| languages.iter().map(move |language| name(language));
    let owned = |names: &'static [&'static str]| names.iter().map(|name| (*name).to_owned());
    let compounds = languages.iter().filter(|language| language.has_compounds);
    of_languages(title_in)
        .chain(owned(&BEFORE_FORMS))
        .chain(of_languages(forms_in))
        .chain(owned(&BEHIND_FORMS))
        .chain(compounds.map(|language| within_in(language)))
        .chain(within_words.then(|| WITHIN.to_owned()))
        .collect()
}

/// A code with a typo is another product's; another spelling with one, or a part of a word, is another word.
pub(super) fn exact() -> Vec<String> {
    let plain = ["skus", "spellings", WITHIN].map(str::to_owned).into_iter();
    let compounds = LANGUAGES.iter().filter(|language| language.has_compounds);
    plain.chain(compounds.map(within_in)).collect()
}

pub(super) fn filterable() -> Vec<String> {
    with_prices(&FILTERABLE)
}

pub(super) fn sortable() -> Vec<String> {
    with_prices(&SORTABLE)
}

fn with_prices(names: &[&str]) -> Vec<String> {
    let prices = Currency::all().map(|currency| price_in(Some(currency)));
    names.iter().map(|name| (*name).to_owned()).chain(prices).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_looks_into_its_language_alone() {
        assert_eq!(searched(None, false).len(), 8);
        let german = searched(Analysis::of("de"), true);
        let of_languages: Vec<&String> = german.iter().filter(|name| name.contains('_')).collect();
        assert_eq!(of_languages, ["title_de", "forms_de", "within_de"]);
        let all = searchable();
        let places: Vec<_> = german
            .iter()
            .map(|name| all.iter().position(|one| one == name))
            .collect();
        assert!(places.is_sorted() && places.iter().all(Option::is_some), "{places:?}");
        assert_eq!(searched(Analysis::of("fr"), false).len(), 10);
    }

    #[test]
    fn every_currency_has_a_price() {
        let filterable = filterable();
        for name in ["price_minor", "price_minor_EUR", "price_minor_JPY"] {
            assert!(filterable.iter().any(|one| one == name), "{name}");
        }
    }
}
