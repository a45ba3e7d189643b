//! Messages: `t("cart.items", n=3)`. With `n` the message of `.one` or `.other` is said,
//! or the message itself where it is the same for any number.

use std::sync::Arc;

use minijinja::{Error, ErrorKind, State, Value, value::Kwargs};

use super::{formats, language};
use crate::words::Words;

/// A message that there has to be.
pub(super) fn message(words: Arc<Words>) -> impl Fn(&State, &str, Kwargs) -> Result<String, Error> {
    move |state, name, values| {
        let language = language(state);
        let text = find(&words, &language, name, &values)?.ok_or_else(|| {
            let detail = format!("there is no message `{name}`");
            Error::new(ErrorKind::UndefinedError, detail)
        })?;
        filled(&language, &text, &values)
    }
}

/// A message that there may be, or else a text that is there anyway.
pub(super) fn message_or(words: Arc<Words>) -> impl Fn(&State, &str, &str) -> String {
    move |state, name, otherwise| words.find(&language(state), name).unwrap_or(otherwise).to_owned()
}

fn find(words: &Words, language: &str, name: &str, values: &Kwargs) -> Result<Option<String>, Error> {
    let number: Option<i64> = values.get("n")?;
    let found = match number {
        None => words.find(language, name),
        Some(number) => {
            let form = if number == 1 { "one" } else { "other" };
            let counted = words.find(language, &format!("{name}.{form}"));
            counted.or_else(|| words.find(language, name))
        }
    };
    Ok(found.map(str::to_owned))
}

fn filled(language: &str, text: &str, values: &Kwargs) -> Result<String, Error> {
    let mut text = text.to_owned();
    for name in values.args().collect::<Vec<_>>() {
        let value: Value = values.get(name)?;
        let written = match value.as_i64() {
            Some(number) => formats::number(language, &number.to_string()),
            None => value.to_string(),
        };
        text = text.replace(&format!("{{{name}}}"), &written);
    }
    values.assert_all_used()?;
    Ok(text)
}
