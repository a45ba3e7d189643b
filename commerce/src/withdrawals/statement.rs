//! In which words somebody withdraws: what the second step shows, what is kept, and what the confirmation repeats.

use vitrine_entity::order_line;

use crate::language::{Language, messages};

/// What is declared, checked.
pub(super) struct Said<'a> {
    pub(super) name: &'a str,
    pub(super) order_number: &'a str,
    pub(super) email: &'a str,
    /// `None`: the whole order, or what the details say.
    pub(super) lines: Option<&'a [(order_line::Model, i32)]>,
    pub(super) details: Option<&'a str>,
}

/// The wording, a sentence or a line of goods on each line.
pub(super) fn wording(said: &Said<'_>, language: &Language) -> String {
    let is_part = said.lines.is_some() || said.details.is_some();
    let opening = match is_part {
        true => messages::withdrawal_statement_part(said.name, said.order_number),
        false => messages::withdrawal_statement_whole(said.name, said.order_number),
    };
    let mut wording = vec![language.say(&opening)];
    for (line, quantity) in said.lines.unwrap_or_default() {
        let title = match line.variant_title.is_empty() {
            true => line.title.clone(),
            false => format!("{}, {}", line.title, line.variant_title),
        };
        wording.push(language.say(&messages::withdrawal_statement_line(*quantity, title)));
    }
    wording.extend(said.details.map(str::to_owned));
    wording.push(language.say(&messages::withdrawal_statement_email(said.email)));
    wording.join("\n")
}
