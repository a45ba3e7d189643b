//! One request and its answer: whose it is, whether it fails on purpose, whether its key was used
//! before; then what it asks for.

use std::{convert::Infallible, sync::Arc};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, Response, StatusCode, header, request::Parts},
};
use futures::FutureExt;
use serde_json::Value;

use super::{
    error::StripeError,
    faults::Fault,
    keys::{Claim, Fingerprint},
    parameters::Parameters,
    routes,
    state::{KEY, Shared, State, StripeRequest},
};
use crate::stand_in::Answering;

/// What becomes of a connection.
enum Outcome {
    Answer(Answer),
    Cut,
}

#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    body: String,
    request_id: String,
    retry_after: Option<u64>,
    replayed: bool,
}

async fn exchange(shared: Arc<Shared>, head: Parts, body: Bytes) -> Outcome {
    let call = Call::read(&head, &body);
    let number = call.record(&mut shared.state());
    let outcome = call.run(&shared, number).await;
    if let Outcome::Answer(answer) = &outcome {
        let mut state = shared.state();
        state.requests[number].status = Some(answer.status);
        state.requests[number].replayed = answer.replayed;
    }
    outcome
}

/// As the door wants it.
pub(super) fn answering(shared: Arc<Shared>) -> Answering {
    Arc::new(move |head: Parts, body: Bytes| {
        let answering = exchange(Arc::clone(&shared), head, body);
        let answered = answering.map(|outcome| match outcome {
            Outcome::Answer(answer) => answer.into_response().ok(),
            Outcome::Cut => None,
        });
        answered.boxed()
    })
}

struct Call {
    method: String,
    path: String,
    headers: HeaderMap,
    parameters: Parameters,
}

impl Call {
    fn read(head: &Parts, body: &Bytes) -> Self {
        let mut parameters = Parameters::read(head.uri.query().unwrap_or_default());
        parameters.extend(&String::from_utf8_lossy(body));
        Self {
            method: head.method.to_string(),
            path: head.uri.path().to_owned(),
            headers: head.headers.clone(),
            parameters,
        }
    }

    /// Its place among the requests.
    fn record(&self, state: &mut State) -> usize {
        state.requests.push(StripeRequest {
            method: self.method.clone(),
            path: self.path.clone(),
            key: self.header("idempotency-key"),
            version: self.header("stripe-version"),
            parameters: self.parameters.to_map(),
            status: None,
            replayed: false,
        });
        state.requests.len() - 1
    }

    async fn run(&self, shared: &Shared, number: usize) -> Outcome {
        let request_id = format!("req_{:014}", number + 1);
        if let Err(error) = self.authorize() {
            return Outcome::Answer(Answer::error(&error, request_id));
        }
        let fault = shared.state().faults.take(&self.method, &self.path);
        match fault {
            Some(Fault::RateLimited { retry_after }) => {
                let answer = Answer::error(&StripeError::rate_limit(), request_id);
                return Outcome::Answer(Answer { retry_after, ..answer });
            }
            Some(Fault::RateLimitedOnceReleased { retry_after }) => {
                shared.released.cancelled().await;
                let answer = Answer::error(&StripeError::rate_limit(), request_id);
                return Outcome::Answer(Answer { retry_after, ..answer });
            }
            Some(Fault::Forbidden) => {
                return Outcome::Answer(Answer::error(&StripeError::forbidden(), request_id));
            }
            Some(Fault::Refused) => {
                return Outcome::Answer(Answer::error(&StripeError::refused(), request_id));
            }
            Some(Fault::LockTimeout) => {
                return Outcome::Answer(Answer::error(&StripeError::lock_timeout(), request_id));
            }
            Some(Fault::ErrorBeforeActing) => {
                return Outcome::Answer(Answer::error(&StripeError::internal(), request_id));
            }
            Some(Fault::CutBeforeActing) => return Outcome::Cut,
            _ => {}
        }
        let fingerprint = match self.claim(shared) {
            Ok(Claim::Free(fingerprint)) => fingerprint,
            Ok(Claim::Known(status, body)) => {
                let answer = Answer::new(status, body, request_id);
                return Outcome::Answer(Answer {
                    replayed: true,
                    ..answer
                });
            }
            Err(error) => return Outcome::Answer(Answer::error(&error, request_id)),
        };
        self.act(shared, fault, fingerprint, request_id).await
    }

