//! Problem details (RFC 9457): how every request that did not succeed is answered.
//!
//! A handler gives a [`Problem`]; it is written by `finish_request` in `mod.rs`, which knows the
//! request's id. What the caller can mend is told; a fault is logged and shows nothing of itself.

use std::sync::Arc;

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;
use vitrine_commerce::{
    Error, Fault, Refusal,
    error::Details,
    language::{Language, Message},
};
use vitrine_edge::{
    CHALLENGE, NotAdmitted, RateLimited, Rejection, Unauthenticated,
    error::{
        FAULT_MESSAGE, OVERLOAD_MESSAGE, UNKNOWN_MESSAGE, UNWRITABLE_MESSAGE, code, log_fault, log_unwritable,
        outcome_unknown, overload,
    },
};

use super::kind::{self, Kind};
use crate::rest::view::action::ActionView;

/// Why a request did not succeed.
#[derive(Debug)]
pub(in crate::rest) struct Problem {
    kind: &'static Kind,
    /// Where HTTP has a better one than the kind's own.
    status: StatusCode,
    detail: Message,
    refusals: Vec<Refusal>,
    // Boxed: a result that carries it stays small.
    payment: Option<Box<PaymentParticulars>>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// What helps to go on with a payment.
#[derive(Debug)]
pub(in crate::rest) struct PaymentParticulars {
    pub(in crate::rest) decline_code: Option<String>,
    pub(in crate::rest) action: Option<ActionView>,
}

/// A problem as it is written, in `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Problem)]
pub(in crate::rest) struct ProblemBody {
    /// Names the kind of problem, stably: the path of a page that explains it.
    #[schema(example = "/problems/insufficient-stock")]
    r#type: String,
    /// The kind of problem, for people.
    #[schema(example = "Insufficient stock")]
    title: &'static str,
    /// The status of the answer.
    #[schema(example = 409)]
    status: u16,
    /// What is wrong this time, in a sentence.
    #[schema(example = "Only 3 of Oak Table are available.")]
    detail: String,
    /// The id of this request, under which the shop's staff find it.
    instance: String,
    /// The kind of problem, stably: branch on it.
    #[schema(example = "INSUFFICIENT_STOCK")]
    code: &'static str,
    /// What is wrong, one by one. Empty where the problem is not about the input.
    errors: Vec<ErrorBody>,
    /// Why the payment was declined, in the provider's code. With `PAYMENT_DECLINED` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "insufficient_funds")]
    decline_code: Option<String>,
    /// What the shopper must do. With `PAYMENT_ACTION_REQUIRED` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<ActionView>,
}

/// One of the things that are wrong.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProblemError)]
pub(in crate::rest) struct ErrorBody {
    /// What is wrong, stably: branch on it.
    code: &'static str,
    /// What is wrong and what to do, in a sentence for a person.
    message: String,
    /// The path of the field at fault in the body, as in `["lines", "0", "quantity"]`. Empty where
    /// no single field is at fault.
    field: Vec<String>,
    /// What is short. With `INSUFFICIENT_STOCK` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    sku: Option<String>,
    /// How many units could be had at this moment. With `INSUFFICIENT_STOCK` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    available_quantity: Option<i64>,
    /// The cart's line that asks for too much. With `INSUFFICIENT_STOCK` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    line_id: Option<String>,
}

impl Problem {
    pub(in crate::rest) fn new(kind: &'static Kind, detail: impl Into<Message>) -> Self {
        Self {
            kind,
            status: kind.status,
            detail: detail.into(),
            refusals: Vec::new(),
            payment: None,
            headers: Vec::new(),
        }
    }

    /// Of what the shop refused; a problem is named for the first.
    fn refused(refusals: Vec<Refusal>) -> Self {
        let Some(first) = refusals.first() else {
            return fault_problem();
        };
        let (kind, detail) = (first.code.into(), first.message.clone());
        let problem = Self::new(kind, detail);
        let problem = match first.details {
            Some(Details::RateLimited { retry_after_seconds }) => problem.retried_after(retry_after_seconds),
            _ => problem,
        };
        Self { refusals, ..problem }
    }

    pub(in crate::rest) fn status(&self) -> StatusCode {
        self.status
    }

    #[must_use]
    pub(in crate::rest) fn with_payment(self, payment: PaymentParticulars) -> Self {
        Self {
            payment: Some(Box::new(payment)),
            ..self
        }
    }

