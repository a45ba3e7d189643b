//! What templates write amounts, dates and messages with.

mod dates;
mod device;
mod money;
mod say;
mod whole;
mod written;

use std::sync::Arc;

use chrono_tz::Tz;
use minijinja::{Environment, State, Value, value::Serde};

pub use self::written::formats_tag;
use self::written::{formats, language};
use crate::{paragraphs, shown::encoded, words::Words};

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
        money::write(&formats(state), &money)
    });
    environment.add_filter("date", |state: &State, date: &str| {
        dates::date(&formats(state), date, zone(state))
    });
    environment.add_filter("last_day", |state: &State, end: &str| {
        dates::last_day(&formats(state), end, zone(state))
    });
    // Deadlines are written as other times: themes may call them either.
    for name in ["moment", "deadline"] {
        environment.add_filter(name, |state: &State, time: &str| {
            dates::moment(&formats(state), time, zone(state))
        });
    }
    environment.add_filter("clock", |state: &State, time: &str| dates::clock(time, zone(state)));
    environment.add_filter("number", |state: &State, number: i64| formats(state).number(number));
    environment.add_filter("percent", |state: &State, basis_points: i64| {
        formats(state).percent(basis_points)
    });
    environment.add_filter("as_text", |html: &str| paragraphs::to_text(html));
    environment.add_filter("device", |user_agent: Option<&str>| device::device(user_agent));
    environment.add_filter("whole", whole::whole);
    environment.add_filter("query", query);
    environment.add_filter("path", encoded);
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
