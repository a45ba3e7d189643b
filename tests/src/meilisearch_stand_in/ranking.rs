//! Which documents have the words, and which of them come first.
//!
//! As Meilisearch's `matchingStrategy: last`: the first word must be there, the others count as
//! far as they are there without a gap. What stands in quotes is a phrase, whose words stand one after the other as they are.
//! Forbidden words are unknown here: our adapter sends none.

use std::cmp::Ordering;

use serde_json::Value;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::store::Index;

const DISTANCE_MAX: usize = 8;

/// The documents found, in order. `sort` holds attributes, and whether they descend.
pub(super) fn rank<'a>(
    index: &Index,
    text: &str,
    searchable: Vec<&str>,
    sort: &[(&str, bool)],
    documents: Vec<&'a Value>,
) -> Vec<&'a Value> {
    let readings = readings(index, text);
    let exact = &index.settings["typoTolerance"]["disableOnAttributes"];
    let rules = index.texts("rankingRules");
    let order = |a: &Found<'_>, b: &Found<'_>| {
        let by_value = |(name, descends): (&str, bool)| by_value(a.document, b.document, name, descends);
        let by_rule = |rule: &&str| match *rule {
            "words" => b.words.cmp(&a.words),
            "typo" => a.typos.cmp(&b.typos),
            "proximity" => a.distance.cmp(&b.distance),
            "attribute" => a.fields.cmp(&b.fields),
            "exactness" => b.finished.cmp(&a.finished),
            "sort" => first_difference(sort.iter().map(|rule| by_value(*rule))),
            custom => custom
                .split_once(':')
                .map_or(Ordering::Equal, |(name, way)| by_value((name, way == "desc"))),
        };
        first_difference(rules.iter().map(by_rule))
    };
    let found = documents.into_iter().filter_map(|document| {
        let names: Vec<&str> = match document.as_object() {
            Some(all) if searchable == ["*"] => all.keys().map(String::as_str).collect(),
            _ => searchable.clone(),
        };
        let fields = names.into_iter().map(|name| Field {
            words: values(document, name)
                .into_iter()
                .filter_map(Value::as_str)
                .flat_map(words)
                .collect(),
            is_exact: exact.as_array().is_some_and(|exact| exact.contains(&Value::from(name))),
        });
        let fields: Vec<Field> = fields.collect();
        let found = readings.iter().filter_map(|terms| find(terms, &fields, document));
        found.min_by(order)
    });
    let mut found: Vec<Found<'a>> = found.collect();
    found.sort_by(order);
    found.into_iter().map(|found| found.document).collect()
}

fn first_difference(mut orders: impl Iterator<Item = Ordering>) -> Ordering {
    orders.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// What is without the value comes last, either way.
fn by_value(a: &Value, b: &Value, name: &str, descends: bool) -> Ordering {
    let (a, b) = (values(a, name).first().copied(), values(b, name).first().copied());
    let (Some(a), Some(b)) = (a, b) else {
        return a.is_none().cmp(&b.is_none());
    };
    let order = match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ => a.as_str().cmp(&b.as_str()),
    };
    if descends { order.reverse() } else { order }
}

/// A word that is looked for, or a synonym of some.
#[derive(Clone)]
struct Term {
    words: Vec<String>,
    may_be_unfinished: bool,
    typos_max: usize,
    /// How many words were typed for it, where it is a synonym.
    stands_for: Option<usize>,
}

/// A text's words, and its phrases as one each.
fn typed(text: &str) -> Vec<(Vec<String>, bool)> {
    let parts = text.split('"').enumerate();
    let parts = parts.flat_map(|(place, part)| match place % 2 {
        0 => words(part).into_iter().map(|word| (vec![word], false)).collect(),
        _ => vec![(words(part), true)],
    });
    parts.filter(|(words, _)| !words.is_empty()).collect()
}

/// Every way to read a text: its own words and phrases, and each word, or up to three together, as their synonyms or as one.
fn readings(index: &Index, text: &str) -> Vec<Vec<Term>> {
    let typed = typed(text);
    let may_be_unfinished = text.ends_with(char::is_alphanumeric);
    // How the rest may be read, from each word on.
    let mut rests: Vec<Vec<Vec<Term>>> = vec![Vec::new(); typed.len() + 1];
    rests[typed.len()] = vec![Vec::new()];
    for place in (0..typed.len()).rev() {
        let first = match &typed[place] {
            (phrase, true) => Term {
                words: phrase.clone(),
                may_be_unfinished: false,
                typos_max: 0,
                stands_for: Some(1),
            },
            (only, _) => word(index, &only[0], may_be_unfinished && place + 1 == typed.len()),
        };
        let mut firsts = vec![(place + 1, first)];
        for end in place + 1..=typed.len().min(place + 3) {
            if typed[place..end].iter().any(|(_, is_phrase)| *is_phrase) {
                break;
            }
            let together: Vec<&str> = typed[place..end].iter().map(|(words, _)| words[0].as_str()).collect();
            if end > place + 1 {
                let joined = Term {
                    words: vec![together.concat()],
                    may_be_unfinished: false,
                    typos_max: 0,
                    stands_for: Some(end - place),
                };
                firsts.push((end, joined));
            }
            let synonyms = index.settings["synonyms"][together.join(" ")].as_array();
            for synonym in synonyms.into_iter().flatten().filter_map(Value::as_str) {
                let term = Term {
                    words: words(synonym),
                    may_be_unfinished: false,
                    typos_max: 0,
                    stands_for: Some(end - place),
                };
                firsts.push((end, term));
            }
        }
        rests[place] = firsts
            .iter()
            .flat_map(|(end, first)| {
                let rests = rests[*end].iter();
                rests.map(move |rest| std::iter::once(first).chain(rest).cloned().collect())
            })
            .collect();
    }
    rests.swap_remove(0)
}

