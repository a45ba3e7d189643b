//! Filter expressions: `AND`, `OR`, `NOT`, brackets, comparisons, `IN`, `TO`.

use serde_json::Value;

use super::{
    error::ApiError,
    text::{value_key, values},
};

#[derive(Debug)]
pub(super) enum Filter {
    All(Vec<Filter>),
    Any(Vec<Filter>),
    Not(Box<Filter>),
    Compare(String, &'static str, String),
    In(String, Vec<String>),
    Between(String, String, String),
}

impl Filter {
    /// From the `filter` of a search: a text, or a list of texts that must all hold, in which a
    /// list is of texts of which any will do.
    pub(super) fn from_body(body: &Value) -> Result<Self, ApiError> {
        let parse_each = |list: &[Value]| list.iter().map(Self::from_body).collect::<Result<Vec<_>, _>>();
        match body {
            Value::String(text) if text.trim().is_empty() => Ok(Self::All(Vec::new())),
            Value::String(text) => Parser { text, rest: text }.whole(),
            Value::Array(list) => Ok(Self::All(
                list.iter()
                    .map(|entry| match entry {
                        Value::Array(any) => parse_each(any).map(Self::Any),
                        other => Self::from_body(other),
                    })
                    .collect::<Result<_, _>>()?,
            )),
            Value::Null => Ok(Self::All(Vec::new())),
            _ => Err(ApiError::invalid(
                "invalid_search_filter",
                "Invalid syntax for the filter parameter",
            )),
        }
    }

    pub(super) fn attributes(&self) -> Vec<&str> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::attributes).collect(),
            Self::Not(part) => part.attributes(),
            Self::Compare(name, ..) | Self::In(name, _) | Self::Between(name, ..) => vec![name],
        }
    }

    pub(super) fn holds(&self, document: &Value) -> bool {
        let any_value = |name: &str, test: &dyn Fn(&Value) -> bool| values(document, name).into_iter().any(test);
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(document)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(document)),
            Self::Not(part) => !part.holds(document),
            Self::In(name, wanted) => any_value(name, &|value| wanted.iter().any(|wanted| equal(value, wanted))),
            Self::Compare(name, "=", wanted) => any_value(name, &|value| equal(value, wanted)),
            Self::Compare(name, "!=", wanted) => !any_value(name, &|value| equal(value, wanted)),
            Self::Compare(name, operator, wanted) => any_value(name, &|value| compares(value, operator, wanted)),
            Self::Between(name, from, to) => {
                any_value(name, &|value| compares(value, ">=", from) && compares(value, "<=", to))
            }
        }
    }
}

fn equal(value: &Value, wanted: &str) -> bool {
    match value {
        Value::String(text) => value_key(text) == value_key(wanted),
        Value::Bool(value) => value.to_string() == wanted.to_lowercase(),
        Value::Number(number) => wanted.parse() == Ok(number.as_f64().unwrap_or(f64::NAN)),
        _ => false,
    }
}

fn compares(value: &Value, operator: &str, wanted: &str) -> bool {
    let (Some(value), Ok(wanted)) = (value.as_f64(), wanted.parse::<f64>()) else {
        return false;
    };
    match operator {
        ">" => value > wanted,
        ">=" => value >= wanted,
        "<" => value < wanted,
        _ => value <= wanted,
    }
}

const OPERATORS: [&str; 6] = [">=", "<=", "!=", "=", ">", "<"];
const EXPECTED: &str = "`=`, `!=`, `>=`, `>`, `<=`, `<`, `IN`, `NOT IN`, `TO`, `EXISTS`, `NOT EXISTS`, `IS NULL`, \
    `IS NOT NULL`, `IS EMPTY`, `IS NOT EMPTY`, `CONTAINS`, `NOT CONTAINS`, `STARTS WITH`, `NOT STARTS WITH`, \
    `_geoRadius`, `_geoBoundingBox` or `_geoPolygon`";

struct Parser<'a> {
    text: &'a str,
    rest: &'a str,
}