    /// Keys are for what changes something.
    fn claim(&self, shared: &Shared) -> Result<Claim, StripeError> {
        match self.header("idempotency-key") {
            Some(key) if self.method == "POST" => {
                let fingerprint = Fingerprint::new(key, &self.method, &self.path, &self.parameters);
                shared.state().keys.claim(fingerprint)
            }
            _ => Ok(Claim::Free(None)),
        }
    }

    async fn act(
        &self,
        shared: &Shared,
        fault: Option<Fault>,
        fingerprint: Option<Fingerprint>,
        request_id: String,
    ) -> Outcome {
        if let Some(Fault::ActsLate(time)) = fault {
            tokio::time::sleep(time).await;
        }
        let result = match fault {
            Some(Fault::ErrorInsteadOfActing) => Err(StripeError::internal()),
            _ => routes::route(
                &mut shared.state_of_now().books,
                &routes::Request {
                    method: &self.method,
                    path: &self.path,
                    parameters: &self.parameters,
                    key: self.header("idempotency-key"),
                    request_id: &request_id,
                    now: shared.now(),
                },
            ),
        };
        let refused = result.as_ref().is_err_and(|error| error.is_validation);
        let answer = match (&fault, result) {
            (Some(Fault::ErrorAfterActing), _) => Answer::error(&StripeError::internal(), request_id),
            (_, Ok(body)) => Answer::new(200, body.to_string(), request_id),
            (_, Err(error)) => Answer::error(&error, request_id),
        };
        match fault {
            Some(Fault::AnswersLate(time)) => tokio::time::sleep(time).await,
            Some(Fault::AnswersOnceReleased) => shared.released.cancelled().await,
            _ => {}
        }
        if let Some(fingerprint) = fingerprint {
            // What was refused before it was begun is not remembered.
            let outcome = (!refused).then(|| (answer.status, answer.body.clone()));
            shared.state().keys.finish(&fingerprint, outcome);
        }
        match fault {
            Some(Fault::CutAfterActing) => Outcome::Cut,
            Some(Fault::Garbled) => Outcome::Answer(answer.garbled()),
            _ => Outcome::Answer(answer),
        }
    }

    fn authorize(&self) -> Result<(), StripeError> {
        match self.header(header::AUTHORIZATION.as_str()) {
            Some(given) if given == format!("Bearer {}", KEY) => Ok(()),
            Some(given) => Err(StripeError::wrong_key(given.trim_start_matches("Bearer "))),
            None => Err(StripeError::no_key()),
        }
    }

    fn header(&self, name: &str) -> Option<String> {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    }
}

impl Answer {
    fn new(status: u16, body: String, request_id: String) -> Self {
        Self {
            status,
            body,
            request_id,
            retry_after: None,
            replayed: false,
        }
    }

    fn error(error: &StripeError, request_id: String) -> Self {
        let mut body = error.body();
        body["error"]["request_log_url"] = Value::from(format!("https://dashboard.stripe.com/test/logs/{request_id}"));
        Self::new(error.status, body.to_string(), request_id)
    }

    /// Cut in the middle, as by a proxy that gave up.
    fn garbled(mut self) -> Self {
        let half = self
            .body
            .char_indices()
            .nth(self.body.len() / 2)
            .map_or(0, |(at, _)| at);
        self.body.truncate(half);
        self
    }

    pub(super) fn into_response(self) -> Result<Response<Body>, Infallible> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut put = |name: &'static str, value: String| {
            if let Ok(value) = value.parse() {
                response.headers_mut().insert(name, value);
            }
        };
        put("content-type", "application/json".to_owned());
        put("request-id", self.request_id);
        if let Some(seconds) = self.retry_after {
            put("retry-after", seconds.to_string());
        }
        if self.replayed {
            put("idempotent-replayed", "true".to_owned());
        }
        Ok(response)
    }
}
