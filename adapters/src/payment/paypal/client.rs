//! HTTP with PayPal: the access token, the idempotency key, and bounds on everything.

use std::{
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use reqwest::{
    RequestBuilder, Url,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
    redirect,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use vitrine_commerce::ports::Clock;

use super::{
    PayPalSetupError,
    fault::{Fault, Refusal},
    object::Token,
};
use crate::{
    config::{PayPal, Secret},
    payment::http::{body, header},
};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a request may wait for its turn under our own limit.
const TURN_TIMEOUT: Duration = Duration::from_secs(5);

/// How long before its end a token is not used any more.
const TOKEN_MARGIN: TimeDelta = TimeDelta::minutes(2);

const KEY_HEADER: HeaderName = HeaderName::from_static("paypal-request-id");
const REQUEST_ID_HEADER: HeaderName = HeaderName::from_static("paypal-debug-id");
const PREFER: HeaderName = HeaderName::from_static("prefer");

/// What came back, and PayPal's id of it.
pub(super) struct Answer<T> {
    pub(super) body: T,
    pub(super) request_id: Option<String>,
}

pub(super) struct Client {
    http: reqwest::Client,
    base: Url,
    limiter: DefaultDirectRateLimiter,
    clock: Arc<dyn Clock>,
    client_id: String,
    client_secret: Secret,
    /// What requests are made with, and until when. Nobody holds it while PayPal is asked for one: a few that ask at the
    /// same time each get one that works.
    token: Mutex<Option<(Secret, DateTime<Utc>)>>,
}

impl Client {
    pub(super) fn new(settings: &PayPal, clock: Arc<dyn Clock>) -> Result<Self, PayPalSetupError> {
        let not_an_address = || PayPalSetupError::Address(settings.api_url.clone());
        let base = Url::parse(&settings.api_url).map_err(|_| not_an_address())?;
        if base.cannot_be_a_base() {
            return Err(not_an_address());
        }
        let http = reqwest::Client::builder()
            // All of an object is told, and not only its id.
            .default_headers(HeaderMap::from_iter([(
                PREFER,
                HeaderValue::from_static("return=representation"),
            )]))
            .user_agent(concat!("vitrine/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(Duration::from_secs(settings.timeout_seconds))
            // PayPal does not redirect, and nobody else is to see the token.
            .redirect(redirect::Policy::none())
            .build()?;
        let rate = NonZeroU32::new(settings.requests_per_second).unwrap_or(NonZeroU32::MIN);
        Ok(Self {
            http,
            base,
            limiter: RateLimiter::direct(Quota::per_second(rate)),
            clock,
            client_id: settings.client_id.clone().ok_or(PayPalSetupError::KeyMissing)?,
            client_secret: settings.client_secret.clone().ok_or(PayPalSetupError::KeyMissing)?,
            token: Mutex::default(),
        })
    }

    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, String)],
    ) -> Result<Answer<T>, Fault> {
        self.send(self.http.get(self.url(path)).query(query)).await
    }

    /// As `get`, with `None` for what is not there.
    pub(super) async fn find<T: DeserializeOwned>(&self, path: &[&str]) -> Result<Option<Answer<T>>, Fault> {
        match self.get(path, &[]).await {
            Err(fault) if fault.is_not_found() => Ok(None),
            answer => answer.map(Some),
        }
    }

    /// With the same `key` it never acts twice.
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &[&str],
        body: &Value,
        key: &str,
    ) -> Result<Answer<T>, Fault> {
        self.send(self.http.post(self.url(path)).header(KEY_HEADER, key).json(body))
            .await
    }

    /// Asks with a body whose bytes count, and waits for no longer than `within`.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        path: &[&str],
        body: Vec<u8>,
        within: Duration,
    ) -> Result<Answer<T>, Fault> {
        let request = self.http.post(self.url(path)).header(CONTENT_TYPE, "application/json");
        self.send(request.body(body).timeout(within)).await
    }

    fn url(&self, path: &[&str]) -> Url {
        let mut url = self.base.clone();
        // It was looked at when the client was made.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        url
    }

    async fn send<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<Answer<T>, Fault> {
        let again = request.try_clone();
        let token = self.token().await?;
        let answer = exchange(self.in_turn(request.bearer_auth(token.expose())).await?).await;
        match (answer, again) {
            // It was withdrawn before its time.
            (Err(fault), Some(again)) if fault.is_unauthorized() => {
                self.forget_token(&token);
                let token = self.token().await?;
                exchange(self.in_turn(again.bearer_auth(token.expose())).await?).await
            }
            (answer, _) => answer,
        }
    }

    async fn in_turn(&self, request: RequestBuilder) -> Result<RequestBuilder, Fault> {
        let turn = tokio::time::timeout(TURN_TIMEOUT, self.limiter.until_ready());
        turn.await.map_err(|_| Fault::Throttled)?;
        Ok(request)
    }

    /// Kept until shortly before it ends.
    async fn token(&self) -> Result<Secret, Fault> {
        let now = self.clock.now();
        if let Some((token, until)) = &*self.held_token()
            && now < *until
        {
            return Ok(token.clone());
        }
        let request = self
            .http
            .post(self.url(&["v1", "oauth2", "token"]))
            .basic_auth(&self.client_id, Some(self.client_secret.expose()))
            .form(&[("grant_type", "client_credentials")]);
        let asked = match self.in_turn(request).await {
            Ok(request) => exchange::<Token>(request).await,
            Err(fault) => Err(fault),
        };
        let Token {
            access_token,
            expires_in,
        } = asked.map_err(|fault| Fault::NoToken(Box::new(fault)))?.body;
        let token = Secret::new(access_token);
        let until = now + TimeDelta::seconds(expires_in.clamp(0, 24 * 3600)) - TOKEN_MARGIN;
        *self.held_token() = Some((token.clone(), until));
        Ok(token)
    }

    /// Unless another one is there by now.
    fn forget_token(&self, used: &Secret) {
        let mut held = self.held_token();
        if held.as_ref().is_some_and(|(token, _)| token == used) {
            *held = None;
        }
    }

    fn held_token(&self) -> std::sync::MutexGuard<'_, Option<(Secret, DateTime<Utc>)>> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn exchange<T: DeserializeOwned>(request: RequestBuilder) -> Result<Answer<T>, Fault> {
    let response = request.send().await.map_err(|error| match error.is_connect() {
        true => Fault::Unreachable(error),
        false => Fault::Lost(error),
    })?;
    let status = response.status();
    let request_id = header(&response, &REQUEST_ID_HEADER);
    let retry_after_seconds = header(&response, &RETRY_AFTER).and_then(|seconds| seconds.trim().parse().ok());
    let text = body(response).await.map_err(Fault::from);
    if status.is_success() {
        let mut text = text?;
        if text.is_empty() {
            // 204: it was done, and there is nothing to tell.
            text.extend_from_slice(b"null");
        }
        let body = serde_json::from_slice(&text).map_err(Fault::Unreadable)?;
        return Ok(Answer { body, request_id });
    }
    // Its status says enough, if what stands below cannot be read.
    let error = text.ok().and_then(|text| serde_json::from_slice(&text).ok());
    Err(Fault::Refused(Box::new(Refusal {
        status,
        retry_after_seconds,
        request_id,
        error: error.unwrap_or_default(),
    })))
}

