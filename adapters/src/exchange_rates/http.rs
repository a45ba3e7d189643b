//! The European Central Bank's daily file, at its address.

use std::time::Duration;

use async_trait::async_trait;
use vitrine_commerce::ports::exchange_rates::{ExchangeRates, ExchangeRatesError, RateSheet};

use super::ecb;

const TIMEOUT: Duration = Duration::from_secs(20);
/// The file of a day has 2 KiB, that of 90 days 150.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// Fetches it.
pub struct EcbRates {
    http: reqwest::Client,
    url: String,
}

impl EcbRates {
    /// # Errors
    /// When no client can be made.
    pub fn new(url: &str) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .timeout(TIMEOUT)
            .redirect(reqwest::redirect::Policy::limited(3))
            .build()?;
        Ok(Self {
            http,
            url: url.to_owned(),
        })
    }

    async fn fetch(&self) -> Result<String, String> {
        let told = |error: reqwest::Error| error.without_url().to_string();
        let mut response = self.http.get(&self.url).send().await.map_err(told)?;
        if !response.status().is_success() {
            return Err(format!("the bank answered {}", response.status()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(told)? {
            body.extend_from_slice(&chunk);
            if body.len() > ANSWER_BYTES_MAX {
                return Err("the bank's file is too long".to_owned());
            }
        }
        String::from_utf8(body).map_err(|_| "the bank's file is not in UTF-8".to_owned())
    }
}

#[async_trait]
impl ExchangeRates for EcbRates {
    async fn latest(&self) -> Result<RateSheet, ExchangeRatesError> {
        let text = self.fetch().await.map_err(ExchangeRatesError)?;
        ecb::read(&text).map_err(ExchangeRatesError)
    }
}
