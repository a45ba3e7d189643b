//! HTTP with PayPal: the access token, the idempotency key, and bounds on everything.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::{
    RequestBuilder, Url,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use vitrine_commerce::ports::Clock;

use super::{fault::Fault, object::Token};
pub(super) use crate::payment::http::Answer;
use crate::{
    config::{PayPal, Secret},
    payment::{
        fault::answer,
        http::{Api, ApiSettings},
        setup::SetupError,
    },
};

/// How long before its end a token is not used any more.
const TOKEN_MARGIN: TimeDelta = TimeDelta::minutes(2);

const KEY_HEADER: HeaderName = HeaderName::from_static("paypal-request-id");
const REQUEST_ID_HEADER: HeaderName = HeaderName::from_static("paypal-debug-id");
const PREFER: HeaderName = HeaderName::from_static("prefer");

/// What it takes to be known to PayPal.
const CREDENTIALS: &str = "the client's id or its secret";

pub(super) struct Client {
    api: Api,
    clock: Arc<dyn Clock>,
    client_id: String,
    client_secret: Secret,
    /// What requests are made with, and until when. Nobody holds it while PayPal is asked for one: a few that ask at the
    /// same time each get one that works.
    token: Mutex<Option<(Secret, DateTime<Utc>)>>,
}

impl Client {
    pub(super) fn new(settings: &PayPal, clock: Arc<dyn Clock>) -> Result<Self, SetupError> {
        let api = Api::new(ApiSettings {
            url: &settings.api_url,
            // All of an object is told, and not only its id.
            headers: HeaderMap::from_iter([(PREFER, HeaderValue::from_static("return=representation"))]),
            timeout_seconds: settings.timeout_seconds,
            requests_per_second: settings.requests_per_second,
            request_id: REQUEST_ID_HEADER,
        })?;
        Ok(Self {
            api,
            clock,
            client_id: settings.client_id.clone().ok_or(SetupError::KeyMissing(CREDENTIALS))?,
            client_secret: settings
                .client_secret
                .clone()
                .ok_or(SetupError::KeyMissing(CREDENTIALS))?,
            token: Mutex::default(),
        })
    }

    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, String)],
    ) -> Result<Answer<T>, Fault> {
        self.send(self.api.http.get(self.url(path)).query(query)).await
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
        self.send(self.api.http.post(self.url(path)).header(KEY_HEADER, key).json(body))
            .await
    }

    /// Asks with a body whose bytes count, and waits for no longer than `within`.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        path: &[&str],
        body: Vec<u8>,
        within: Duration,
    ) -> Result<Answer<T>, Fault> {
        self.api.asked_turn(within).await?;
        let request = self
            .api
            .http
            .post(self.url(path))
            .header(CONTENT_TYPE, "application/json");
        self.send(request.body(body).timeout(within)).await
    }

    fn url(&self, path: &[&str]) -> Url {
        self.api.url(path)
    }

    async fn send<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<Answer<T>, Fault> {
        let again = request.try_clone();
        let token = self.token().await?;
        let answer = self.exchange(request.bearer_auth(token.expose())).await;
        match (answer, again) {
            // It was withdrawn before its time.
            (Err(fault), Some(again)) if fault.is_unauthorized() => {
                self.forget_token(&token);
                let token = self.token().await?;
                self.exchange(again.bearer_auth(token.expose())).await
            }
            (answer, _) => answer,
        }
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
            .api
            .http
            .post(self.url(&["v1", "oauth2", "token"]))
            .basic_auth(&self.client_id, Some(self.client_secret.expose()))
            .form(&[("grant_type", "client_credentials")]);
        let asked = self.exchange::<Token>(request).await;
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

    async fn exchange<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<Answer<T>, Fault> {
        answer(self.api.send(request).await?)
    }
}

#[cfg(test)]
mod tests {
    use vitrine_commerce::ports::clock::SystemClock;

    use super::*;

    fn client(api_url: &str) -> Result<Client, SetupError> {
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
            assert!(matches!(client(address), Err(SetupError::Address(_))), "{address}");
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
