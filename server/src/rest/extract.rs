//! What a request's head and body hold, read before any use case is called.

use std::{convert::Infallible, error::Error as _};

use axum::{
    body::HttpBody,
    extract::{self, FromRequest, FromRequestParts, Path, Request},
    http::{HeaderName, Uri, header::CONTENT_TYPE, request::Parts},
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use vitrine_commerce::{
    Context, Error, ErrorCode, Refusal,
    limits::Kind,
    paging::Page,
    staff::{Permission, permission},
};
use vitrine_edge::{IDEMPOTENCY_KEY, caller, check_headers, read_body};
use vitrine_entity::ids::OrderId;

use super::{
    problem::{details::Problem, kind},
    state::Rest,
};
use crate::{
    auth::{self, ORDER_ACCESS_TOKEN},
    kept, limits,
};

/// No request of this facade needs more; a longer one is answered with 413.
pub(super) const BODY_BYTES_MAX: usize = 64 * 1024;

/// What a request's head says: who asks, and with which keys.
pub(super) struct RestRequest {
    pub(super) context: Context,
    /// Opens an order to whoever holds it.
    pub(super) access_token: Option<String>,
    idempotency_key: Option<String>,
    wants_what_is_now: bool,
}

impl RestRequest {
    /// Refuses whoever lacks the permission, before anything else of the request is looked at.
    pub(super) fn require(&self, permission: Permission) -> Result<(), Problem> {
        permission::require(&self.context, permission)?;
        Ok(())
    }

    /// Has what `work` reads be late, where the database has replicas: for what everybody may see.
    pub(super) async fn late<T>(&self, rest: &Rest, work: impl Future<Output = T>) -> T {
        match self.wants_what_is_now {
            true => work.await,
            false => rest.shop.db.late(self.context.viewer.id(), work).await,
        }
    }

    /// The key under which the request may be repeated, where it came with one.
    pub(super) fn key_if_sent(&self) -> Option<&str> {
        self.idempotency_key.as_deref()
    }

    /// As [`key_if_sent`](Self::key_if_sent), where there has to be one.
    ///
    /// # Errors
    /// `IDEMPOTENCY_KEY_MISSING`. Whether it is well-formed, the use case says.
    pub(super) fn key(&self) -> Result<String, Problem> {
        self.idempotency_key.clone().ok_or_else(|| {
            let detail = "The header `Idempotency-Key` is needed here, so that a repeated request does not act twice.";
            Problem::new(kind::IDEMPOTENCY_KEY_MISSING, detail)
        })
    }
}

impl FromRequestParts<Rest> for RestRequest {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, rest: &Rest) -> Result<Self, Problem> {
        let caller = caller(parts);
        let context = auth::context(&rest.shop, &caller).await?;
        limits::counted(&rest.shop, &context, &caller.standings, &kinds(parts)).await?;
        Ok(Self {
            context,
            access_token: header(parts, &ORDER_ACCESS_TOKEN)?,
            idempotency_key: header(parts, &IDEMPOTENCY_KEY)?,
            wants_what_is_now: kept::wants_what_is_now(&parts.headers),
        })
    }
}

/// What a request is counted as.
fn kinds(parts: &Parts) -> Vec<(Kind, u32)> {
    if parts.method.is_safe() {
        return vec![(Kind::Query, 1)];
    }
    let path = parts.uri.path();
    let places = ["/checkout", "/process-payment", "/legacy/orders"]
        .iter()
        .any(|end| path.ends_with(end));
    let placed = places.then_some((Kind::Place, 1));
    [(Kind::Mutation, 1)].into_iter().chain(placed).collect()
}

/// The text of a header that may be sent once.
fn header(parts: &Parts, name: &HeaderName) -> Result<Option<String>, Problem> {
    let mut values = parts.headers.get_all(name).iter();
    match (values.next().map(|value| value.to_str()), values.next()) {
        (None, _) => Ok(None),
        (Some(Ok(text)), None) => Ok(Some(text.to_owned())),
        _ => {
            let detail = format!("The header `{name}` must be sent once, in visible ASCII.");
            Err(Problem::new(kind::BAD_REQUEST, detail))
        }
    }
}

/// The order that the path names. One that is no order's id answers as a missing order does.
pub(super) struct OrderInPath(pub(super) OrderId);

impl FromRequestParts<Rest> for OrderInPath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, rest: &Rest) -> Result<Self, Problem> {
        let id: Option<OrderId> = match Path::<String>::from_request_parts(parts, rest).await {
            Ok(Path(id)) => id.parse().ok(),
            Err(_) => None,
        };
        id.map(Self).ok_or_else(missing_order)
    }
}

pub(super) fn missing_order() -> Problem {
    Problem::new(kind::NOT_FOUND, Refusal::not_found("order").message)
}

/// As forms and generated clients send it, a parameter without a value is one that is not given.
fn without_empty(uri: &Uri) -> Uri {
    let pairs = uri.query().unwrap_or_default().split('&');
    let given = pairs.filter(|pair| pair.split_once('=').is_some_and(|(_, value)| !value.is_empty()));
    let given = format!("/?{}", given.collect::<Vec<_>>().join("&"));
    given.parse().unwrap_or_else(|_| uri.clone())
}

/// What stands behind the path's `?`, of known parameters only. It is read by whoever may: nobody else is told what
/// is wrong with it.
pub(super) struct Query<T>(Result<T, Problem>);

impl<T> Query<T> {
    /// # Errors
    /// `INVALID`, with the parameter at fault.
    pub(super) fn read(self) -> Result<T, Problem> {
        self.0
    }
}

impl<T: DeserializeOwned> FromRequestParts<Rest> for Query<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Rest) -> Result<Self, Infallible> {
        let query = extract::Query::try_from_uri(&without_empty(&parts.uri));
        let query = query.map(|extract::Query(query)| query).map_err(|error| {
            // The cause names the parameter and what it is read as.
            let cause = error.source().map_or_else(|| error.body_text(), ToString::to_string);
            Refusal::new(ErrorCode::Invalid, format!("The query does not fit: {cause}.")).into()
        });
        Ok(Self(query))
    }
}

/// A body in JSON, of known fields only.
pub(super) struct Json<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Rest> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, rest: &Rest) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        // Where every field may be left out, so may the body.
        if body.is_end_stream() && !parts.headers.contains_key(CONTENT_TYPE) {
            return read(b"{}").map(Self);
        }
        check_headers(&parts.headers)?;
        let body = read_body(body, BODY_BYTES_MAX, rest.settings.body_timeout).await?;
        read(&body).map(Self)
    }
}

/// What is no JSON at all is a client's defect; what is, but not of our fields, is invalid input.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let value: Value = serde_json::from_slice(body)
        .map_err(|_| Problem::new(kind::BAD_REQUEST, "The body is not JSON that can be read."))?;
    serde_json::from_value(value)
        .map_err(|error| Refusal::new(ErrorCode::Invalid, format!("The body does not fit: {error}.")).into())
}

/// A page of a list. A cursor names a place in it: one that the list has not given is not found.
pub(super) fn listed<T>(page: vitrine_commerce::Result<Page<T>>) -> Result<Page<T>, Problem> {
    page.map_err(|error| match error {
        Error::Refused(refusals) if refusals.iter().all(is_about_cursor) => {
            Problem::new(kind::NOT_FOUND, "The cursor is not one that this list gave.")
        }
        other => other.into(),
    })
}

fn is_about_cursor(refusal: &Refusal) -> bool {
    refusal.field == ["after"]
}
