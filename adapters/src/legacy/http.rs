//! The older system by its HTTP interface, as docs/moving.md describes it.

use std::time::Duration;

use async_trait::async_trait;
use reqwest::{
    Method, RequestBuilder, Response, StatusCode, Url,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderName},
};
use tokio::sync::Semaphore;
use vitrine_commerce::ports::legacy::{Answered, Forwarded, LegacyError, LegacyShop};
use vitrine_entity::legacy_order::LegacyRecord;

/// How many requests it is asked at once; a further one is told that it does not answer.
const REQUESTS_MAX: usize = 64;
const ANSWER_BYTES_MAX: usize = 256 * 1024;
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const CORRELATION_ID: HeaderName = HeaderName::from_static("x-correlation-id");

/// Asks it.
pub struct HttpLegacyShop {
    http: reqwest::Client,
    base: Url,
    token: Option<String>,
    turns: Semaphore,
}

impl HttpLegacyShop {
    /// # Errors
    /// When the address is none of HTTP, or no client can be made.
    pub fn new(base: &str, token: Option<&str>, timeout: Duration) -> anyhow::Result<Self> {
        let base: Url = format!("{}/", base.trim_end_matches('/')).parse()?;
        anyhow::ensure!(
            matches!(base.scheme(), "http" | "https"),
            "it begins with https:// or http://"
        );
        let http = reqwest::Client::builder()
            .timeout(timeout)
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self {
            http,
            base,
            token: token.map(|token| format!("Bearer {token}")),
            turns: Semaphore::new(REQUESTS_MAX),
        })
    }

    fn url(&self, parts: &[&str]) -> Url {
        let mut url = self.base.clone();
        // A base that is HTTP's has a path. What stands in a part is written so that it stays one.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(parts);
        }
        url
    }

    async fn answer(&self, request: RequestBuilder) -> Result<(StatusCode, Vec<u8>), LegacyError> {
        let Ok(_turn) = self.turns.try_acquire() else {
            return Err(LegacyError::Unavailable("too many ask it at once".to_owned()));
        };
        let told = |error: reqwest::Error| LegacyError::Unavailable(error.without_url().to_string());
        let response = request.send().await.map_err(told)?;
        let status = response.status();
        Ok((status, body(response).await?))
    }

    /// A request of the shop's own.
    fn own(&self, method: Method, number: &str) -> RequestBuilder {
        let request = self.http.request(method, self.url(&["orders", number]));
        match &self.token {
            Some(token) => request.header(AUTHORIZATION, token),
            None => request,
        }
    }
}

async fn body(mut response: Response) -> Result<Vec<u8>, LegacyError> {
    let told = |error: reqwest::Error| LegacyError::Unavailable(error.without_url().to_string());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(told)? {
        body.extend_from_slice(&chunk);
        if body.len() > ANSWER_BYTES_MAX {
            return Err(LegacyError::Refused("its answer is too long".to_owned()));
        }
    }
    Ok(body)
}

/// What an answer of this status means for a request that was not done.
fn failure(status: StatusCode) -> LegacyError {
    let why = format!("it answered {status}");
    let may_pass = status.is_server_error() || matches!(status.as_u16(), 408 | 425 | 429);
    match may_pass {
        true => LegacyError::Unavailable(why),
        false => LegacyError::Refused(why),
    }
}

#[async_trait]
impl LegacyShop for HttpLegacyShop {
    async fn forward(&self, request: &Forwarded) -> Result<Answered, LegacyError> {
        let parts: Vec<&str> = request.path.split('/').filter(|part| !part.is_empty()).collect();
        let mut url = self.url(&parts);
        if let Some(token) = &request.token {
            url.query_pairs_mut().append_pair("token", token);
        }
        let method = match request.method {
            "POST" => Method::POST,
            _ => Method::GET,
        };
        let mut asked = self
            .http
            .request(method, url)
            .header(CORRELATION_ID, &request.correlation_id);
        if let Some(key) = &request.idempotency_key {
            asked = asked.header(IDEMPOTENCY_KEY, key);
        }
        if !request.body.is_empty() {
            asked = asked
                .header(CONTENT_TYPE, "application/json")
                .body(request.body.clone());
        }
        let (status, body) = self.answer(asked).await?;
        Ok(Answered {
            status: status.as_u16(),
            body,
        })
    }

    async fn order(&self, number: &str) -> Result<Option<LegacyRecord>, LegacyError> {
        let (status, body) = self.answer(self.own(Method::GET, number)).await?;
        match status {
            StatusCode::OK => {
                let read = serde_json::from_slice(&body);
                read.map(Some)
                    .map_err(|error| LegacyError::Refused(format!("its answer cannot be read: {error}")))
            }
            StatusCode::NOT_FOUND => Ok(None),
            status => Err(failure(status)),
        }
    }

    async fn write(&self, order: &LegacyRecord, idempotency_key: &str) -> Result<(), LegacyError> {
        let request = self
            .own(Method::PUT, &order.number)
            .header(IDEMPOTENCY_KEY, idempotency_key);
        let (status, _) = self.answer(request.json(order)).await?;
        match status.is_success() {
            true => Ok(()),
            false => Err(failure(status)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_client_names_stays_a_part_of_the_path() {
        let shop = HttpLegacyShop::new("http://old.example/api/", None, Duration::from_secs(1)).expect("a client");
        let url = |number| shop.url(&["orders", number]).to_string();
        assert_eq!(url("A-1"), "http://old.example/api/orders/A-1");
        assert_eq!(url("../admin?x"), "http://old.example/api/orders/..%2Fadmin%3Fx");
        assert!(HttpLegacyShop::new("file:///etc", None, Duration::from_secs(1)).is_err());
    }
}
