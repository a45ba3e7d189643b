//! VIES, the register of the European Commission, by its REST interface.

use std::time::Duration;

use async_trait::async_trait;
use serde::Deserialize;
use tokio::sync::Semaphore;
use vitrine_commerce::ports::vat::{VatRegister, VatRegisterError};

/// How long a shopper waits for the register, which is often slow.
const TIMEOUT: Duration = Duration::from_secs(6);
/// How many ask it at once; a further one is told that it does not answer.
const REQUESTS_MAX: usize = 8;
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// Asks VIES.
pub struct ViesRegister {
    http: reqwest::Client,
    base: String,
    turns: Semaphore,
}

/// What of its answer matters.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    is_valid: Option<bool>,
    /// `VALID`, `INVALID`, or why there is no answer: `MS_UNAVAILABLE`, `TIMEOUT` …
    user_error: Option<String>,
}

impl ViesRegister {
    /// # Errors
    /// When no client can be made.
    pub fn new(base: &str) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .timeout(TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self {
            http,
            base: base.trim_end_matches('/').to_owned(),
            turns: Semaphore::new(REQUESTS_MAX),
        })
    }

    async fn ask(&self, prefix: &str, digits: &str) -> Result<Answer, String> {
        let url = format!("{}/ms/{prefix}/vat/{digits}", self.base);
        let mut response = self
            .http
            .get(url)
            .send()
            .await
            .map_err(|error| error.without_url().to_string())?;
        if !response.status().is_success() {
            return Err(format!("it answered {}", response.status()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| error.without_url().to_string())?
        {
            body.extend_from_slice(&chunk);
            if body.len() > ANSWER_BYTES_MAX {
                return Err("its answer is too long".to_owned());
            }
        }
        serde_json::from_slice(&body).map_err(|error| format!("its answer cannot be read: {error}"))
    }
}

#[async_trait]
impl VatRegister for ViesRegister {
    async fn knows(&self, prefix: &str, digits: &str) -> Result<bool, VatRegisterError> {
        let Ok(_turn) = self.turns.try_acquire() else {
            return Err(VatRegisterError("too many ask it at once".to_owned()));
        };
        let answer = self.ask(prefix, digits).await.map_err(VatRegisterError)?;
        match (answer.is_valid, answer.user_error.as_deref()) {
            (Some(true), _) => Ok(true),
            (_, Some("INVALID" | "INVALID_INPUT")) => Ok(false),
            (_, why) => Err(VatRegisterError(
                why.unwrap_or("it said neither yes nor no").chars().take(100).collect(),
            )),
        }
    }
}
