//! When the facade goes, for clients that still speak to it.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use chrono::{DateTime, NaiveDate, NaiveTime};
use vitrine_adapters::config;

const DEPRECATION: HeaderName = HeaderName::from_static("deprecation");
const SUNSET: HeaderName = HeaderName::from_static("sunset");

/// What every answer says of it: `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and a `Link` to whatever tells more.
#[derive(Debug, Clone, Default)]
pub struct Retirement {
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Retirement {
    pub fn new(config: &config::Rest) -> Self {
        let since = config
            .deprecated_on
            .map(|day| format!("@{}", midnight(day).timestamp()));
        let until = config.sunset_on.map(|day| http_date(midnight(day)));
        let relation = if config.deprecated_on.is_some() {
            "deprecation"
        } else {
            "sunset"
        };
        let more = config
            .retirement_url
            .as_ref()
            .map(|url| format!("<{url}>; rel=\"{relation}\""));
        let headers = [(DEPRECATION, since), (SUNSET, until), (header::LINK, more)];
        let headers = headers
            .into_iter()
            .filter_map(|(name, value)| Some((name, HeaderValue::try_from(value?).ok()?)));
        Self {
            headers: headers.collect(),
        }
    }

    /// Adds them to an answer's.
    pub fn tell(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.headers {
            headers.append(name.clone(), value.clone());
        }
    }
}

fn midnight(day: NaiveDate) -> DateTime<chrono::Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// As HTTP writes times (RFC 9110, section 5.6.7).
fn http_date(at: DateTime<chrono::Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
