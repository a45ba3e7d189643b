//! What groups, companies and catalogs are called, and how staff find them by it.

use sea_orm::{ColumnTrait, Condition};

use crate::{ErrorCode, Refusal, language::messages, sql, text};

const QUERY_LENGTH_MAX: usize = 100;

const NAME_LENGTH_MAX: usize = 100;

const NOTE_LENGTH_MAX: usize = 1_000;

const CODE_LENGTH_MAX: usize = 60;

/// Restricts a list of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamedFilter {
    /// A part of the name (of a group, or of its code).
    pub query: Option<String>,
    /// Those that were deleted, and no others.
    pub deleted: bool,
}

impl NamedFilter {
    /// As a condition on the columns that are searched, and the one that says whether a row was deleted.
    ///
    /// # Errors
    /// Refuses a query that is too long.
    pub(crate) fn condition<C: ColumnTrait>(&self, searched: &[C], deleted_at: C) -> Result<Condition, Refusal> {
        let query = text::optional_line(&["query"], self.query.as_deref(), QUERY_LENGTH_MAX)?;
        let words = query.map(|query| {
            let held = searched.iter().map(|column| sql::contains(*column, &query));
            held.fold(Condition::any(), Condition::add)
        });
        let there = match self.deleted {
            true => deleted_at.is_not_null(),
            false => deleted_at.is_null(),
        };
        Ok(Condition::all().add(there).add_option(words))
    }
}

pub(super) fn name(text: &str) -> Result<String, Refusal> {
    text::line(&["name"], text, NAME_LENGTH_MAX)
}

pub(super) fn note(text: Option<&str>) -> Result<Option<String>, Refusal> {
    text::optional_paragraph(&["note"], text, NOTE_LENGTH_MAX)
}

/// A code as it was given, or one made of the name.
pub(super) fn code(given: Option<&str>, name: &str) -> Result<String, Refusal> {
    let code = match given {
        Some(given) => text::code(given).to_ascii_lowercase(),
        None => made_of(name),
    };
    let is_good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    if (1..=CODE_LENGTH_MAX).contains(&code.len()) && code.chars().all(is_good) {
        return Ok(code);
    }
    let message = messages::group_code_form(CODE_LENGTH_MAX);
    Err(Refusal::new(ErrorCode::Invalid, message).at(&["code"]))
}

fn made_of(name: &str) -> String {
    let plain = text::slug::slugify(name);
    let words = plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let code = words.collect::<Vec<_>>().join("-");
    let short: String = code.chars().take(CODE_LENGTH_MAX).collect();
    short.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_made_of_the_name_unless_it_is_given() {
        assert_eq!(code(None, "Crème & Co. (night)").as_deref(), Ok("creme-co-night"));
        assert_eq!(code(Some("VIP_2"), "x").as_deref(), Ok("vip_2"));
        assert_eq!(code(None, &"long ".repeat(30)).map(|code| code.len() <= 60), Ok(true));
        for (given, name) in [(None, "夜"), (Some(""), "Night"), (Some("a b"), "x"), (Some("é"), "x")] {
            assert!(code(given, name).is_err(), "{given:?} {name}");
        }
    }
}
