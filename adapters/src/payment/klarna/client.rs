//! HTTP with Klarna: the user's name and password, the idempotency key, and bounds on everything.

use std::time::Duration;

use reqwest::{
    RequestBuilder,
    header::{HeaderMap, HeaderName},
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::fault::Fault;
pub(super) use crate::payment::http::Answer;
use crate::{
    config::{Klarna, Secret},
    payment::{
        fault::answer,
        http::{Api, ApiSettings},
        setup::SetupError,
    },
};

const KEY_HEADER: HeaderName = HeaderName::from_static("klarna-idempotency-key");
const REQUEST_ID_HEADER: HeaderName = HeaderName::from_static("klarna-correlation-id");

/// What it takes to be known to Klarna.
const CREDENTIALS: &str = "the user's name or password";

pub(super) struct Client {
    api: Api,
    username: String,
    password: Secret,
}

impl Client {
    pub(super) fn new(settings: &Klarna) -> Result<Self, SetupError> {
        let api = Api::new(ApiSettings {
            url: &settings.api_url,
            headers: HeaderMap::new(),
            timeout_seconds: settings.timeout_seconds,
            requests_per_second: settings.requests_per_second,
            request_id: REQUEST_ID_HEADER,
        })?;
        Ok(Self {
            api,
            username: settings.username.clone().ok_or(SetupError::KeyMissing(CREDENTIALS))?,
            password: settings.password.clone().ok_or(SetupError::KeyMissing(CREDENTIALS))?,
        })
    }

    /// The address of something, as Klarna is told it.
    pub(super) fn address(&self, path: &[&str]) -> String {
        self.api.url(path).to_string()
    }

    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, String)],
    ) -> Result<Answer<T>, Fault> {
        self.send(self.api.http.get(self.api.url(path)).query(query)).await
    }

    /// As `get`, with `None` for what is not there.
    pub(super) async fn find<T: DeserializeOwned>(&self, path: &[&str]) -> Result<Option<Answer<T>>, Fault> {
        match self.get(path, &[]).await {
            Err(fault) if fault.is_not_found() => Ok(None),
            answer => answer.map(Some),
        }
    }

    /// With the same `key` it never acts twice: Klarna keeps it for a day.
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &[&str],
        body: &Value,
        key: &str,
    ) -> Result<Answer<T>, Fault> {
        let request = self.api.http.post(self.api.url(path)).header(KEY_HEADER, key);
        self.send(request.json(body)).await
    }

    /// Waits for the turn of a question that a hint has us ask.
    pub(super) async fn asked_turn(&self, within: Duration) -> Result<(), Fault> {
        Ok(self.api.asked_turn(within).await?)
    }

    pub(super) async fn delete(&self, path: &[&str]) -> Result<(), Fault> {
        self.send::<Value>(self.api.http.delete(self.api.url(path))).await?;
        Ok(())
    }

    async fn send<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<Answer<T>, Fault> {
        let request = request.basic_auth(&self.username, Some(self.password.expose()));
        answer(self.api.send(request).await?)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{BufRead, BufReader, Write},
        net::TcpListener,
        num::NonZeroU32,
        sync::Arc,
        thread,
    };

    use serde_json::json;
    use vitrine_commerce::ports::{
        clock::SystemClock,
        payment::{ProviderError, ProviderEvent},
    };

    use super::*;
    use crate::payment::klarna::{KlarnaProvider, testing::SHOP, webhook::Hint};

    fn client(api_url: &str) -> Result<Client, SetupError> {
        Client::new(&Klarna {
            username: Some("PK1".to_owned()),
            password: Some(Secret::new("never_to_be_seen")),
            api_url: api_url.to_owned(),
            ..Klarna::default()
        })
    }

    #[test]
    fn a_reference_stays_in_its_place() {
        let client = client("https://api.klarna.com").ok().unwrap();
        let address = client.address(&["ordermanagement", "v1", "orders", "../x?y#z"]);
        assert_eq!(
            address,
            "https://api.klarna.com/ordermanagement/v1/orders/..%2Fx%3Fy%23z"
        );
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for address in ["", "api.klarna.com", "mailto:klarna"] {
            assert!(matches!(client(address), Err(SetupError::Address(_))), "{address}");
        }
    }

    #[tokio::test]
    async fn who_cannot_be_reached_has_done_nothing() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let client = client(&address).ok().unwrap();
        let asked = client.post::<Value>(&["payments", "v1", "sessions"], &Value::Null, "key");
        let fault = asked.await.err().unwrap();
        assert!(!format!("{fault:?}").contains("never_to_be_seen"));
        let error = ProviderError::from(fault);
        assert!(matches!(error, ProviderError::Unavailable(_)), "{error:?}");
    }

    /// A server that answers so, one request after the other.
    fn answering(answers: Vec<Value>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let heads_end = |line: String| line.is_empty();
                assert!(BufReader::new(&stream).lines().map_while(Result::ok).any(heads_end));
                let (body, head) = (answer.to_string(), "HTTP/1.1 200 OK\r\nconnection: close");
                let length = body.len();
                write!(stream, "{head}\r\ncontent-length: {length}\r\n\r\n{body}").unwrap();
            }
        });
        address
    }

    /// Whoever makes hints up has us ask no more than they have turns: of a page that led to an order, two questions.
    #[tokio::test]
    async fn each_question_of_a_hint_takes_a_turn() {
        let page = json!({ "session_id": "1", "status": "COMPLETED", "order_id": "2" });
        let order = json!({ "order_id": "2", "purchase_currency": "EUR" });
        let mut client = client(&answering(vec![page, order])).ok().unwrap();
        client.api.allow_asked_daily(NonZeroU32::MIN.saturating_add(1));
        let provider = KlarnaProvider {
            client,
            clock: Arc::new(SystemClock),
            shop: SHOP.to_owned(),
            webhook_url: String::new(),
            is_live: false,
        };
        let hint = Hint::read(br#"{"session":{"session_id":"1"}}"#).unwrap();
        let told = provider.followed(&hint).await;
        assert!(matches!(told, Ok(ProviderEvent::Ignored { .. })), "{told:?}");
        assert!(!provider.client.api.has_asked_turn());
    }
}