impl Parser<'_> {
    fn whole(mut self) -> Result<Filter, ApiError> {
        let filter = self.any()?;
        if self.rest.trim().is_empty() {
            Ok(filter)
        } else {
            Err(self.error(&format!(
                "Found unexpected characters at the end of the filter: `{}`.",
                self.rest.trim()
            )))
        }
    }

    fn any(&mut self) -> Result<Filter, ApiError> {
        let mut parts = vec![self.all()?];
        while self.keyword("OR") {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 {
            parts.remove(0)
        } else {
            Filter::Any(parts)
        })
    }

    fn all(&mut self) -> Result<Filter, ApiError> {
        let mut parts = vec![self.not()?];
        while self.keyword("AND") {
            parts.push(self.not()?);
        }
        Ok(if parts.len() == 1 {
            parts.remove(0)
        } else {
            Filter::All(parts)
        })
    }

    fn not(&mut self) -> Result<Filter, ApiError> {
        if self.keyword("NOT") {
            return Ok(Filter::Not(Box::new(self.not()?)));
        }
        if self.symbol("(") {
            let inner = self.any()?;
            return if self.symbol(")") {
                Ok(inner)
            } else {
                Err(self.error("Expression is missing a `)`."))
            };
        }
        self.condition()
    }

    fn condition(&mut self) -> Result<Filter, ApiError> {
        let name = self.value()?.ok_or_else(|| self.no_operation())?;
        let negated = self.keyword("NOT");
        if self.keyword("IN") {
            let within = Filter::In(name, self.list()?);
            return Ok(if negated { Filter::Not(Box::new(within)) } else { within });
        }
        if negated {
            return Err(self.no_operation());
        }
        if let Some(operator) = OPERATORS.into_iter().find(|operator| self.symbol(operator)) {
            let wanted = self
                .value()?
                .ok_or_else(|| self.error(&format!("Was expecting a value after `{operator}`.")))?;
            return Ok(Filter::Compare(name, operator, wanted));
        }
        let from = self.value()?.ok_or_else(|| self.no_operation())?;
        if !self.keyword("TO") {
            return Err(self.no_operation());
        }
        let to = self.value()?.ok_or_else(|| self.no_operation())?;
        Ok(Filter::Between(name, from, to))
    }

    fn list(&mut self) -> Result<Vec<String>, ApiError> {
        if !self.symbol("[") {
            return Err(self.error("Expected `[` after `IN` keyword."));
        }
        let mut list = Vec::new();
        while let Some(value) = self.value()? {
            list.push(value);
            if !self.symbol(",") {
                break;
            }
        }
        if self.symbol("]") {
            Ok(list)
        } else {
            Err(self.error("Expected matching `]` after the list of field names."))
        }
    }

    /// A word or a text in quotes; `None` where there is neither.
    fn value(&mut self) -> Result<Option<String>, ApiError> {
        self.rest = self.rest.trim_start();
        if let Some(quote) = self.rest.chars().next().filter(|letter| matches!(letter, '"' | '\'')) {
            return self.quoted(quote).map(Some);
        }
        let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.');
        let end = self.rest.find(|letter| !is_word(letter)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        if word.is_empty()
            || matches!(
                word,
                "AND" | "OR" | "NOT" | "IN" | "TO" | "EXISTS" | "IS" | "NULL" | "EMPTY"
            )
        {
            return Ok(None);
        }
        self.rest = rest;
        Ok(Some(word.to_owned()))
    }

    fn quoted(&mut self, quote: char) -> Result<String, ApiError> {
        let mut value = String::new();
        let mut letters = self.rest.char_indices().skip(1);
        while let Some((place, letter)) = letters.next() {
            if letter == quote {
                self.rest = &self.rest[place + 1..];
                return Ok(value);
            }
            value.push(match letter {
                '\\' => match letters.next().map(|(_, escaped)| escaped) {
                    Some(escaped @ ('\\' | '"' | '\'')) => escaped,
                    Some('n') => '\n',
                    Some('t') => '\t',
                    Some('r') => '\r',
                    _ => return Err(self.error("Malformed value.")),
                },
                other => other,
            });
        }
        Err(self.error(&format!(
            "Expression `{}` is missing the following closing delimiter: `{quote}`.",
            self.rest
        )))
    }

    fn keyword(&mut self, word: &str) -> bool {
        let rest = self.rest.trim_start();
        let Some(after) = rest.strip_prefix(word) else {
            return false;
        };
        if after.starts_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.')) {
            return false;
        }
        self.rest = after;
        true
    }

    fn symbol(&mut self, symbol: &str) -> bool {
        match self.rest.trim_start().strip_prefix(symbol) {
            Some(after) => {
                self.rest = after;
                true
            }
            None => false,
        }
    }

    fn no_operation(&self) -> ApiError {
        let rest = self.rest.trim();
        let got = if rest.is_empty() {
            "nothing".to_owned()
        } else {
            format!("`{rest}`")
        };
        self.error(&format!("Was expecting an operation {EXPECTED} but instead got {got}."))
    }

    fn error(&self, message: &str) -> ApiError {
        let place = self.text.len() - self.rest.len() + 1;
        ApiError::invalid(
            "invalid_search_filter",
            format!("{message}\n{place}:{} {}", self.text.len() + 1, self.text),
        )
    }
}
