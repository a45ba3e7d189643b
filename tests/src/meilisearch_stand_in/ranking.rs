//! Which documents have the words, and which of them come first.
//!
//! As Meilisearch's `matchingStrategy: last`: the first word must be there, the others count as
//! far as they are there without a gap.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::{
    settings::texts,
    text::{typos, values, words},
};

const WORDS_MAX: usize = 10;
const DISTANCE_MAX: usize = 8;

/// Words and phrases to be found, and words that must not be.
#[derive(Default)]
pub(super) struct Query {
    terms: Vec<Term>,
    negative: Vec<String>,
}

struct Term {
    /// More than one for a phrase.
    words: Vec<String>,
    prefix: bool,
    typos_max: usize,
}

impl Query {
    /// `"…"` is a phrase, and `-` before a word forbids it.
    pub(super) fn parse(text: &str, settings: &Map<String, Value>) -> Self {
        let mut query = Self::default();
        let ends_in_word = text.ends_with(char::is_alphanumeric);
        for (place, part) in text.split('"').enumerate() {
            if place % 2 == 1 {
                query.terms.push(Term {
                    words: words(part),
                    prefix: false,
                    typos_max: 0,
                });
                continue;
            }
            for piece in part.split_whitespace() {
                match piece
                    .strip_prefix('-')
                    .filter(|word| word.starts_with(char::is_alphanumeric))
                {
                    Some(negative) => query.negative.extend(words(negative)),
                    None => query.terms.extend(words(piece).into_iter().map(|word| Term {
                        typos_max: typos_allowed(&word, settings),
                        words: vec![word],
                        prefix: false,
                    })),
                }
            }
        }
        query.terms.retain(|term| !term.words.is_empty());
        query.terms.truncate(WORDS_MAX);
        if let Some(last) = query
            .terms
            .last_mut()
            .filter(|term| ends_in_word && term.words.len() == 1)
        {
            last.prefix = true;
        }
        query
    }
}

fn typos_allowed(word: &str, settings: &Map<String, Value>) -> usize {
    let sizes = &settings["typoTolerance"]["minWordSizeForTypos"];
    let at_least = |name: &str| word.chars().count() >= sizes[name].as_u64().unwrap_or(u64::MAX) as usize;
    usize::from(at_least("oneTypo")) + usize::from(at_least("twoTypos"))
}

/// The documents found, in order.
pub(super) fn rank<'a>(
    settings: &Map<String, Value>,
    query: &Query,
    sort: &[(String, bool)],
    documents: Vec<&'a Value>,
) -> Vec<&'a Value> {
    let mut found: Vec<Found<'a>> = documents
        .into_iter()
        .filter_map(|document| find(settings, query, document))
        .collect();
    let rules = texts(settings, "rankingRules");
    found.sort_by(|a, b| {
        let by_rule = |rule: &&str| match *rule {
            "words" => b.words.cmp(&a.words),
            "typo" => a.typos.cmp(&b.typos),
            "proximity" => a.distance.cmp(&b.distance),
            "attribute" => a.fields.cmp(&b.fields),
            "exactness" => b.finished.cmp(&a.finished),
            "sort" => {
                let in_turn = sort
                    .iter()
                    .map(|(name, descending)| by_value(a.document, b.document, name, *descending));
                first_difference(in_turn)
            }
            custom => custom.rsplit_once(':').map_or(Ordering::Equal, |(name, direction)| {
                by_value(a.document, b.document, name, direction == "desc")
            }),
        };
        first_difference(rules.iter().map(by_rule))
    });
    found.into_iter().map(|found| found.document).collect()
}

fn first_difference(mut orders: impl Iterator<Item = Ordering>) -> Ordering {
    orders.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// What is without the value comes last, either way.
fn by_value(a: &Value, b: &Value, name: &str, descending: bool) -> Ordering {
    let (a, b) = (values(a, name).first().copied(), values(b, name).first().copied());
    let (Some(a), Some(b)) = (a, b) else {
        return a.is_none().cmp(&b.is_none());
    };
    let order = match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ => a.as_str().cmp(&b.as_str()),
    };
    if descending { order.reverse() } else { order }
}

/// A document, and how well the words fit.
struct Found<'a> {
    document: &'a Value,
    words: usize,
    typos: usize,
    distance: usize,
    /// The sum of the fields' places, the first being best.
    fields: usize,
    finished: usize,
}

/// A word of a document that fits a term.
struct Match {
    typos: usize,
    field: usize,
    place: usize,
    finished: bool,
}

fn find<'a>(settings: &Map<String, Value>, query: &Query, document: &'a Value) -> Option<Found<'a>> {
    let fields = fields(settings, document);
    let forbidden = |word: &String| query.negative.contains(word);
    if fields.iter().flat_map(|field| &field.words).any(forbidden) {
        return None;
    }
    let matches: Vec<Vec<Match>> = query
        .terms
        .iter()
        .map(|term| matches(term, &fields))
        .take_while(|matches| !matches.is_empty())
        .collect();
    if matches.is_empty() && !query.terms.is_empty() {
        return None;
    }
    let mut found = Found {
        document,
        words: matches.len(),
        typos: 0,
        distance: 0,
        fields: 0,
        finished: 0,
    };
    for (index, of_term) in matches.iter().enumerate() {
        let best = of_term
            .iter()
            .min_by_key(|found| (found.typos, found.field, !found.finished))?;
        found.typos += best.typos;
        found.fields += best.field;
        found.finished += usize::from(best.finished);
        found.distance += matches.get(index + 1).map_or(0, |next| distance(of_term, next));
    }
    Some(found)
}

struct Field {
    words: Vec<String>,
    exact: bool,
}

fn fields(settings: &Map<String, Value>, document: &Value) -> Vec<Field> {
    let searchable = texts(settings, "searchableAttributes");
    let names: Vec<&str> = match document.as_object() {
        Some(document) if searchable == ["*"] => document.keys().map(String::as_str).collect(),
        _ => searchable,
    };
    let exact = settings["typoTolerance"]["disableOnAttributes"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let field = |name: &str| Field {
        words: values(document, name)
            .into_iter()
            .filter_map(Value::as_str)
            .flat_map(words)
            .collect(),
        exact: exact.contains(&Value::from(name)),
    };
    names.into_iter().map(field).collect()
}

fn matches(term: &Term, fields: &[Field]) -> Vec<Match> {
    let mut matches = Vec::new();
    for (field, Field { words, exact }) in fields.iter().enumerate() {
        for (place, window) in words.windows(term.words.len()).enumerate() {
            let typos_max = if *exact { 0 } else { term.typos_max };
            let typos = match (&term.words[..], window) {
                ([typed], [known]) => typos(typed, known, term.prefix, typos_max),
                (phrase, window) => (phrase == window).then_some(0),
            };
            let finished = term.words == window;
            matches.extend(typos.map(|typos| Match {
                typos,
                field,
                place,
                finished,
            }));
        }
    }
    matches
}

fn distance(of_term: &[Match], of_next: &[Match]) -> usize {
    let pairs = of_term.iter().flat_map(|a| {
        of_next
            .iter()
            .filter(|b| b.field == a.field)
            .map(move |b| (a.place, b.place))
    });
    let between = |(a, b): (usize, usize)| if b > a { b - a } else { a - b + 1 };
    pairs.map(between).min().unwrap_or(DISTANCE_MAX).min(DISTANCE_MAX)
}
