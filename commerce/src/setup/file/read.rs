//! Reads the file, and tells the line of what is wrong.

use std::{collections::BTreeMap, fmt, marker::PhantomData, ops::Range};

use serde::{
    Deserialize,
    de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor},
};
use toml::Spanned;

use super::section::Section;
use crate::{
    Error, ErrorCode, Refusal, Result,
    language::{Message, messages},
};

/// An entry, and the line where it begins.
pub(super) struct Given<E> {
    pub(super) line: usize,
    pub(super) entry: E,
}

/// The entries of a section; `None` where the file has no such section.
pub(super) fn given<S: Section>(text: &str) -> Result<Option<Vec<Given<S::Entry>>>> {
    let spanned = match S::IS_ONE {
        true => pick::<Spanned<S::Entry>>(text, S::KEY)?.map(|entry| vec![entry]),
        false => pick::<Vec<Spanned<S::Entry>>>(text, S::KEY)?,
    };
    let given = |entry: Spanned<S::Entry>| Given {
        line: line(text, entry.span()),
        entry: entry.into_inner(),
    };
    Ok(spanned.map(|entries| entries.into_iter().map(given).collect()))
}

/// Refuses a text that is no TOML, and a table that nobody knows.
pub(super) fn check_keys(text: &str, known: &[&str]) -> Result<()> {
    let tables: BTreeMap<Spanned<String>, IgnoredAny> = toml::from_str(text).map_err(|error| refusal(text, &error))?;
    let unknown = |key: &&Spanned<String>| !known.contains(&key.get_ref().as_str());
    if let Some(key) = tables.keys().find(unknown) {
        let name: String = key.get_ref().chars().take(40).collect();
        let line = line(text, key.span()).to_string();
        return Err(invalid(messages::file_no_section(line, name, known.join(", "))).into());
    }
    Ok(())
}

/// Whether the file has the section.
pub(super) fn has(text: &str, key: &'static str) -> bool {
    matches!(pick::<IgnoredAny>(text, key), Ok(Some(_)))
}

/// The same refusals, with the section that they are about.
pub(super) fn at_section(error: Error, section: &str) -> Error {
    let Error::Refused(refusals) = error else { return error };
    let told = |refusal: Refusal| {
        let message = messages::file_in_section(section, refusal.message);
        Refusal::new(refusal.code, message).at(&["text"])
    };
    Error::Refused(refusals.into_iter().map(told).collect())
}

/// The same refusals, with the place of the entry that they are about.
pub(super) fn at_line(error: Error, line: usize, section: &str, name: &str) -> Error {
    let Error::Refused(refusals) = error else { return error };
    let told = refusals.into_iter().map(|refusal| {
        let place = match refusal.field.is_empty() {
            true => String::new(),
            false => format!(" ({})", refusal.field.join(".")),
        };
        let name = if name.is_empty() {
            String::new()
        } else {
            format!(" `{name}`")
        };
        let place = format!("{section}{name}{place}");
        let message = messages::file_at_line(line.to_string(), place, refusal.message);
        Refusal::new(refusal.code, message).at(&["text"])
    });
    Error::Refused(told.collect())
}

fn pick<'de, T: Deserialize<'de>>(text: &'de str, key: &'static str) -> Result<Option<T>> {
    let picked = Pick(key, PhantomData).deserialize(toml::Deserializer::new(text));
    Ok(picked.map_err(|error| refusal(text, &error))?)
}

fn refusal(text: &str, error: &toml::de::Error) -> Refusal {
    let remedy = match error.message() {
        message if message.starts_with("unknown field") || message.starts_with("unknown variant") => Some("remove"),
        message if message.contains("expected a string") => Some("quote"),
        message if message.starts_with("missing field") => Some("add"),
        _ => None,
    };
    let told = error.message().trim_end_matches('.');
    let problem = match remedy {
        Some(remedy) => messages::file_problem_mended(told, remedy),
        None => messages::file_problem(told),
    };
    invalid(match error.span() {
        Some(span) => messages::file_line_told(line(text, span).to_string(), problem),
        None => problem,
    })
}

fn invalid(message: Message) -> Refusal {
    Refusal::new(ErrorCode::Invalid, message).at(&["text"])
}

fn line(text: &str, span: Range<usize>) -> usize {
    let until = text.as_bytes().iter().take(span.start);
    1 + until.filter(|byte| **byte == b'\n').count()
}

/// Reads one key of the file's table, and skips the others.
struct Pick<T>(&'static str, PhantomData<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Pick<T> {
    type Value = Option<T>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Pick<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table of sections")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            if key == self.0 {
                found = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}
