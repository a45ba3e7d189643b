//! From what is asked to tantivy's queries. Text never meets a query parser.
//!
//! A score is a whole number, exact in the 24 bits of an `f32`, whose parts cannot overtake each
//! other: how many of the words match; then how few typos they have; then how many neighbours in
//! the text are neighbours in the title; then the fields they are found in; then how many of them
//! are finished words.

use std::ops::Bound;

use tantivy::{
    Score, Searcher, Term,
    query::{
        AllQuery, BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, FuzzyTermQuery, Occur, PhraseQuery,
        Query, RangeQuery, TermQuery, TermSetQuery,
    },
    schema::{Field, IndexRecordOption},
};
use vitrine_commerce::{
    ports::search::{
        SearchFilter, SearchRequest, Synonyms, named,
        one_variant::{self, Way},
    },
    words::{fold, is_unspaced, pieces},
};
use vitrine_entity::ids::ProductId;

use super::{
    schema::Fields,
    typos::{self, Misspelt},
};
use crate::search::words::{query_words, value_key};

const WORD: Score = 1_000_000.0;
const TYPO: Score = 10_000.0;
const NEIGHBOURS: Score = 900.0;
const FIELD: Score = 11.0;
const FINISHED: Score = 1.0;

/// How many words of a query may together be a term that has synonyms, or be written as one; Meilisearch's own limit.
const TERM_WORDS_MAX: usize = 3;

type BoxedQuery = Box<dyn Query>;

/// `None` when nothing can match.
pub(super) fn build(
    searcher: &Searcher,
    fields: &Fields,
    request: &SearchRequest,
    synonyms: &Synonyms,
) -> tantivy::Result<Option<BoxedQuery>> {
    let mut clauses = filter_clauses(fields, &request.filter);
    let words: Vec<String> = query_words(&request.text).iter().map(|word| fold(word)).collect();
    let asked = Asked {
        searcher,
        fields,
        within_words: request.within_words,
    };
    match asked.text_query(&words, synonyms)? {
        Some(text) => clauses.push(text),
        None if request.text.trim().is_empty() => clauses.push(Box::new(AllQuery)),
        None => return Ok(None),
    }
    let mut clauses: Vec<_> = clauses.into_iter().map(|clause| (Occur::Must, clause)).collect();
    if !request.filter.except.is_empty() {
        clauses.push((Occur::MustNot, with_ids(fields, &request.filter.except)));
    }
    Ok(Some(Box::new(BooleanQuery::new(clauses))))
}

/// Where words are looked for.
struct Asked<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    within_words: bool,
}

impl Asked<'_> {
    /// The fields that are looked at, with their places: the more a match matters, the higher.
    fn texts(&self) -> impl Iterator<Item = (Field, Score)> {
        let texts = self.fields.text.into_iter().rev().enumerate();
        let wanted = texts.filter(|(_, field)| self.within_words || *field != self.fields.within());
        wanted.map(|(place, field)| (field, FIELD * place as Score))
    }

    /// Requires the first word, or what stands for it. Each further word counts only where all before it match, so
    /// they are nested from the last to the first.
    fn text_query(&self, words: &[String], synonyms: &Synonyms) -> tantivy::Result<Option<BoxedQuery>> {
        // What is looked for from each word on.
        let mut rests: Vec<Option<BoxedQuery>> = (0..=words.len()).map(|_| None).collect();
        let with_rest = |first: BoxedQuery, rest: &Option<BoxedQuery>| {
            let mut clauses = vec![(Occur::Must, first)];
            clauses.extend(rest.as_ref().map(|rest| (Occur::Should, rest.box_clone())));
            clauses
        };
        for (index, word) in words.iter().enumerate().rev() {
            let unfinished = |end: usize| end == words.len();
            let mut clauses = with_rest(self.word_query(word, unfinished(index + 1))?, &rests[index + 1]);
            if let Some(next) = words.get(index + 1) {
                let pair = [word, next]
                    .into_iter()
                    .flat_map(|word| pieces(word))
                    .collect::<Vec<_>>();
                clauses.push((Occur::Should, phrase(self.fields.title(), &pair, NEIGHBOURS)));
            }
            let mut ways: Vec<BoxedQuery> = vec![Box::new(BooleanQuery::new(clauses))];
            for end in index + 1..=words.len().min(index + TERM_WORDS_MAX) {
                let typed = &words[index..end];
                if let Some(terms) = synonyms.get(&typed.join(" ")) {
                    let first = self.synonym_query(terms, end - index);
                    ways.push(Box::new(BooleanQuery::new(with_rest(first, &rests[end]))));
                }
                if typed.len() > 1 && !typed.iter().any(|word| word.contains(is_unspaced)) {
                    let first = self.joined_query(&typed.concat(), end - index, unfinished(end));
                    ways.push(Box::new(BooleanQuery::new(with_rest(first, &rests[end]))));
                }
            }
            rests[index] = Some(Box::new(DisjunctionMaxQuery::new(ways)));
        }
        Ok(rests.swap_remove(0))
    }

    /// Finds any of these terms in any field, for so many words that were typed. What was typed itself stands above, as a
    /// finished word.
    fn synonym_query(&self, terms: &[String], words: usize) -> BoxedQuery {
        let mut ways: Vec<BoxedQuery> = Vec::new();
        for (field, place) in self.texts() {
            let score = WORD * words as Score + place;
            for term in terms {
                let term: Vec<String> = term.split(' ').flat_map(pieces).collect();
                ways.push(phrase(field, &term, score));
            }
        }
        Box::new(DisjunctionMaxQuery::new(ways))
    }

    /// Finds words that were typed apart, written as one.
    fn joined_query(&self, joined: &str, words: usize, unfinished: bool) -> BoxedQuery {
        let mut ways: Vec<BoxedQuery> = Vec::new();
        for (field, place) in self.texts() {
            let score = WORD * words as Score + place;
            let term = Term::from_field_text(field, joined);
            if unfinished {
                ways.push(scored(FuzzyTermQuery::new_prefix(term, 0, true), score));
            } else {
                ways.push(scored(TermQuery::new(term, IndexRecordOption::Basic), score));
            }
        }
        Box::new(DisjunctionMaxQuery::new(ways))
    }

    /// Finds a word in any field, and scores it by the best of its matches.
    fn word_query(&self, word: &str, unfinished: bool) -> tantivy::Result<BoxedQuery> {
        let mut ways: Vec<BoxedQuery> = Vec::new();
        let pieces = pieces(word);
        for (field, place) in self.texts() {
            let base = WORD + place;
            ways.push(phrase(field, &pieces, base + FINISHED));
            // Of what ends within a word, it is a beginning.
            if pieces.len() == 1 && (unfinished || field == self.fields.within()) {
                let term = Term::from_field_text(field, word);
                ways.push(scored(FuzzyTermQuery::new_prefix(term, 0, true), base));
            }
        }
        if pieces.len() > 1 {
            return Ok(Box::new(DisjunctionMaxQuery::new(ways)));
        }
        let fields = self.fields;
        let is_exact = |field: Field| field == fields.skus() || fields.is_spelled_otherwise(field);
        let with_typos = fields.text.into_iter().filter(|field| !is_exact(*field));
        for Misspelt { field, typos, terms } in typos::misspelt(self.searcher, with_typos, word, unfinished)? {
            let place = fields.text.iter().rev().position(|text| *text == field).unwrap_or(0);
            let score = WORD + FIELD * place as Score - TYPO * Score::from(typos);
            ways.push(scored(TermSetQuery::new(terms), score));
        }
        Ok(Box::new(DisjunctionMaxQuery::new(ways)))
    }
}

