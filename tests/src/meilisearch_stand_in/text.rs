//! Words, and how far they are from each other.

use serde_json::Value;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The words of a text without case and accents.
pub(super) fn words(text: &str) -> Vec<String> {
    let folded: String = text
        .to_lowercase()
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .collect();
    folded
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A value as filters compare it.
pub(super) fn value_key(value: &str) -> String {
    value.trim().nfkd().collect::<String>().to_lowercase()
}

/// The values at a dotted path of a document, lists taken apart.
pub(super) fn values<'a>(document: &'a Value, path: &str) -> Vec<&'a Value> {
    let found = path.split('.').try_fold(document, |value, name| value.get(name));
    match found {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => list.iter().collect(),
        Some(value) => vec![value],
    }
}

/// The typos between a word typed and a word known: letters inserted, left out, replaced, swapped.
/// With `prefix`, to the nearest beginning of the known word. A wrong first letter counts twice
/// and is all the typos a word may have. `None` for more than `allowed`.
pub(super) fn typos(typed: &str, known: &str, prefix: bool, allowed: usize) -> Option<usize> {
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
    let last = &table[typed.len()];
    let distance = if prefix {
        last.iter().min().copied()
    } else {
        last.last().copied()
    }?;
    let counted = match (typed.first() == known.first(), distance) {
        (true, distance) => distance,
        (false, 1) => 2,
        (false, _) => return None,
    };
    (counted <= allowed).then_some(counted)
}
