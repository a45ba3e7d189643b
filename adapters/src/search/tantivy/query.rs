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
        SearchRequest, Synonyms, named,
        one_variant::{self, Way},
        synonyms::leads_to,
    },
    words::{analysis::Asked as Word, fold, is_unspaced, pieces},
};
use vitrine_entity::ids::{CollectionId, ProductId};

use super::{
    schema::{Fields, Searched},
    typos::{self, Misspelt},
};
use crate::search::words::{query_words, value_key};

const WORD: Score = 1_000_000.0;
const TYPO: Score = 13_000.0;
const NEIGHBOURS: Score = 1_300.0;
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
    let mut clauses = filter_clauses(fields, request);
    let asked = TextQuery {
        searcher,
        searched: fields.searched(request.language, request.within_words),
        titles: fields.titles(request.language),
    };
    let synonyms = Asked {
        table: synonyms,
        tag: request.spoken.as_deref(),
    };
    match asked.of(&words(request), &synonyms)? {
        Some(text) => clauses.push(text),
        None if request.text.trim().is_empty() => clauses.push(Box::new(AllQuery)),
        None => return Ok(None),
    }
    let mut clauses: Vec<_> = clauses.into_iter().map(|clause| (Occur::Must, clause)).collect();
    if !request.filter.except.is_empty() {
        clauses.push((Occur::MustNot, with_ids(fields, &request.filter.except)));
    }
    if !request.filter.not_held_by.is_empty() {
        clauses.push((Occur::MustNot, held_by(fields, &request.filter.not_held_by)));
    }
    Ok(Some(Box::new(BooleanQuery::new(clauses))))
}

fn words(request: &SearchRequest) -> Vec<Word> {
    let words = query_words(&request.text);
    let as_typed = |word: &String| Word {
        typed: fold(word),
        form: fold(word),
    };
    match request.language {
        Some(language) => language.asked(&words),
        None => words.iter().map(as_typed).collect(),
    }
}

/// What is looked for of a word: itself, and its form where that is another.
fn texts(word: &Word) -> Vec<&str> {
    match word.typed == word.form {
        true => vec![&word.typed],
        false => vec![&word.typed, &word.form],
    }
}

/// Where words are looked for.
struct TextQuery<'a> {
    searcher: &'a Searcher,
    searched: Vec<Searched>,
    titles: Vec<Field>,
}

impl TextQuery<'_> {
    /// The fields that are looked at, with what a match there is worth: the more it matters, the higher.
    fn places(&self) -> impl Iterator<Item = (&Searched, Score)> {
        let places = self.searched.iter().rev().enumerate();
        places.map(|(place, searched)| (searched, FIELD * place as Score))
    }

    /// Requires the first word, or what stands for it. Each further word counts only where all before it match, so
    /// they are nested from the last to the first.
    fn of(&self, words: &[Word], synonyms: &Asked<'_>) -> tantivy::Result<Option<BoxedQuery>> {
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
                clauses.push((Occur::Should, self.neighbours(word, next)));
            }
            let mut ways: Vec<BoxedQuery> = vec![Box::new(BooleanQuery::new(clauses))];
            for end in index + 1..=words.len().min(index + TERM_WORDS_MAX) {
                let these = &words[index..end];
                let terms = synonyms.of(these);
                if !terms.is_empty() {
                    let first = self.synonym_query(&terms, these.len());
                    ways.push(Box::new(BooleanQuery::new(with_rest(first, &rests[end]))));
                }
                if these.len() > 1 && !these.iter().any(|word| word.typed.contains(is_unspaced)) {
                    let first = self.joined_query(these, unfinished(end));
                    ways.push(Box::new(BooleanQuery::new(with_rest(first, &rests[end]))));
                }
            }
            rests[index] = Some(Box::new(DisjunctionMaxQuery::new(ways)));
        }
        Ok(rests.swap_remove(0))
    }

    /// Two words that stand one after the other in a title, as they were typed or by their forms.
    fn neighbours(&self, word: &Word, next: &Word) -> BoxedQuery {
        let pieces_of = |word: &str, next: &str| [pieces(word), pieces(next)].concat();
        let pairs = [pieces_of(&word.typed, &next.typed), pieces_of(&word.form, &next.form)];
        let ways = self.titles.iter().flat_map(|title| {
            let phrases = pairs.iter().map(|pair| phrase(*title, pair, NEIGHBOURS));
            phrases.collect::<Vec<_>>()
        });
        Box::new(DisjunctionMaxQuery::new(ways.collect::<Vec<_>>()))
    }

    /// Finds any of these terms in any field, for so many words that were typed. What was typed itself stands above, as a
    /// finished word.
    fn synonym_query(&self, terms: &[&String], words: usize) -> BoxedQuery {
        let mut ways: Vec<BoxedQuery> = Vec::new();
        for (searched, place) in self.places() {
            let score = WORD * words as Score + place;
            for term in terms {
                let term: Vec<String> = term.split(' ').flat_map(pieces).collect();
                ways.push(phrase(searched.field, &term, score));
            }
        }
        Box::new(DisjunctionMaxQuery::new(ways))
    }

    /// Finds words that were typed apart, written as one.
    fn joined_query(&self, words: &[Word], unfinished: bool) -> BoxedQuery {
        let typed: String = words.iter().map(|word| word.typed.as_str()).collect();
        let formed: String = words.iter().map(|word| word.form.as_str()).collect();
        let joined = if typed == formed {
            vec![typed]
        } else {
            vec![typed, formed]
        };
        let mut ways: Vec<BoxedQuery> = Vec::new();
        for (searched, place) in self.places() {
            let score = WORD * words.len() as Score + place;
            for joined in &joined {
                let term = Term::from_field_text(searched.field, joined);
                if unfinished {
                    ways.push(scored(FuzzyTermQuery::new_prefix(term, 0, true), score));
                } else {
                    ways.push(scored(TermQuery::new(term, IndexRecordOption::Basic), score));
                }
            }
        }
        Box::new(DisjunctionMaxQuery::new(ways))
    }

    /// Finds a word in any field, and scores it by the best of its matches.
    fn word_query(&self, word: &Word, unfinished: bool) -> tantivy::Result<BoxedQuery> {
        let mut ways: Vec<BoxedQuery> = Vec::new();
        for text in texts(word) {
            let pieces = pieces(text);
            let finished = if text == word.typed { FINISHED } else { 0.0 };
            for (searched, place) in self.places() {
                let base = WORD + place;
                ways.push(phrase(searched.field, &pieces, base + finished));
                if pieces.len() == 1 && (unfinished || searched.is_within) {
                    let term = Term::from_field_text(searched.field, text);
                    ways.push(scored(FuzzyTermQuery::new_prefix(term, 0, true), base));
                }
            }
            if pieces.len() == 1 {
                self.add_misspelt(text, unfinished, &mut ways)?;
            }
        }
        Ok(Box::new(DisjunctionMaxQuery::new(ways)))
    }

    fn add_misspelt(&self, text: &str, unfinished: bool, ways: &mut Vec<BoxedQuery>) -> tantivy::Result<()> {
        let with_typos = self.searched.iter().filter(|searched| !searched.is_exact);
        let with_typos = with_typos.map(|searched| searched.field);
        for Misspelt { field, typos, terms } in typos::misspelt(self.searcher, with_typos, text, unfinished)? {
            let place = self.places().find(|(searched, _)| searched.field == field);
            let place = place.map_or(0.0, |(_, place)| place);
            let score = WORD + place - TYPO * Score::from(typos);
            ways.push(scored(TermSetQuery::new(terms), score));
        }
        Ok(())
    }
}

