//! Messages: `t("cart.items", n=3)`. With `n` the message is said in the form that its language has for the number (`.one`,
//! `.few`, `.other` …), or is itself where it is the same for any number.

use std::sync::Arc;

use minijinja::{Error, ErrorKind, State, Value, value::Kwargs};
use vitrine_locale::{Formats, isolated};

use super::written::{formats, language};
use crate::words::Words;

/// A message that there has to be.
pub(super) fn message(words: Arc<Words>) -> impl Fn(&State, &str, Kwargs) -> Result<String, Error> {
    move |state, name, values| {
        let language = language(state);
        let number: Option<i64> = values.get("n")?;
        let text = match number {
            Some(number) => words.counted(&language, name, number),
            None => words.find(&language, name),
        };
        let text = text.ok_or_else(|| {
            let detail = format!("there is no message `{name}`");
            Error::new(ErrorKind::UndefinedError, detail)
        })?;
        filled(&language, || formats(state), text, &values)
    }
}

/// A message that there may be, or else a text that is there anyway.
pub(super) fn message_or(words: Arc<Words>) -> impl Fn(&State, &str, &str) -> String {
    move |state, name, otherwise| words.find(&language(state), name).unwrap_or(otherwise).to_owned()
}

/// `formats` is asked for where a number is to be written.
fn filled(language: &str, formats: impl Fn() -> Arc<Formats>, text: &str, values: &Kwargs) -> Result<String, Error> {
    let mut text = text.to_owned();
    for name in values.args().collect::<Vec<_>>() {
        let value: Value = values.get(name)?;
        let written = match value.as_i64() {
            Some(number) => formats().number(number),
            None => value.to_string(),
        };
        text = text.replace(&format!("{{{name}}}"), &isolated(language, &written));
    }
    values.assert_all_used()?;
    Ok(text)
}