#[cfg(test)]
mod tests {
    use vitrine_commerce::ports::clock::SystemClock;

    use super::*;

    fn client(api_url: &str) -> Result<Client, PayPalSetupError> {
        let settings = PayPal {
            client_id: Some("the_client".to_owned()),
            client_secret: Some(Secret::new("never_to_be_seen")),
            api_url: api_url.to_owned(),
            ..PayPal::default()
        };
        Client::new(&settings, Arc::new(SystemClock))
    }

    #[test]
    fn a_reference_stays_in_its_place() {
        for (base, expected) in [
            (
                "https://api-m.paypal.com",
                "https://api-m.paypal.com/v2/checkout/orders/5O1",
            ),
            (
                "http://127.0.0.1:1/below/",
                "http://127.0.0.1:1/below/v2/checkout/orders/5O1",
            ),
        ] {
            let url = client(base).unwrap().url(&["v2", "checkout", "orders", "5O1"]);
            assert_eq!(url.as_str(), expected);
        }
        let url = client("https://api-m.paypal.com").unwrap().url(&["v2", "../x?y#z"]);
        assert_eq!(url.path(), "/v2/..%2Fx%3Fy%23z");
        for address in ["", "api-m.paypal.com", "mailto:paypal"] {
            assert!(
                matches!(client(address), Err(PayPalSetupError::Address(_))),
                "{address}"
            );
        }
    }

    #[tokio::test]
    async fn who_cannot_be_reached_has_done_nothing() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let client = client(&address).unwrap();
        let asked = client.post::<Value>(&["v2", "checkout", "orders"], &Value::Null, "key");
        let fault = asked.await.err().unwrap();
        assert!(matches!(&fault, Fault::NoToken(_)), "{fault:?}");
        assert!(!format!("{fault:?}").contains("never_to_be_seen"));
        let error = vitrine_commerce::ports::payment::ProviderError::from(fault);
        assert!(
            matches!(error, vitrine_commerce::ports::payment::ProviderError::Unavailable(_)),
            "{error:?}"
        );
    }
}
