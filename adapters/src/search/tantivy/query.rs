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
        AllQuery, BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, PhraseQuery, Query,
        RangeQuery, TermQuery, TermSetQuery,
    },
    schema::{Field, IndexRecordOption},
};
use vitrine_commerce::ports::search::{SearchFilter, SearchRequest};

use super::{
    schema::Fields,
    typos::{self, Misspelt},
};
use crate::search::words::{fold, query_words, value_key};

const WORD: Score = 1_000_000.0;
const TYPO: Score = 10_000.0;
const NEIGHBOURS: Score = 600.0;
const FIELD: Score = 11.0;
const FINISHED: Score = 1.0;

type BoxedQuery = Box<dyn Query>;

/// `None` when nothing can match.
pub(super) fn build(
    searcher: &Searcher,
    fields: &Fields,
    request: &SearchRequest,
) -> tantivy::Result<Option<BoxedQuery>> {
    let mut clauses = filter_clauses(fields, &request.filter);
    let words: Vec<String> = query_words(&request.text).iter().map(|word| fold(word)).collect();
    match text_query(searcher, fields, &words)? {
        Some(text) => clauses.push(text),
        None if request.text.trim().is_empty() => clauses.push(Box::new(AllQuery)),
        None => return Ok(None),
    }
    Ok(Some(Box::new(BooleanQuery::intersection(clauses))))
}

/// Requires the first word. Each further word counts only where all before it match, so they are
/// nested from the last to the first.
fn text_query(searcher: &Searcher, fields: &Fields, words: &[String]) -> tantivy::Result<Option<BoxedQuery>> {
    let mut rest: Option<BoxedQuery> = None;
    for (index, word) in words.iter().enumerate().rev() {
        let mut clauses = vec![(
            Occur::Must,
            word_query(searcher, fields, word, index + 1 == words.len())?,
        )];
        clauses.extend(rest.map(|rest| (Occur::Should, rest)));
        if let Some(next) = words.get(index + 1) {
            let pair = [word, next]
                .map(|word| Term::from_field_text(fields.title(), word))
                .to_vec();
            clauses.push((Occur::Should, scored(PhraseQuery::new(pair), NEIGHBOURS)));
        }
        rest = Some(Box::new(BooleanQuery::new(clauses)));
    }
    Ok(rest)
}

/// Finds a word in any field, and scores it by the best of its matches.
fn word_query(searcher: &Searcher, fields: &Fields, word: &str, unfinished: bool) -> tantivy::Result<BoxedQuery> {
    let mut ways: Vec<BoxedQuery> = Vec::new();
    for (place, field) in fields.text.into_iter().rev().enumerate() {
        let base = WORD + FIELD * place as Score;
        let term = Term::from_field_text(field, word);
        ways.push(scored(
            TermQuery::new(term.clone(), IndexRecordOption::Basic),
            base + FINISHED,
        ));
        if unfinished {
            ways.push(scored(FuzzyTermQuery::new_prefix(term, 0, true), base));
        }
    }
    let fields_with_typos = fields.text.into_iter().filter(|field| *field != fields.skus());
    for Misspelt { field, typos, terms } in typos::misspelt(searcher, fields_with_typos, word, unfinished)? {
        let place = fields.text.iter().rev().position(|text| *text == field).unwrap_or(0);
        let score = WORD + FIELD * place as Score - TYPO * Score::from(typos);
        ways.push(scored(TermSetQuery::new(terms), score));
    }
    Ok(Box::new(DisjunctionMaxQuery::new(ways)))
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
            values.iter().map(|value| format!("{name}={value}")).collect(),
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
    clauses
}

fn scored(query: impl Query, score: Score) -> BoxedQuery {
    Box::new(ConstScoreQuery::new(Box::new(query), score))
}
