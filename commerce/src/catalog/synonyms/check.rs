//! What a group of synonyms may be.

use crate::{
    ErrorCode, Refusal,
    catalog::fields::Refusals,
    language::{Message, messages},
    ports::search::{Synonyms, synonyms},
    words::{folded, term},
};

pub(super) const GROUPS_MAX: u64 = 1_000;

const GROUP_TERMS_MAX: usize = 20;
const TERM_LENGTH_MAX: usize = 100;
/// How many words together search engines take for a term.
const TERM_WORDS_MAX: usize = 3;

/// Of one term; Meilisearch ignores what is beyond.
pub(super) const SYNONYMS_MAX: usize = 50;
/// In all synonyms of one term, where any has several; Meilisearch ignores what is beyond.
const SYNONYM_WORDS_MAX: usize = 100;

/// A term in its normal form, at `field`.
pub(super) fn one(field: &[&str], text: &mut String, refusals: &mut Refusals) {
    let before = refusals.0.len();
    refusals.line(field, text, TERM_LENGTH_MAX);
    if refusals.0.len() == before && !(1..=TERM_WORDS_MAX).contains(&folded(text).len()) {
        refusals.refuse(field, messages::term_words_max(TERM_WORDS_MAX));
    }
}

/// The synonyms of a group, which has a `single` term that they stand for or not.
pub(super) fn synonyms(single: Option<&str>, synonyms: &[String], refusals: &mut Refusals) {
    let least = if single.is_some() { 1 } else { 2 };
    if !(least..=GROUP_TERMS_MAX).contains(&synonyms.len()) {
        let message = messages::synonyms_range(least, GROUP_TERMS_MAX);
        return refusals.refuse(&["synonyms"], message);
    }
    let mut seen: Vec<String> = single.map(term).into_iter().collect();
    for (place, synonym) in synonyms.iter().enumerate() {
        let normal = term(synonym);
        if seen.contains(&normal) {
            let message = messages::synonym_named_twice(&normal);
            refusals.refuse(&["synonyms", &place.to_string()], message);
        }
        seen.push(normal);
    }
}

/// Refuses a table that a search engine would obey in part only.
pub(super) fn table(table: &Synonyms) -> Result<(), Refusal> {
    let refuse = |message: Message| Err(Refusal::new(ErrorCode::Invalid, message).at(&["synonyms"]));
    for key in table.keys() {
        let (tag, term) = synonyms::of_key(key);
        let synonyms = synonyms::leads_to(table, tag, term);
        if synonyms.len() > SYNONYMS_MAX {
            return refuse(messages::term_synonyms_max(term, SYNONYMS_MAX));
        }
        let words: usize = synonyms.iter().map(|synonym| synonym.split(' ').count()).sum();
        if words > synonyms.len() && words > SYNONYM_WORDS_MAX {
            return refuse(messages::term_synonym_words_max(term, SYNONYM_WORDS_MAX));
        }
    }
    Ok(())
}
