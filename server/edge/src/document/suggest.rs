//! What somebody may have meant who asked for a field that is not there. For development only: it
//! would tell a stranger, name by name, what the schema holds.

use super::language::Language;

/// The longest name that is compared.
const NAME_LENGTH_MAX: usize = 40;

/// A sentence for apollo-compiler's message of a field that a type does not have.
pub(super) fn for_message(language: &Language, message: &str) -> Option<String> {
    let (type_name, field) = message
        .strip_prefix("type `")?
        .strip_suffix('`')?
        .split_once("` does not have a field `")?;
    let fields = language.fields(type_name).into_iter();
    let near = fields.filter_map(|name| Some((distance(field, name)?, name)));
    let (_, name) = near.min().filter(|(distance, _)| *distance <= field.len() / 3 + 1)?;
    Some(format!(" Did you mean `{name}`?"))
}

/// How many letters have to be added, removed or replaced.
fn distance(from: &str, to: &str) -> Option<usize> {
    if from.len().max(to.len()) > NAME_LENGTH_MAX {
        return None;
    }
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (at, letter) in from.bytes().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (other, meant) in to.bytes().enumerate() {
            let replaced = diagonal + usize::from(!letter.eq_ignore_ascii_case(&meant));
            diagonal = row[other + 1];
            row[other + 1] = replaced.min(diagonal + 1).min(row[other] + 1);
        }
    }
    row.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_letters_that_differ() {
        let cases = [
            ("helo", "hello", 1),
            ("name", "Name", 0),
            ("titel", "title", 2),
            ("", "abc", 3),
        ];
        for (from, to, expected) in cases {
            assert_eq!(distance(from, to), Some(expected), "{from} {to}");
        }
        assert_eq!(distance(&"x".repeat(41), "x"), None);
    }
}
