//! HTTP with Stripe: the key, the version, the idempotency key, and bounds on everything.

use std::{num::NonZeroU32, time::Duration};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use reqwest::{
    RequestBuilder, Url,
    header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
    redirect,
};
use serde::de::DeserializeOwned;

use super::{
    API_VERSION, StripeSetupError,
    fault::{Fault, Refusal},
    form::Form,
    object::{ErrorBody, Failure},
};
use crate::{
    config::{Secret, Stripe},
    payment::http::{body, header},
};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a request may wait for its turn under our own limit.
const TURN_TIMEOUT: Duration = Duration::from_secs(5);

const VERSION_HEADER: HeaderName = HeaderName::from_static("stripe-version");
const KEY_HEADER: HeaderName = HeaderName::from_static("idempotency-key");
const REQUEST_ID_HEADER: HeaderName = HeaderName::from_static("request-id");

/// What came back, and Stripe's id of it.
pub(super) struct Answer<T> {
    pub(super) body: T,
    pub(super) request_id: Option<String>,
}

pub(super) struct Client {
    http: reqwest::Client,
    base: Url,
    limiter: DefaultDirectRateLimiter,
    /// To take it out of what Stripe says of it.
    secret_key: Secret,
}

impl Client {
    pub(super) fn new(settings: &Stripe, secret_key: &Secret) -> Result<Self, StripeSetupError> {
        let not_an_address = || StripeSetupError::Address(settings.api_url.clone());
        let base = Url::parse(&settings.api_url).map_err(|_| not_an_address())?;
        if base.cannot_be_a_base() {
            return Err(not_an_address());
        }
        let bearer = format!("Bearer {}", secret_key.expose());
        let mut authorization = HeaderValue::try_from(bearer).map_err(|_| StripeSetupError::Key)?;
        authorization.set_sensitive(true);
        let headers = HeaderMap::from_iter([
            (AUTHORIZATION, authorization),
            (VERSION_HEADER, HeaderValue::from_static(API_VERSION)),
        ]);
        let http = reqwest::Client::builder()
            .default_headers(headers)
            .user_agent(concat!("vitrine/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(Duration::from_secs(settings.timeout_seconds))
            // Stripe does not redirect, and nobody else is to see the key.
            .redirect(redirect::Policy::none())
            .build()?;
        let rate = NonZeroU32::new(settings.requests_per_second).unwrap_or(NonZeroU32::MIN);
        Ok(Self {
            http,
            base,
            limiter: RateLimiter::direct(Quota::per_second(rate)),
            secret_key: secret_key.clone(),
        })
    }

    pub(super) async fn get<T: DeserializeOwned>(&self, path: &[&str], query: &Form) -> Result<Answer<T>, Fault> {
        self.send(self.http.get(self.url(path)).query(query)).await
    }

    /// As `get`, with `None` for what is not there.
    pub(super) async fn find<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &Form,
    ) -> Result<Option<Answer<T>>, Fault> {
        match self.get(path, query).await {
            Err(fault) if fault.is_not_found() => Ok(None),
            answer => answer.map(Some),
        }
    }

    /// With the same `key` it never acts twice.
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &[&str],
        form: &Form,
        key: &str,
    ) -> Result<Answer<T>, Fault> {
        self.send(self.http.post(self.url(path)).header(KEY_HEADER, key).form(form))
            .await
    }

    /// For what Stripe does once, however often it is asked.
    pub(super) async fn post_unkeyed<T: DeserializeOwned>(
        &self,
        path: &[&str],
        form: &Form,
    ) -> Result<Answer<T>, Fault> {
        self.send(self.http.post(self.url(path)).form(form)).await
    }

    pub(super) async fn delete<T: DeserializeOwned>(&self, path: &[&str]) -> Result<Answer<T>, Fault> {
        self.send(self.http.delete(self.url(path))).await
    }

