//! HTTP with Stripe: the key, the version, the idempotency key, and bounds on everything.

use reqwest::{
    RequestBuilder, Url,
    header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue},
};
use serde::de::DeserializeOwned;

use super::{
    API_VERSION, StripeSetupError,
    fault::{Fault, Refusal},
    form::Form,
    object::{ErrorBody, Failure},
};
pub(super) use crate::payment::http::Answer;
use crate::{
    config::{Secret, Stripe},
    payment::http::{Api, ApiSettings},
};

const VERSION_HEADER: HeaderName = HeaderName::from_static("stripe-version");
const KEY_HEADER: HeaderName = HeaderName::from_static("idempotency-key");
const REQUEST_ID_HEADER: HeaderName = HeaderName::from_static("request-id");

pub(super) struct Client {
    api: Api,
    /// To take it out of what Stripe says of it.
    secret_key: Secret,
}

impl Client {
    pub(super) fn new(settings: &Stripe, secret_key: &Secret) -> Result<Self, StripeSetupError> {
        let bearer = format!("Bearer {}", secret_key.expose());
        let mut authorization = HeaderValue::try_from(bearer).map_err(|_| StripeSetupError::Key)?;
        authorization.set_sensitive(true);
        let headers = HeaderMap::from_iter([
            (AUTHORIZATION, authorization),
            (VERSION_HEADER, HeaderValue::from_static(API_VERSION)),
        ]);
        let api = Api::new(ApiSettings {
            url: &settings.api_url,
            headers,
            timeout_seconds: settings.timeout_seconds,
            requests_per_second: settings.requests_per_second,
            request_id: REQUEST_ID_HEADER,
        })?;
        Ok(Self {
            api,
            secret_key: secret_key.clone(),
        })
    }

    pub(super) async fn get<T: DeserializeOwned>(&self, path: &[&str], query: &Form) -> Result<Answer<T>, Fault> {
        self.send(self.api.http.get(self.url(path)).query(query)).await
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
        self.send(self.api.http.post(self.url(path)).header(KEY_HEADER, key).form(form))
            .await
    }

    /// For what Stripe does once, however often it is asked.
    pub(super) async fn post_unkeyed<T: DeserializeOwned>(
        &self,
        path: &[&str],
        form: &Form,
    ) -> Result<Answer<T>, Fault> {
        self.send(self.api.http.post(self.url(path)).form(form)).await
    }

    pub(super) async fn delete<T: DeserializeOwned>(&self, path: &[&str]) -> Result<Answer<T>, Fault> {
        self.send(self.api.http.delete(self.url(path))).await
    }

    fn url(&self, path: &[&str]) -> Url {
        let path: Vec<&str> = std::iter::once("v1").chain(path.iter().copied()).collect();
        self.api.url(&path)
    }

    async fn send<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<Answer<T>, Fault> {
        let reply = self.api.send(request).await?;
        let (status, retry_after_seconds) = (reply.status, reply.retry_after_seconds);
        let request_id = reply.request_id.clone();
        if status.is_success() {
            return match serde_json::from_slice(&reply.text?) {
                Ok(body) => Ok(Answer { body, request_id }),
                Err(source) => Err(Fault::Unreadable { request_id, source }),
            };
        }
        let failure: Option<Failure> = reply.error();
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
        let shown = format!("{:?} {:?} {:?}", settings("x"), client.api.http, client.secret_key);
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