    #[must_use]
    pub(in crate::rest) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    #[must_use]
    pub(in crate::rest) fn retried_after(self, seconds: u64) -> Self {
        self.with_header(header::RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// As it is written, for the request `instance`. What the shop refused is said in the caller's language.
    pub(in crate::rest) fn body(&self, instance: &str, language: &Language) -> ProblemBody {
        let payment = self.payment.as_deref();
        ProblemBody {
            r#type: format!("/problems/{}", self.kind.slug()),
            title: self.kind.title,
            status: self.status.as_u16(),
            detail: language.say(&self.detail),
            instance: instance.to_owned(),
            code: self.kind.code,
            errors: self
                .refusals
                .iter()
                .map(|refusal| ErrorBody::of(refusal, language))
                .collect(),
            decline_code: payment.and_then(|payment| payment.decline_code.clone()),
            action: payment.and_then(|payment| payment.action.clone()),
        }
    }
}

impl ErrorBody {
    fn of(refusal: &Refusal, language: &Language) -> Self {
        let (mut sku, mut available_quantity, mut line_id) = (None, None, None);
        if let Some(Details::InsufficientStock {
            line,
            sku: short,
            available,
        }) = &refusal.details
        {
            sku = Some(short.clone());
            available_quantity = Some(*available);
            line_id = line.map(|line| line.to_string());
        }
        Self {
            code: <&Kind>::from(refusal.code).code,
            message: language.say(&refusal.message),
            field: refusal.field.clone(),
            sku,
            available_quantity,
            line_id,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        let headers = response.headers_mut();
        for (name, value) in &self.headers {
            headers.insert(name.clone(), value.clone());
        }
        if self.kind == kind::UNAUTHENTICATED {
            headers.insert(header::WWW_AUTHENTICATE, CHALLENGE);
        }
        let again_soon = self.status == StatusCode::SERVICE_UNAVAILABLE && self.kind != kind::PAYMENT_CONFIG_MISSING;
        if again_soon && !headers.contains_key(header::RETRY_AFTER) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::refused(vec![refusal])
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusals) => Self::refused(refusals),
            error if error.storage_failure().is_some() => {
                log_unwritable(&error);
                Self::new(kind::SERVICE_UNAVAILABLE, UNWRITABLE_MESSAGE)
            }
            error if error.is_outcome_unknown() => {
                outcome_unknown(&error);
                Self::new(kind::OUTCOME_UNKNOWN, UNKNOWN_MESSAGE)
            }
            error if error.is_overload() => {
                overload(&error);
                Self::new(kind::SERVICE_UNAVAILABLE, OVERLOAD_MESSAGE)
            }
            error => {
                log_fault(&error);
                fault_problem()
            }
        }
    }
}

impl From<Fault> for Problem {
    fn from(error: Fault) -> Self {
        Error::from(error).into()
    }
}

impl From<Unauthenticated> for Problem {
    fn from(Unauthenticated(message): Unauthenticated) -> Self {
        Self::new(kind::UNAUTHENTICATED, message)
    }
}

impl From<NotAdmitted> for Problem {
    fn from(refusal: NotAdmitted) -> Self {
        match refusal {
            NotAdmitted::Unauthenticated(refusal) => refusal.into(),
            NotAdmitted::Overloaded => Self::new(kind::SERVICE_UNAVAILABLE, OVERLOAD_MESSAGE),
            NotAdmitted::Broken => fault_problem(),
        }
    }
}

impl From<RateLimited> for Problem {
    fn from(limited: RateLimited) -> Self {
        Self::new(kind::RATE_LIMITED, limited.message()).retried_after(limited.retry_after_seconds)
    }
}

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        let (kind, status) = match rejection.code() {
            code::BODY_TOO_LARGE => (kind::BODY_TOO_LARGE, None),
            code::UNSUPPORTED_MEDIA_TYPE => (kind::UNSUPPORTED_MEDIA_TYPE, None),
            // A body that did not arrive: nothing was done.
            code::TIMEOUT => (kind::TIMEOUT, Some(StatusCode::REQUEST_TIMEOUT)),
            _ => (kind::BAD_REQUEST, None),
        };
        Self {
            status: status.unwrap_or(kind.status),
            ..Self::new(kind, rejection.message())
        }
    }
}

/// What may be shown of a fault.
pub(in crate::rest) fn fault_problem() -> Problem {
    Problem::new(kind::INTERNAL_ERROR, FAULT_MESSAGE)
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbErr, error::ConnAcquireErr};
    use vitrine_commerce::ErrorCode;

    use super::*;

    fn english() -> std::sync::Arc<Language> {
        Language::of("en", "GB")
    }

    #[test]
    fn a_fault_shows_nothing_and_an_overload_says_when_to_come_again() {
        let problem = Problem::from(Fault::Other("password=1".to_owned(), None));
        let body = serde_json::to_string(&problem.body("id", &english())).expect("JSON");
        assert!(!body.contains("password") && body.contains("INTERNAL_ERROR"), "{body}");

        let busy = DbErr::ConnectionAcquire(ConnAcquireErr::Timeout);
        let response = Problem::from(Error::from(busy)).into_response();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()[header::RETRY_AFTER], "2");
    }

    #[test]
    fn a_problem_is_named_for_the_first_refusal_and_lists_all() {
        let mut short = Refusal::new(ErrorCode::InsufficientStock, "Only 1 left.").at(&["lines", "0"]);
        short.details = Some(Details::InsufficientStock {
            line: None,
            sku: "MUG-1".to_owned(),
            available: 1,
        });
        let gone = Refusal::new(ErrorCode::NotForSale, "Gone.");
        let body = serde_json::to_value(Problem::refused(vec![short, gone]).body("req-1", &english())).expect("JSON");
        let expected = serde_json::json!({
            "type": "/problems/insufficient-stock", "title": "Insufficient stock", "status": 409,
            "detail": "Only 1 left.", "instance": "req-1", "code": "INSUFFICIENT_STOCK",
            "errors": [
                { "code": "INSUFFICIENT_STOCK", "message": "Only 1 left.", "field": ["lines", "0"], "sku": "MUG-1", "availableQuantity": 1 },
                { "code": "NOT_FOR_SALE", "message": "Gone.", "field": [] },
            ],
        });
        assert_eq!(body, expected);
    }
}