/// The synonyms of a search's language.
struct Asked<'a> {
    table: &'a Synonyms,
    tag: Option<&'a str>,
}

impl<'a> Asked<'a> {
    /// What stands for words that were typed, or else for their forms.
    fn of(&self, words: &[Word]) -> Vec<&'a String> {
        let typed: Vec<&str> = words.iter().map(|word| word.typed.as_str()).collect();
        let forms: Vec<&str> = words.iter().map(|word| word.form.as_str()).collect();
        let known = [typed, forms].map(|words| leads_to(self.table, self.tag, &words.join(" ")));
        known.into_iter().find(|terms| !terms.is_empty()).unwrap_or_default()
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
fn filter_clauses(fields: &Fields, request: &SearchRequest) -> Vec<BoxedQuery> {
    let filter = &request.filter;
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
    clauses.extend(price_clause(fields, request));
    let ways: Vec<BoxedQuery> = one_variant::ways(filter)
        .iter()
        .map(|way| way_query(fields, way))
        .collect();
    if !ways.is_empty() {
        clauses.push(scored(BooleanQuery::union(ways), 0.0));
    }
    if !filter.held_by.is_empty() {
        clauses.push(held_by(fields, &filter.held_by));
    }
    clauses.extend(filter.only.as_deref().map(|ids| with_ids(fields, ids)));
    clauses
}

/// Bounds of the price. What is asked for in another currency than the shop's own must have a price in it.
fn price_clause(fields: &Fields, request: &SearchRequest) -> Option<BoxedQuery> {
    let (min, max) = (request.filter.price_min_minor, request.filter.price_max_minor);
    let min = min.or(request.currency.map(|_| 0));
    if min.is_none() && max.is_none() {
        return None;
    }
    let price = fields.price(request.currency);
    let bound = |minor: Option<i64>| {
        minor.map_or(Bound::Unbounded, |minor| {
            Bound::Included(Term::from_field_i64(price, minor))
        })
    };
    Some(scored(RangeQuery::new(bound(min), bound(max)), 0.0))
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

fn held_by(fields: &Fields, collections: &[CollectionId]) -> BoxedQuery {
    let terms = collections
        .iter()
        .map(|id| Term::from_field_text(fields.held_by, &id.to_string()));
    scored(TermSetQuery::new(terms), 0.0)
}

fn with_ids(fields: &Fields, ids: &[ProductId]) -> BoxedQuery {
    scored(TermSetQuery::new(ids.iter().map(|id| fields.id_term(*id))), 0.0)
}

fn scored(query: impl Query, score: Score) -> BoxedQuery {
    Box::new(ConstScoreQuery::new(Box::new(query), score))
}
