//! The words of the index that a word may have been meant for.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::{Searcher, Term, query::FuzzyTermQuery, schema::Field};
use vitrine_commerce::words::{typos, typos_allowed};

/// How many words of the index one word may stand for, by the number of typos, one and two.
const TERMS_MAX: [usize; 2] = [150, 50];

/// Words of one field that are so many typos away.
pub(super) struct Misspelt {
    pub(super) field: Field,
    pub(super) typos: u8,
    pub(super) terms: Vec<Term>,
}

/// Walks the dictionaries of `fields` for words that `word` may stand for, typed wrong.
pub(super) fn misspelt(
    searcher: &Searcher,
    fields: impl Iterator<Item = Field>,
    word: &str,
    unfinished: bool,
) -> tantivy::Result<Vec<Misspelt>> {
    let allowed = typos_allowed(word);
    let mut groups: BTreeMap<(Field, u8), BTreeSet<String>> = BTreeMap::new();
    for field in fields.filter(|_| allowed > 0) {
        let term = Term::from_field_text(field, word);
        let near = match unfinished {
            true => FuzzyTermQuery::new_prefix(term, allowed, true),
            false => FuzzyTermQuery::new(term, allowed, true),
        };
        let automaton = near.automaton()?;
        for segment in searcher.segment_readers() {
            let words = segment.inverted_index(field)?;
            let mut stream = words.terms().search(&automaton).into_stream()?;
            while stream.advance() {
                let Ok(candidate) = std::str::from_utf8(stream.key()) else {
                    continue;
                };
                // The automaton lets wrong first letters pass, and does not tell one typo from two.
                if let Some(typos) = typos(word, candidate, unfinished).filter(|typos| (1..=allowed).contains(typos)) {
                    let group = groups.entry((field, typos)).or_default();
                    if group.len() < TERMS_MAX[usize::from(typos) - 1] {
                        group.insert(candidate.to_owned());
                    }
                }
            }
        }
    }
    let into_misspelt = |((field, typos), words): ((Field, u8), BTreeSet<String>)| {
        let terms = words.iter().map(|word| Term::from_field_text(field, word)).collect();
        Misspelt { field, typos, terms }
    };
    Ok(groups.into_iter().map(into_misspelt).collect())
}