/// Pieces that stand one after the other, or a single one.
fn phrase(field: Field, pieces: &[String], score: Score) -> BoxedQuery {
    let terms: Vec<Term> = pieces.iter().map(|piece| Term::from_field_text(field, piece)).collect();
    match &terms[..] {
        [] => Box::new(EmptyQuery),
        [term] => scored(TermQuery::new(term.clone(), IndexRecordOption::Basic), score),
        _ => scored(PhraseQuery::new(terms), score),
    }
}

/// Every clause must hold; none adds to the score.
fn filter_clauses(fields: &Fields, filter: &SearchFilter) -> Vec<BoxedQuery> {
    let mut clauses: Vec<BoxedQuery> = Vec::new();
    let mut any_of = |field: Field, values: Vec<String>| {
        if !values.is_empty() {
            let terms = values
                .iter()
                .map(|value| Term::from_field_text(field, &value_key(value)));
            clauses.push(scored(TermSetQuery::new(terms), 0.0));
        }
    };
    any_of(fields.category.key, filter.categories.clone());
    any_of(fields.collection.key, filter.collections.clone());
    any_of(fields.vendor.key, filter.vendors.clone());
    any_of(fields.tag.key, filter.tags.clone());
    for (name, values) in &filter.attributes {
        any_of(
            fields.attribute.key,
            values.iter().map(|value| named(name, value)).collect(),
        );
    }
    if let Some(in_stock) = filter.in_stock {
        let term = Term::from_field_bool(fields.in_stock, in_stock);
        clauses.push(scored(TermQuery::new(term, IndexRecordOption::Basic), 0.0));
    }
    if filter.price_min_minor.is_some() || filter.price_max_minor.is_some() {
        let bound = |price: Option<i64>| {
            price.map_or(Bound::Unbounded, |price| {
                Bound::Included(Term::from_field_i64(fields.price, price))
            })
        };
        let range = RangeQuery::new(bound(filter.price_min_minor), bound(filter.price_max_minor));
        clauses.push(scored(range, 0.0));
    }
    let ways: Vec<BoxedQuery> = one_variant::ways(filter)
        .iter()
        .map(|way| way_query(fields, way))
        .collect();
    if !ways.is_empty() {
        clauses.push(scored(BooleanQuery::union(ways), 0.0));
    }
    clauses.extend(filter.only.as_deref().map(|ids| with_ids(fields, ids)));
    clauses
}

/// One way in which a product may hold the filter.
fn way_query(fields: &Fields, way: &Way) -> BoxedQuery {
    let any_of = |field: Field, values: &[String]| {
        let terms = values
            .iter()
            .map(|value| Term::from_field_text(field, &value_key(value)));
        scored(TermSetQuery::new(terms), 0.0)
    };
    let mut clauses: Vec<BoxedQuery> = way
        .own
        .iter()
        .map(|values| any_of(fields.own_attribute, values))
        .collect();
    if !way.sets.is_empty() {
        clauses.push(any_of(fields.variant_set, &way.sets));
    }
    if way.in_stock {
        let term = Term::from_field_bool(fields.in_stock, true);
        clauses.push(scored(TermQuery::new(term, IndexRecordOption::Basic), 0.0));
    }
    Box::new(BooleanQuery::intersection(clauses))
}

fn with_ids(fields: &Fields, ids: &[ProductId]) -> BoxedQuery {
    scored(TermSetQuery::new(ids.iter().map(|id| fields.id_term(*id))), 0.0)
}

fn scored(query: impl Query, score: Score) -> BoxedQuery {
    Box::new(ConstScoreQuery::new(Box::new(query), score))
}
