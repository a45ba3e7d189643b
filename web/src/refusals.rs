//! Why the API did nothing, as a form shows it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::visit::Visit;

/// By the form's field, whose name is the input's; what belongs to none stands under the empty name.
pub type Errors = BTreeMap<String, String>;

/// What every document asks of it.
#[derive(Debug, Clone, Deserialize)]
pub struct Refusal {
    pub code: String,
    message: String,
    field: Option<Vec<String>>,
}

impl Refusal {
    /// One of ours, where there was nothing to ask the API for.
    pub fn at(code: &str, name: &str) -> Self {
        Self {
            code: code.to_owned(),
            message: String::new(),
            field: Some(vec![name.to_owned()]),
        }
    }

    /// What somebody else than GraphQL has said, in its words.
    pub fn said(message: String, name: &str) -> Self {
        Self {
            message,
            ..Self::at("INVALID", name)
        }
    }

    /// Told at the whole list that it is in, where a form has one field for all of it.
    #[must_use]
    pub fn at_list(mut self, lists: &[&str]) -> Self {
        if let Some(path) = &mut self.field
            && let Some(at) = path.iter().position(|part| lists.contains(&part.as_str()))
        {
            path.truncate(at + 1);
        }
        self
    }

    /// Where it is about the input's field at `path`, told at the form's field `name`.
    #[must_use]
    pub fn called(self, path: &[&str], name: &str) -> Self {
        let own = self.field.as_deref().unwrap_or_default();
        let own: Vec<&str> = own.iter().map(String::as_str).filter(|part| *part != "input").collect();
        match own == path {
            true => Self {
                field: Some(vec![name.to_owned()]),
                ..self
            },
            false => self,
        }
    }

    /// Told at the form's field `name`, whatever it is about.
    #[must_use]
    pub fn told_at(self, name: &str) -> Self {
        Self {
            field: Some(vec![name.to_owned()]),
            ..self
        }
    }

    /// The field that it is about; empty where it is about none.
    pub fn name(&self) -> &str {
        let path = self.field.as_deref().unwrap_or_default();
        path.last().map_or("", String::as_str)
    }

    /// Of a list the item that it is about.
    pub fn index(&self) -> Option<usize> {
        let path = self.field.as_deref().unwrap_or_default();
        path.iter().rev().nth(1)?.parse().ok()
    }

    /// Of the list that is called so the item that it is about.
    pub fn place(&self, list: &str) -> Option<usize> {
        let path = self.field.as_deref().unwrap_or_default();
        let at = path.iter().position(|part| part == list)?;
        path.get(at + 1)?.parse().ok()
    }

    /// As [`place`](Self::place), of a list whose items have such lists themselves: the item in each of them, from the outermost on.
    pub fn places(&self, list: &str) -> Vec<usize> {
        let path = self.field.as_deref().unwrap_or_default();
        let pairs = path.iter().zip(path.iter().skip(1));
        let within = pairs.filter(|(part, _)| *part == list);
        within.filter_map(|(_, place)| place.parse().ok()).collect()
    }

    /// Whether it is about the input's field at `path`, or about a part of it.
    pub fn is_within(&self, path: &[&str]) -> bool {
        let own = self.field.as_deref().unwrap_or_default();
        let own = own.iter().map(String::as_str).filter(|part| *part != "input");
        own.take(path.len()).eq(path.iter().copied())
    }

    /// As the API says it.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Whether it is the cart itself that cannot be had or changed, and nothing in it.
    pub fn is_about_cart(&self) -> bool {
        let path = self.field.as_deref().unwrap_or_default();
        path.last().is_none_or(|name| name == "cartId")
    }
}

/// Of a document's own `userErrors`, which are the same in all of them.
pub fn refusals(user_errors: &impl Serialize) -> Vec<Refusal> {
    let read = serde_json::to_value(user_errors).and_then(serde_json::from_value);
    read.unwrap_or_else(|error| {
        tracing::error!(%error, "refusals are not what they are in every document");
        Vec::new()
    })
}

/// In the visitor's words, where there are any.
pub fn errors(visit: &Visit, refusals: &[Refusal]) -> Errors {
    let told = refusals.iter().map(|refusal| {
        let name = refusal.name();
        let ours = [format!("error.{}", refusal.code), format!("error.field.{name}")];
        let text = ours.iter().map(|word| visit.say(word)).find(|text| !text.is_empty());
        (name.to_owned(), text.unwrap_or_else(|| plainly(visit, refusal)))
    });
    told.collect()
}

/// As the API says it, to whoever has a form before them: that has no names of inputs, and no marks around them and around
/// examples.
pub fn plainly(visit: &Visit, refusal: &Refusal) -> String {
    let own = format!("`{}`", refusal.name());
    let said = match refusal.message.strip_prefix(&own) {
        Some(rest) => format!("{}{rest}", visit.say("error.this")),
        None => refusal.message.clone(),
    };
    said.replace('`', "")
}
