//! What the adapters of providers have in common over HTTP: one API at one address, with bounds on everything. What a
//! provider's answers mean is its own adapter's to say.

use std::{num::NonZeroU32, time::Duration};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use reqwest::{
    RequestBuilder, Response, StatusCode, Url,
    header::{HeaderMap, HeaderName, RETRY_AFTER},
    redirect,
};
use serde::de::DeserializeOwned;

/// A page of a hundred charges is under a megabyte.
const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a request may wait for its turn under our own limit.
const TURN_TIMEOUT: Duration = Duration::from_secs(5);

/// What part of our share of requests whoever sends webhooks may have us make: one in so many.
const ASKED_PART: u32 = 2;

/// Where an API is, and how it is to be asked.
pub(super) struct ApiSettings<'settings> {
    pub(super) url: &'settings str,
    /// Of every request.
    pub(super) headers: HeaderMap,
    pub(super) timeout_seconds: u64,
    /// Of this process.
    pub(super) requests_per_second: u32,
    /// In which header an answer tells its id.
    pub(super) request_id: HeaderName,
}

/// Why an API cannot be asked.
#[derive(Debug)]
pub(super) enum Unusable {
    Address(String),
    Http(reqwest::Error),
}

/// An API of a provider.
pub(super) struct Api {
    pub(super) http: reqwest::Client,
    base: Url,
    limiter: DefaultDirectRateLimiter,
    /// Of what anybody may have us ask, who only has to send what looks like a webhook: charges keep the rest of the turns.
    asked_limiter: DefaultDirectRateLimiter,
    request_id: HeaderName,
}

/// Why there is no answer that could be looked at.
#[derive(Debug)]
pub(super) enum CallFault {
    /// Not sent: it would have been more than our share of requests.
    Throttled,
    /// Nothing was sent.
    Unreachable(reqwest::Error),
    Lost(reqwest::Error),
    TooLong(usize),
}

/// An answer, as it came.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) request_id: Option<String>,
    pub(super) retry_after_seconds: Option<u64>,
    /// Of an answer that is no success the status says enough, if what stands below cannot be read.
    pub(super) text: Result<Vec<u8>, CallFault>,
}

/// What came back, and the provider's id of it.
pub(super) struct Answer<T> {
    pub(super) body: T,
    pub(super) request_id: Option<String>,
}

impl Api {
    pub(super) fn new(settings: ApiSettings<'_>) -> Result<Self, Unusable> {
        let not_an_address = || Unusable::Address(settings.url.to_owned());
        let base = Url::parse(settings.url).map_err(|_| not_an_address())?;
        if base.cannot_be_a_base() {
            return Err(not_an_address());
        }
        let http = reqwest::Client::builder()
            .default_headers(settings.headers)
            .user_agent(concat!("vitrine/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(Duration::from_secs(settings.timeout_seconds))
            // These APIs do not redirect, and nobody else is to see the keys.
            .redirect(redirect::Policy::none())
            .build()
            .map_err(Unusable::Http)?;
        let rate = NonZeroU32::new(settings.requests_per_second).unwrap_or(NonZeroU32::MIN);
        let part = NonZeroU32::new(rate.get() / ASKED_PART).unwrap_or(NonZeroU32::MIN);
        Ok(Self {
            http,
            base,
            limiter: RateLimiter::direct(Quota::per_second(rate)),
            asked_limiter: RateLimiter::direct(Quota::per_second(part)),
            request_id: settings.request_id,
        })
    }

    pub(super) fn url(&self, path: &[&str]) -> Url {
        let mut url = self.base.clone();
        // It was looked at when this was made.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        url
    }

    /// Waits for the turn of one question that somebody else has us ask, by what may be a webhook.
    pub(super) async fn asked_turn(&self, within: Duration) -> Result<(), CallFault> {
        let turn = tokio::time::timeout(TURN_TIMEOUT.min(within), self.asked_limiter.until_ready());
        turn.await.map_err(|_| CallFault::Throttled)
    }

    /// Sends it in its turn.
    pub(super) async fn send(&self, request: RequestBuilder) -> Result<Reply, CallFault> {
        let turn = tokio::time::timeout(TURN_TIMEOUT, self.limiter.until_ready());
        turn.await.map_err(|_| CallFault::Throttled)?;
        let response = request.send().await.map_err(|error| match error.is_connect() {
            true => CallFault::Unreachable(error),
            false => CallFault::Lost(error),
        })?;
        Ok(Reply {
            status: response.status(),
            request_id: header(&response, &self.request_id),
            retry_after_seconds: header(&response, &RETRY_AFTER).and_then(|seconds| seconds.trim().parse().ok()),
            text: body(response).await,
        })
    }
}

#[cfg(test)]
impl Api {
    /// Has whoever sends webhooks have us ask so much a day, so that turns are counted, however fast they come.
    pub(super) fn allow_asked_daily(&mut self, turns: NonZeroU32) {
        let daily = Quota::with_period(Duration::from_secs(24 * 3600)).expect("a period");
        self.asked_limiter = RateLimiter::direct(daily.allow_burst(turns));
    }

    /// Takes a turn, if one is left.
    pub(super) fn has_asked_turn(&self) -> bool {
        self.asked_limiter.check().is_ok()
    }
}

impl Reply {
    /// What an answer says that is no success, where it is what the provider says.
    pub(super) fn error<E: DeserializeOwned + Default>(self) -> E {
        let read = self.text.ok().and_then(|text| serde_json::from_slice(&text).ok());
        read.unwrap_or_default()
    }
}

/// What an answer says that may say nothing: that it was done is enough then.
pub(super) fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, serde_json::Error> {
    match text.is_empty() {
        true => serde_json::from_slice(b"null"),
        false => serde_json::from_slice(text),
    }
}

fn header(response: &Response, name: &HeaderName) -> Option<String> {
    Some(response.headers().get(name)?.to_str().ok()?.to_owned())
}

async fn body(mut response: Response) -> Result<Vec<u8>, CallFault> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(CallFault::Lost)? {
        if body.len() + chunk.len() > ANSWER_BYTES_MAX {
            return Err(CallFault::TooLong(ANSWER_BYTES_MAX));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_sends_webhooks_leaves_charges_their_turn() {
        let requests_per_second = 10;
        let mut api = Api::new(ApiSettings {
            url: "https://provider.invalid",
            headers: HeaderMap::new(),
            timeout_seconds: 1,
            requests_per_second,
            request_id: HeaderName::from_static("request-id"),
        })
        .unwrap();
        api.allow_asked_daily(NonZeroU32::MIN);
        assert!(api.has_asked_turn());
        for _ in 0..30 {
            let turn = api.asked_turn(Duration::from_millis(1)).await;
            assert!(matches!(turn, Err(CallFault::Throttled)), "{turn:?}");
        }
        let left = (0..requests_per_second).filter(|_| api.limiter.check().is_ok());
        assert_eq!(
            left.count(),
            requests_per_second as usize,
            "nobody took a turn of theirs"
        );
    }
}
