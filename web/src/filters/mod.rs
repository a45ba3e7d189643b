//! What templates write amounts, dates and messages with.

mod dates;
mod device;
mod formats;
mod money;
mod say;
mod whole;

use std::sync::Arc;

use chrono_tz::Tz;
use minijinja::{Environment, State, Value, value::Serde};

use crate::{
    paragraphs,
    shown::encoded,
    words::{FALLBACK, Words},
};

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
    environment.add_filter("date", |state: &State, date: &str| {
        dates::date(&language(state), date, zone(state))
    });
    environment.add_filter("last_day", |state: &State, end: &str| {
        dates::last_day(&language(state), end, zone(state))
    });
    environment.add_filter("moment", |state: &State, time: &str| {
        dates::moment(&language(state), time, zone(state))
    });
    environment.add_filter("clock", |state: &State, time: &str| dates::clock(time, zone(state)));
    environment.add_filter("number", |state: &State, number: i64| {
        formats::number(&language(state), &number.to_string())
    });
    environment.add_filter("as_text", |html: &str| paragraphs::to_text(html));
    environment.add_filter("device", |user_agent: Option<&str>| device::device(user_agent));
    environment.add_filter("whole", whole::whole);
    environment.add_filter("query", query);
    environment.add_filter("path", encoded);
}

/// The page's.
fn language(state: &State) -> String {
    let language = state.lookup("language");
    language
        .and_then(|language| language.as_str().map(str::to_owned))
        .unwrap_or_else(|| FALLBACK.to_owned())
}

/// The shop's time zone, as the frame of every page knows it.
fn zone(state: &State) -> Tz {
    let shop = state.lookup("frame").and_then(|frame| frame.get_attr("shop").ok());
    let zone = shop.and_then(|shop| shop.get_attr("timeZone").ok());
    zone.and_then(|zone| zone.as_str()?.parse().ok()).unwrap_or(Tz::UTC)
}

/// As a part of an address.
fn query(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
