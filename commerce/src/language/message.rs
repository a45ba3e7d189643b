//! What is to be said, in no language yet.

use std::{borrow::Cow, fmt};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::money::{Currency, Money};

/// A sentence to somebody, which [`Language::say`](super::Language::say) puts into words. Its `Display` is English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// In words already: what people wrote, and what is said in English alone.
    Plain(String),
    /// On the heap: what is refused is as small as a text would be.
    Named(Box<Named>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    id: Cow<'static, str>,
    values: Vec<NamedValue>,
}

/// A value by the name that its messages know it by.
pub(super) type NamedValue = (Cow<'static, str>, Value);

/// What a message tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Number(i64),
    Money(Money),
    Day(NaiveDate),
    /// By the clock of a zone.
    Moment(DateTime<Utc>, Tz),
    /// As in `red, green and blue`.
    List(Vec<String>),
    /// What has a name in each language.
    Called(Called),
    /// A message within another.
    Message(Box<Message>),
    /// As a list.
    Messages(Vec<Message>),
}

/// A thing with a name in each language, which whoever knows it tells: a country, by its code.
#[derive(Clone)]
pub struct Called {
    code: String,
    name: fn(code: &str, language: &str) -> String,
}

impl Called {
    pub fn new(code: &str, name: fn(code: &str, language: &str) -> String) -> Self {
        Self {
            code: code.to_owned(),
            name,
        }
    }

    pub(super) fn name_in(&self, language: &str) -> String {
        (self.name)(&self.code, language)
    }
}

/// What has the same code is the same thing.
impl PartialEq for Called {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Called {}

impl fmt::Debug for Called {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Called").field(&self.code).finish()
    }
}

impl Message {
    pub(super) fn named(id: &'static str, values: Vec<(&'static str, Value)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (Cow::Borrowed(name), value));
        Self(Kind::Named(Box::new(Named {
            id: Cow::Borrowed(id),
            values: values.collect(),
        })))
    }

    /// One that was kept: its id, and its values by their names.
    pub(super) fn of_parts(id: String, values: impl Iterator<Item = (String, Value)>) -> Self {
        let values = values.map(|(name, value)| (Cow::Owned(name), value));
        Self(Kind::Named(Box::new(Named {
            id: Cow::Owned(id),
            values: values.collect(),
        })))
    }

    /// What it is made of, where it is in no language yet.
    pub(super) fn parts(&self) -> Option<(&str, &[NamedValue])> {
        match &self.0 {
            Kind::Plain(_) => None,
            Kind::Named(message) => Some((&message.id, &message.values)),
        }
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        matches!(&self.0, Kind::Plain(text) if text.is_empty())
    }

    pub(super) fn said(
        &self,
        named: impl FnOnce(&str, &[NamedValue]) -> String,
        plain: impl FnOnce(&str) -> String,
    ) -> String {
        match &self.0 {
            Kind::Plain(text) => plain(text),
            Kind::Named(message) => named(&message.id, &message.values),
        }
    }
}

impl AsRef<Self> for Message {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        Self(Kind::Plain(text))
    }
}

impl From<&str> for Message {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&String> for Message {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

impl From<Cow<'_, str>> for Message {
    fn from(text: Cow<'_, str>) -> Self {
        text.into_owned().into()
    }
}

/// Values by themselves and by reference, as templates give them.
macro_rules! values {
    ($($of:ty: $value:ident => $made:expr;)*) => {
        $(
            impl From<$of> for Value {
                fn from($value: $of) -> Self {
                    $made
                }
            }
        )*
    };
}

values! {
    String: text => Self::Text(text);
    &String: text => Self::Text(text.clone());
    &str: text => Self::Text(text.to_owned());
    &&str: text => Self::Text((*text).to_owned());
    &&String: text => Self::Text((*text).clone());
    i32: number => Self::Number(number.into());
    &i32: number => Self::Number((*number).into());
    u32: number => Self::Number(number.into());
    i64: number => Self::Number(number);
    &i64: number => Self::Number(*number);
    // What is counted here is far from the bounds of either.
    u64: number => Self::Number(i64::try_from(number).unwrap_or(i64::MAX));
    usize: number => Self::Number(i64::try_from(number).unwrap_or(i64::MAX));
    Currency: currency => Self::Text(currency.code().to_owned());
    Money: money => Self::Money(money);
    &Money: money => Self::Money(*money);
    &&Money: money => Self::Money(**money);
    NaiveDate: day => Self::Day(day);
    &NaiveDate: day => Self::Day(*day);
    &&NaiveDate: day => Self::Day(**day);
    (DateTime<Utc>, Tz): moment => Self::Moment(moment.0, moment.1);
    Vec<String>: parts => Self::List(parts);
    Vec<Message>: parts => Self::Messages(parts);
    Called: thing => Self::Called(thing);
    Message: message => Self::Message(Box::new(message));
    &Message: message => Self::Message(Box::new(message.clone()));
    &&Message: message => Self::Message(Box::new((*message).clone()));
    &Value: value => value.clone();
    &&Value: value => (*value).clone();
}
