//! What templates write amounts, dates and messages with.

mod dates;
mod money;
mod numbers;
mod say;

use std::sync::Arc;

use minijinja::{Environment, State, Value, value::Serde};

use crate::words::{FALLBACK, Words};

/// Gives them to the templates.
pub fn add(environment: &mut Environment<'static>, words: Arc<Words>) {
    let of_sections = Arc::clone(&words);
    environment.add_function("t", say::message(Arc::clone(&words)));
    environment.add_function("t_or", say::message_or(words));
    environment.add_function("section", move |state: &State, section: &str| {
        let pairs = of_sections.section(&language(state), section);
        Value::from(Serde(pairs))
    });
    environment.add_filter("money", |state: &State, money: Value| {
        money::write(&language(state), &money)
    });
    environment.add_filter("date", |state: &State, date: &str| dates::date(&language(state), date));
    environment.add_filter("moment", |state: &State, time: &str| {
        dates::moment(&language(state), time)
    });
    environment.add_filter("number", |state: &State, number: i64| {
        numbers::grouped(&language(state), number)
    });
    environment.add_filter("query", query);
}

/// The page's.
fn language(state: &State) -> String {
    let language = state.lookup("language");
    language
        .and_then(|language| language.as_str().map(str::to_owned))
        .unwrap_or_else(|| FALLBACK.to_owned())
}

/// As a part of an address.
fn query(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