    fn url(&self, path: &[&str]) -> Url {
        let mut url = self.base.clone();
        // It was looked at when the client was made.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push("v1").extend(path);
        }
        url
    }

    async fn send<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<Answer<T>, Fault> {
        let turn = tokio::time::timeout(TURN_TIMEOUT, self.limiter.until_ready());
        turn.await.map_err(|_| Fault::Throttled)?;
        let response = request.send().await.map_err(|error| match error.is_connect() {
            true => Fault::Unreachable(error),
            false => Fault::Lost(error),
        })?;
        let status = response.status();
        let request_id = header(&response, &REQUEST_ID_HEADER);
        let retry_after_seconds = header(&response, &RETRY_AFTER).and_then(|seconds| seconds.trim().parse().ok());
        let text = body(response).await.map_err(Fault::from);
        if status.is_success() {
            return match serde_json::from_slice(&text?) {
                Ok(body) => Ok(Answer { body, request_id }),
                Err(source) => Err(Fault::Unreadable { request_id, source }),
            };
        }
        // Its status says enough, if what stands below cannot be read.
        let failure = text.ok().and_then(|text| serde_json::from_slice(&text).ok());
        let error = failure.map_or_else(ErrorBody::default, |Failure { error }| self.without_key(error));
        Err(Fault::Refused(Box::new(Refusal {
            status,
            retry_after_seconds,
            request_id,
            error,
        })))
    }

    /// Stripe shortens a key that it complains of; others might not.
    fn without_key(&self, mut error: ErrorBody) -> ErrorBody {
        error.message = error.message.map(|text| text.replace(self.secret_key.expose(), "…"));
        error
    }
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, sync::Arc};

    use vitrine_commerce::ports::{PaymentProvider, clock::SystemClock, payment::ProviderError};
    use vitrine_entity::ids::InstallationId;

    use super::*;
    use crate::payment::stripe::{StripeProvider, testing::a_charge};

    const SHOP: InstallationId = InstallationId(uuid::Uuid::nil());

    fn settings(api_url: &str) -> Stripe {
        Stripe {
            secret_key: Some(Secret::new("sk_test_never_to_be_seen")),
            webhook_secrets: vec![Secret::new("whsec_never_to_be_seen")],
            api_url: api_url.to_owned(),
            ..Stripe::default()
        }
    }

    fn client(api_url: &str) -> Client {
        let settings = settings(api_url);
        Client::new(&settings, &settings.secret_key.clone().unwrap()).unwrap()
    }

    #[test]
    fn a_reference_stays_in_its_place() {
        for (base, expected) in [
            ("https://api.stripe.com", "https://api.stripe.com/v1/refunds/re_1"),
            ("http://127.0.0.1:1/below/", "http://127.0.0.1:1/below/v1/refunds/re_1"),
        ] {
            assert_eq!(client(base).url(&["refunds", "re_1"]).as_str(), expected);
        }
        let url = client("https://api.stripe.com").url(&["refunds", "../customers?x#y"]);
        assert_eq!(url.path(), "/v1/refunds/..%2Fcustomers%3Fx%23y");
    }

    #[test]
    fn nothing_shows_a_key() {
        let client = client("https://api.stripe.com");
        let shown = format!("{:?} {:?} {:?}", settings("x"), client.http, client.secret_key);
        assert!(!shown.contains("never_to_be_seen"), "{shown}");
        let error = ErrorBody {
            message: Some("Invalid API Key provided: sk_test_never_to_be_seen".to_owned()),
            ..ErrorBody::default()
        };
        let error = client.without_key(error);
        assert_eq!(error.message.as_deref(), Some("Invalid API Key provided: …"));
    }

    #[test]
    fn what_can_be_no_setting_is_refused() {
        let new = |settings: &Stripe| {
            StripeProvider::new(settings, SHOP, Arc::new(SystemClock))
                .err()
                .unwrap()
        };
        let (mut keyless, mut broken) = (settings("https://api.stripe.com"), settings("https://api.stripe.com"));
        keyless.secret_key = None;
        broken.secret_key = Some(Secret::new("sk_test\nnever_to_be_seen"));
        assert!(matches!(new(&keyless), StripeSetupError::KeyMissing));
        let error = new(&broken);
        assert!(matches!(error, StripeSetupError::Key) && !format!("{error:?} {error}").contains("never"));
        for address in ["", "api.stripe.com", "mailto:stripe"] {
            assert!(
                matches!(new(&settings(address)), StripeSetupError::Address(_)),
                "{address}"
            );
        }
    }

    #[tokio::test]
    async fn who_cannot_be_reached_has_done_nothing() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let provider = StripeProvider::new(&settings(&address), SHOP, Arc::new(SystemClock)).unwrap();
        let error = provider.charge(&a_charge()).await.unwrap_err();
        assert!(matches!(error, ProviderError::Unavailable(_)), "{error:?}");
        assert!(!format!("{error:?}").contains("never_to_be_seen"));
    }
}
