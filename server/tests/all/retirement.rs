//! When the REST facade goes.

use axum::http::{HeaderMap, header};
use chrono::NaiveDate;
use vitrine_adapters::config;
use vitrine_server::rest::Retirement;

#[test]
fn says_since_when_until_when_and_where_more_is_told() {
    let config = config::Rest {
        deprecated_on: NaiveDate::from_ymd_opt(2027, 1, 1),
        sunset_on: NaiveDate::from_ymd_opt(2027, 12, 31),
        retirement_url: Some("https://shop.example/api-news".to_owned()),
    };
    let mut headers = HeaderMap::new();
    Retirement::new(&config).tell(&mut headers);
    assert_eq!(headers["deprecation"], "@1798761600");
    assert_eq!(headers["sunset"], "Fri, 31 Dec 2027 00:00:00 GMT");
    assert_eq!(
        headers[header::LINK],
        "<https://shop.example/api-news>; rel=\"deprecation\""
    );

    let mut headers = HeaderMap::new();
    Retirement::new(&config::Rest::default()).tell(&mut headers);
    assert!(headers.is_empty());
}
