//! The words of the index that a word may have been meant for.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::{Searcher, Term, query::FuzzyTermQuery, schema::Field};

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

fn typos_allowed(word: &str) -> u8 {
    match word.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// How many typos lie between what was typed and a word; with `unfinished`, or the beginning of a
/// word. A wrong first letter counts twice, and allows no other. `None` for more than two.
fn typos(typed: &str, word: &str, unfinished: bool) -> Option<u8> {
    let distance = distance(typed, word, unfinished);
    if typed.chars().next() == word.chars().next() {
        u8::try_from(distance).ok().filter(|distance| *distance <= 2)
    } else {
        (distance == 1).then_some(2)
    }
}

/// Letters to insert, leave out, replace, or swap with their neighbour.
fn distance(typed: &str, word: &str, unfinished: bool) -> usize {
    let word: Vec<char> = word.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=word.len()).collect();
    let mut previous = None;
    for (row, letter) in typed.chars().enumerate() {
        let mut current = vec![row + 1];
        for column in 0..word.len() {
            let replaced = last[column] + usize::from(letter != word[column]);
            let mut best = replaced.min(last[column + 1] + 1).min(current[column] + 1);
            if column > 0 && previous == Some(word[column]) && letter == word[column - 1] {
                best = best.min(before_last[column - 1] + 1);
            }
            current.push(best);
        }
        before_last = std::mem::replace(&mut last, current);
        previous = Some(letter);
    }
    if unfinished {
        last.into_iter().min().unwrap_or(0)
    } else {
        last[word.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typos_are_counted_as_a_person_would() {
        for (typed, word, expected) in [
            ("kettle", "kettle", Some(0)),
            ("ketle", "kettle", Some(1)),
            ("kettles", "kettle", Some(1)),
            ("kettel", "kettle", Some(1)),
            ("porclian", "porcelain", Some(2)),
            ("lettle", "kettle", Some(2)),
            ("ekttle", "kettle", Some(2)),
            ("letlte", "kettle", None),
            ("kettle", "blanket", None),
        ] {
            assert_eq!(typos(typed, word, false), expected, "{typed} for {word}");
        }
    }

    #[test]
    fn an_unfinished_word_is_measured_by_its_beginning() {
        assert_eq!(typos("ket", "kettle", true), Some(0));
        assert_eq!(typos("porcl", "porcelain", true), Some(1));
        assert_eq!(typos("porcl", "porcelain", false), None);
    }

    #[test]
    fn short_words_must_be_right() {
        assert_eq!(
            ["mug", "vase", "blanket", "aluminum", "öööö"].map(typos_allowed),
            [0, 1, 1, 2, 1]
        );
    }
}
