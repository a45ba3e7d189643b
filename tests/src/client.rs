//! Somebody at the door: a guest, a customer or a member of staff, over HTTP.

use std::time::{Duration, Instant};

use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};

use crate::patience::{PATIENCE, out_of_patience};

/// How long an answer is waited for by whoever can do without.
const TRY_MAX: Duration = Duration::from_secs(10);

/// How long a connection is kept for the next request: far less than the shop keeps it, or one would be used at the moment at
/// which the shop closes it.
const IDLE_MAX: Duration = Duration::from_secs(2);

/// A client that speaks to this machine alone: reading the certificates of the world's authorities would take
/// longer than what most tests ask of it.
///
/// # Panics
/// When it cannot be built.
pub fn http() -> reqwest::Client {
    built(builder())
}

/// As [`http`], for a browser that sees where it is sent before it goes.
///
/// # Panics
/// The same.
pub fn http_that_stays() -> reqwest::Client {
    built(builder().redirect(reqwest::redirect::Policy::none()))
}

fn builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .tls_built_in_root_certs(false)
        .pool_idle_timeout(IDLE_MAX)
}

fn built(client: reqwest::ClientBuilder) -> reqwest::Client {
    client.build().expect("a client without certificates")
}

/// Sends requests to a shop, signed in or not.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    access_token: Option<String>,
    idempotency_key: Option<String>,
}

impl Client {
    /// A guest at the shop that answers at `base`.
    pub fn guest(base: impl Into<String>) -> Self {
        Self {
            http: http(),
            base: base.into(),
            access_token: None,
            idempotency_key: None,
        }
    }

    /// The same client with an access token.
    #[must_use]
    pub fn with_token(&self, access_token: &str) -> Self {
        Self {
            access_token: Some(access_token.to_owned()),
            ..self.clone()
        }
    }

    /// The same client, who sends everything under this key.
    #[must_use]
    pub fn under(&self, idempotency_key: &str) -> Self {
        Self {
            idempotency_key: Some(idempotency_key.to_owned()),
            ..self.clone()
        }
    }

    /// Where the shop answers, as in `http://127.0.0.1:1234`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The access token, where somebody is signed in.
    pub fn access_token(&self) -> Option<&str> {
        self.access_token.as_deref()
    }

    /// The whole GraphQL answer, errors included.
    ///
    /// # Panics
    /// When the answer is not JSON.
    pub async fn answer(&self, query: &str, variables: Value) -> Value {
        let response = self
            .post("/graphql", json!({ "query": query, "variables": variables }))
            .await;
        response.json().await.expect("a GraphQL answer is JSON")
    }

    /// The answer's `data`, or `None` when the shop did not answer or had a fault: the outcome is
    /// unknown, and the caller asks again.
    pub async fn try_data(&self, query: &str, variables: Value) -> Option<Value> {
        let body = json!({ "query": query, "variables": variables });
        let response = self.try_post("/graphql", &body).await.ok()?;
        let mut answer: Value = response.json().await.ok()?;
        answer
            .get("errors")
            .is_none()
            .then(|| answer["data"].take())
            .filter(|data| !data.is_null())
    }

    /// The answer's `data`. A shop that is too busy is asked again, as it wishes.
    ///
    /// # Panics
    /// When the answer holds another error, or the shop is too busy all the time.
    pub async fn data(&self, query: &str, variables: Value) -> Value {
        let mut answer = self.answer(query, variables.clone()).await;
        let began = Instant::now();
        // These tests share two cores with many others.
        while began.elapsed() < PATIENCE {
            let error = &answer["errors"][0]["extensions"];
            if error["code"] != "SERVICE_UNAVAILABLE" {
                break;
            }
            // What it did not answer it did not do.
            tokio::time::sleep(Duration::from_secs(error["retryAfter"].as_u64().unwrap_or(1))).await;
            answer = self.answer(query, variables.clone()).await;
        }
        if answer["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE" {
            out_of_patience(format_args!("the shop is too busy all the time for {query}"));
        }
        assert!(answer.get("errors").is_none(), "{query}\nanswered {answer:#}");
        answer["data"].take()
    }

    /// The payload of a mutation of one field.
    pub async fn payload(&self, mutation: &str, variables: Value) -> Value {
        let data = self.data(mutation, variables).await;
        let Value::Object(fields) = data else {
            panic!("{mutation} answered no object")
        };
        fields.into_values().next().expect("a mutation has a field")
    }

    /// The payload of a mutation that must succeed.
    ///
    /// # Panics
    /// When it answers user errors.
    pub async fn done(&self, mutation: &str, variables: Value) -> Value {
        let payload = self.payload(mutation, variables).await;
        assert_eq!(payload["userErrors"], json!([]), "{mutation}");
        payload
    }

    /// The codes of the user errors that a mutation answers.
    pub async fn refusals(&self, mutation: &str, variables: Value) -> Vec<String> {
        let payload = self.payload(mutation, variables).await;
        let errors = payload["userErrors"]
            .as_array()
            .expect("a payload lists user errors")
            .clone();
        errors
            .iter()
            .map(|error| error["code"].as_str().expect("a user error has a code").to_owned())
            .collect()
    }

    /// Posts JSON to a path.
    pub async fn post(&self, path: &str, body: Value) -> Response {
        self.request(path, &body).send().await.expect("the shop answers")
    }

    /// Posts JSON to a path of a shop that may not answer, or not soon.
    ///
    /// # Errors
    /// When it does not: what became of the request is unknown.
    pub async fn try_post(&self, path: &str, body: &Value) -> reqwest::Result<Response> {
        self.request(path, body).timeout(TRY_MAX).send().await
    }

    fn request(&self, path: &str, body: &Value) -> RequestBuilder {
        let mut request = self.http.post(format!("{}{path}", self.base)).json(body);
        if let Some(key) = &self.idempotency_key {
            request = request.header("idempotency-key", key);
        }
        match &self.access_token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Gets a path.
    pub async fn get(&self, path: &str) -> Response {
        self.http
            .get(format!("{}{path}", self.base))
            .send()
            .await
            .expect("the shop answers")
    }
}
