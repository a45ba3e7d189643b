//! What a list's address asks for: words, filters, and the page.

use std::collections::BTreeMap;

use minijinja::{Value, context};

use crate::{
    shown::value,
    visit::{Form, Rows, Visit},
};

/// How many rows a page has.
pub const ROWS: i64 = 25;

/// Longer values are cut off.
const LETTERS_MAX: usize = 200;

/// What a list takes beside the page.
pub struct Asked {
    path: String,
    values: BTreeMap<&'static str, String>,
    after: Option<String>,
    before: Option<String>,
}

impl Asked {
    /// `names`: those that this list knows; each has a value, if only an empty one.
    pub fn read(visit: &Visit, names: &[&'static str]) -> Self {
        Self::of(visit.uri.path(), visit.uri.query().unwrap_or_default(), names)
    }

    /// As [`read`](Self::read), of an address that somebody else has kept.
    pub fn of(path: &str, query: &str, names: &[&'static str]) -> Self {
        let query = Form::from(query);
        let short = |text: &str| text.chars().take(LETTERS_MAX).collect::<String>();
        Self {
            path: path.to_owned(),
            values: names.iter().map(|name| (*name, short(query.text(name)))).collect(),
            after: query.some("after"),
            before: query.some("before"),
        }
    }

    /// What was asked for, if anything was.
    pub fn some(&self, name: &str) -> Option<String> {
        self.values.get(name).filter(|text| !text.is_empty()).cloned()
    }

    /// Of kinds that have names the one that was asked for.
    pub fn kind<Kind: Clone>(&self, name: &str, kinds: &[(&str, Kind)]) -> Option<Kind> {
        let chosen = self.values.get(name)?;
        let found = kinds.iter().find(|(known, _)| known == chosen);
        found.map(|(_, kind)| kind.clone())
    }

    pub fn rows(&self) -> Rows {
        Rows::of(self.after.clone(), self.before.clone(), ROWS)
    }

    /// The whole query, with the page: for a form that leads back to it.
    pub fn here(&self) -> String {
        let page = [("after", &self.after), ("before", &self.before)];
        let page = page
            .into_iter()
            .filter_map(|(name, cursor)| Some((name, cursor.as_deref()?)));
        self.query(page)
    }

    fn query<'a>(&'a self, more: impl Iterator<Item = (&'a str, &'a str)>) -> String {
        let values = self.values.iter().map(|(name, text)| (*name, text.as_str()));
        let given = values.filter(|(_, text)| !text.is_empty()).chain(more);
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(given)
            .finish()
    }

    /// For the templates: `asked.values`, and `asked.pages`, to which a cursor's name and value are added.
    pub fn shown(&self) -> Value {
        let query = self.query(std::iter::empty());
        let base = if query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{query}", self.path)
        };
        let joint = if query.is_empty() { "?" } else { "&" };
        context! {
            values => value(&self.values),
            is_filtered => !query.is_empty(),
            is_first => self.after.is_none() && self.before.is_none(),
            path => self.path.as_str(),
            first => base.as_str(),
            pages => format!("{base}{joint}"),
        }
    }
}

/// As browsers send one: `2026-11-29`.
pub fn is_day(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut is_number = |letters: usize| {
        parts
            .next()
            .is_some_and(|part| part.len() == letters && part.parse::<u16>().is_ok())
    };
    is_number(4) && is_number(2) && is_number(2)
}
