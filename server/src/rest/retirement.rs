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

    pub(super) fn tell(&self, headers: &mut HeaderMap) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_since_when_until_when_and_where_more_is_told() {
        let config = config::Rest {
            deprecated_on: NaiveDate::from_ymd_opt(2027, 1, 1),
            sunset_on: NaiveDate::from_ymd_opt(2027, 12, 31),
            retirement_url: Some("https://shop.example/api-news".to_owned()),
        };
        let mut headers = HeaderMap::new();
        Retirement::new(&config).tell(&mut headers);
        assert_eq!(headers[DEPRECATION], "@1798761600");
        assert_eq!(headers[SUNSET], "Fri, 31 Dec 2027 00:00:00 GMT");
        assert_eq!(
            headers[header::LINK],
            "<https://shop.example/api-news>; rel=\"deprecation\""
        );

        let mut headers = HeaderMap::new();
        Retirement::new(&config::Rest::default()).tell(&mut headers);
        assert!(headers.is_empty());
    }
}