fn word(index: &Index, word: &str, may_be_unfinished: bool) -> Term {
    let sizes = &index.settings["typoTolerance"]["minWordSizeForTypos"];
    let is_at_least = |name: &str| word.chars().count() as u64 >= sizes[name].as_u64().unwrap_or(u64::MAX);
    Term {
        typos_max: usize::from(is_at_least("oneTypo")) + usize::from(is_at_least("twoTypos")),
        may_be_unfinished,
        words: vec![word.to_owned()],
        stands_for: None,
    }
}

struct Field {
    words: Vec<String>,
    is_exact: bool,
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

fn find<'a>(terms: &[Term], fields: &[Field], document: &'a Value) -> Option<Found<'a>> {
    let matches = terms.iter().map(|term| matches(term, fields));
    let matches: Vec<Vec<Match>> = matches.take_while(|matches| !matches.is_empty()).collect();
    if matches.is_empty() && !terms.is_empty() {
        return None;
    }
    let mut found = Found {
        document,
        words: terms[..matches.len()]
            .iter()
            .map(|term| term.stands_for.unwrap_or(1))
            .sum(),
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

fn matches(term: &Term, fields: &[Field]) -> Vec<Match> {
    let mut matches = Vec::new();
    for (field, Field { words, is_exact }) in fields.iter().enumerate() {
        for place in 0..words.len() {
            let typos_max = if *is_exact { 0 } else { term.typos_max };
            let typos = typos_at(term, &words[place..]).filter(|typos| *typos <= typos_max);
            let finished = term.stands_for.is_none() && term.words[0] == words[place];
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

/// The typos of a term where a text begins; a synonym has none, and its words stand one after the other.
fn typos_at(term: &Term, text: &[String]) -> Option<usize> {
    match term.stands_for {
        Some(_) => text.starts_with(&term.words).then_some(0),
        None => typos(&term.words[0], text.first()?, term.may_be_unfinished),
    }
}

fn distance(of_term: &[Match], of_next: &[Match]) -> usize {
    let pairs = of_term.iter().flat_map(|a| {
        let in_field = of_next.iter().filter(|b| b.field == a.field);
        in_field.map(|b| {
            if b.place > a.place {
                b.place - a.place
            } else {
                a.place - b.place + 1
            }
        })
    });
    pairs.min().unwrap_or(DISTANCE_MAX).min(DISTANCE_MAX)
}

/// The words of a text without case and accents.
fn words(text: &str) -> Vec<String> {
    let folded: String = text
        .to_lowercase()
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .collect();
    let words = folded
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// A value as filters compare it.
pub(super) fn value_key(value: &str) -> String {
    value.trim().nfkd().collect::<String>().to_lowercase()
}

/// The values of an attribute of a document, lists taken apart.
pub(super) fn values<'a>(document: &'a Value, attribute: &str) -> Vec<&'a Value> {
    match document.get(attribute) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => list.iter().collect(),
        Some(value) => vec![value],
    }
}

/// The typos between a word typed and a word known: letters inserted, left out, replaced, swapped.
/// Where it may be unfinished, to the nearest beginning of the known word. A wrong first letter counts
/// twice and is all the typos that a word may have.
fn typos(typed: &str, known: &str, may_be_unfinished: bool) -> Option<usize> {
    let (typed, known): (Vec<char>, Vec<char>) = (typed.chars().collect(), known.chars().collect());
    let mut table = vec![vec![0; known.len() + 1]; typed.len() + 1];
    for (row, column) in (0..=typed.len()).flat_map(|row| (0..=known.len()).map(move |column| (row, column))) {
        table[row][column] = if row == 0 || column == 0 {
            row + column
        } else {
            let same = typed[row - 1] == known[column - 1];
            let mut least = (table[row - 1][column - 1] + usize::from(!same))
                .min(table[row - 1][column] + 1)
                .min(table[row][column - 1] + 1);
            if row > 1 && column > 1 && typed[row - 1] == known[column - 2] && typed[row - 2] == known[column - 1] {
                least = least.min(table[row - 2][column - 2] + 1);
            }
            least
        };
    }
    let last = table.last()?;
    let distance = if may_be_unfinished {
        last.iter().min()
    } else {
        last.last()
    };
    match (typed.first() == known.first(), *distance?) {
        (true, distance) => Some(distance),
        (false, 1) => Some(2),
        (false, _) => None,
    }
}
