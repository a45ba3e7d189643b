//! Forms that were posted.

use std::ops::Deref;

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};

use super::Visit;
use crate::{problem::Problem, site::Site};

/// No form of ours has more fields: a grid of 250 variants.
const FIELDS_MAX: usize = 2_500;

/// A form that one of our pages sent, and who sent it.
pub struct Posted {
    pub visit: Visit,
    pub form: Form,
}

/// As [`Posted`], of a page that everybody gets alike, which has no token in it.
pub struct Open(pub Posted);

/// What stood in it.
pub struct Form(Vec<(String, String)>);

impl FromRequest<Site> for Posted {
    type Rejection = Problem;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Problem> {
        let posted = Self::read(request, site).await?;
        match posted.visit.is_forged(posted.field("csrf")) {
            true => Err(Problem::Forged),
            false => Ok(posted),
        }
    }
}

impl FromRequest<Site> for Open {
    type Rejection = Problem;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Problem> {
        let posted = Posted::read(request, site).await?;
        match posted.visit.is_forged_openly(posted.field("csrf")) {
            true => Err(Problem::Forged),
            false => Ok(Self(posted)),
        }
    }
}

impl Posted {
    async fn read(request: Request, site: &Site) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let visit = Visit::of(site, &parts);
        let body = Bytes::from_request(Request::from_parts(parts, body), site).await;
        let body = body.map_err(|_| Problem::BadForm)?;
        let fields: Vec<_> = form_urlencoded::parse(&body).into_owned().take(FIELDS_MAX).collect();
        Ok(Self {
            visit,
            form: Form(fields),
        })
    }
}

impl Deref for Posted {
    type Target = Form;

    fn deref(&self) -> &Form {
        &self.form
    }
}

impl Form {
    /// What stands in a field; nothing where it was not sent.
    pub fn field(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// What was typed, without the space around it; empty where it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.field(name).unwrap_or_default().trim()
    }

    /// As [`text`](Self::text), or nothing where nothing was typed.
    pub fn some(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// As [`some`](Self::some), an amount as people type it: `12,50`, `1.234,50 €`.
    pub fn amount(&self, name: &str) -> Option<String> {
        self.some(name).map(|text| amount(&text))
    }

    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Of a field that stands there more than once.
    pub fn all(&self, name: &str) -> Vec<String> {
        let found = self.0.iter().filter(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).collect()
    }
}

/// Of what is known already, as if it had been typed.
impl From<Vec<(String, String)>> for Form {
    fn from(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }
}

/// Of what the query of an address says, as of a form.
impl From<&str> for Form {
    fn from(query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
        Self(pairs.take(FIELDS_MAX).collect())
    }
}

/// An amount with a point before its decimals and nothing between thousands, as the API takes it. What may be read in two
/// ways, or in none, stays as it was typed: the API says what is wrong with it.
pub fn amount(text: &str) -> String {
    let is_digit = |c: char| c.is_ascii_digit();
    let compact: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’'))
        .collect();
    let digits = compact.trim_matches(|c: char| !is_digit(c) && c != '-');
    let is_grouped = |whole: &str, mark: char| {
        let mut groups = whole.trim_start_matches('-').split(mark);
        let first = groups.next().unwrap_or_default();
        (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
    };
    let plain = match (digits.rfind('.'), digits.rfind(',')) {
        (None, Some(comma)) => {
            let (whole, decimals) = (&digits[..comma], &digits[comma + 1..]);
            match whole.contains(',') {
                true => is_grouped(digits, ',').then(|| digits.replace(',', "")),
                false => matches!(decimals.len(), 1 | 2).then(|| format!("{whole}.{decimals}")),
            }
        }
        (Some(point), Some(comma)) => {
            let (last, between) = if point > comma { (point, ',') } else { (comma, '.') };
            let (whole, decimals) = (&digits[..last], &digits[last + 1..]);
            is_grouped(whole, between).then(|| format!("{}.{decimals}", whole.replace(between, "")))
        }
        _ => Some(digits.to_owned()),
    };
    let is_plain =
        |plain: &String| plain.chars().any(is_digit) && plain.chars().all(|c| is_digit(c) || matches!(c, '.' | '-'));
    plain.filter(is_plain).unwrap_or_else(|| text.to_owned())
}

/// A path on this host, and nothing that a browser would take for another: the home page instead.
pub fn local(path: &str) -> &str {
    let is_local = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\n', '\r', '\t']);
    if is_local { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_as_people_type_it() {
        for (text, read) in [
            ("12.50", "12.50"),
            ("12,50", "12.50"),
            ("12,5 €", "12.5"),
            ("€ 1.234,50", "1234.50"),
            ("1,234.50", "1234.50"),
            ("1 234,50", "1234.50"),
            ("1,234,567", "1234567"),
            ("-3", "-3"),
            // A thousand, or one and a bit.
            ("1,234", "1,234"),
            ("1.2.3,4", "1.2.3,4"),
            ("free", "free"),
            ("", ""),
        ] {
            assert_eq!(amount(text), read, "{text}");
        }
    }
}
