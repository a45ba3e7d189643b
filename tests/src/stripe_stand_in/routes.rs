//! The part of the API that Vitrine uses.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{
    books::{Books, Intent},
    error::StripeError,
    parameters::Parameters,
    render::Expand,
};

const LIMIT_MAX: i64 = 100;
const LIMIT: i64 = 10;

pub(super) struct Request<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) parameters: &'a Parameters,
    pub(super) key: Option<String>,
    pub(super) request_id: &'a str,
    pub(super) now: DateTime<Utc>,
}

pub(super) fn route(books: &mut Books, request: &Request<'_>) -> Result<Value, StripeError> {
    books.cause = Some((request.request_id.to_owned(), request.key.clone()));
    let (parameters, now) = (request.parameters, request.now);
    let path: Vec<&str> = request.path.trim_matches('/').split('/').collect();
    match (request.method, path.as_slice()) {
        ("POST", ["v1", "payment_intents"]) => books.create_intent(parameters, now),
        ("GET", ["v1", "payment_intents"]) => list_intents(books, parameters),
        ("GET", ["v1", "payment_intents", id]) => {
            parameters.allow(&["client_secret"])?;
            Ok(books.intent_json(books.intent(id)?, Expand::of(parameters)))
        }
        ("POST", ["v1", "payment_intents", id, "capture"]) => books.capture_intent(id, parameters, now),
        ("POST", ["v1", "payment_intents", id, "cancel"]) => books.cancel_intent(id, parameters, now),
        ("POST", ["v1", "refunds"]) => books.create_refund(parameters, now),
        ("GET", ["v1", "refunds"]) => list_refunds(books, parameters),
        ("GET", ["v1", "refunds", id]) => books.find_refund(id),
        ("POST", ["v1", "customers"]) => books.create_customer(parameters),
        ("DELETE", ["v1", "customers", id]) => books.delete_customer(id, now),
        ("GET", ["v1", "customers", id]) => books.customer(id),
        ("GET", ["v1", "payment_methods", id]) => books.method(id),
        ("POST", ["v1", "payment_methods", id, "detach"]) => books.detach_method(id, now),
        (method, _) => Err(StripeError::unknown_url(method, request.path)),
    }
}

fn list_intents(books: &Books, parameters: &Parameters) -> Result<Value, StripeError> {
    parameters.allow(&["created", "customer", "limit", "starting_after"])?;
    let bounds = Bounds::read(parameters)?;
    let all: Vec<&Intent> = books.listed_intents();
    let start = start(parameters, "payment_intent", |id| {
        all.iter().position(|intent| intent.id == id)
    })?;
    let found: Vec<&&Intent> = all[start..]
        .iter()
        .filter(|intent| bounds.hold(intent.created.timestamp()))
        .collect();
    let expand = Expand::of(parameters);
    let page = page(&found, parameters, |intent| books.intent_json(intent, expand))?;
    Ok(page.of("/v1/payment_intents"))
}

fn list_refunds(books: &Books, parameters: &Parameters) -> Result<Value, StripeError> {
    parameters.allow(&["charge", "created", "limit", "payment_intent", "starting_after"])?;
    let bounds = Bounds::read(parameters)?;
    let all: Vec<_> = books.refunds.iter().rev().collect();
    let start = start(parameters, "refund", |id| all.iter().position(|refund| refund.id == id))?;
    let intent = parameters.text("payment_intent");
    let found: Vec<_> = all[start..]
        .iter()
        .filter(|refund| intent.is_none_or(|intent| refund.intent == intent))
        .filter(|refund| bounds.hold(refund.created.timestamp()))
        .collect();
    let page = page(&found, parameters, |refund| Books::refund_json(refund))?;
    Ok(page.of("/v1/refunds"))
}

/// `created[gte]` and its like.
struct Bounds {
    /// Inclusive.
    from: i64,
    /// Exclusive.
    to: i64,
}

impl Bounds {
    fn read(parameters: &Parameters) -> Result<Self, StripeError> {
        let bound = |name: &str| parameters.integer(&format!("created[{name}]"));
        let next = |second: i64| second.saturating_add(1);
        let from = [bound("gte")?, bound("gt")?.map(next)].into_iter().flatten().max();
        let to = [bound("lt")?, bound("lte")?.map(next)].into_iter().flatten().min();
        Ok(Self {
            from: from.unwrap_or(i64::MIN),
            to: to.unwrap_or(i64::MAX),
        })
    }

    fn hold(&self, created: i64) -> bool {
        (self.from..self.to).contains(&created)
    }
}

/// Behind the object that `starting_after` names.
fn start(parameters: &Parameters, kind: &str, place: impl Fn(&str) -> Option<usize>) -> Result<usize, StripeError> {
    match parameters.text("starting_after") {
        None => Ok(0),
        Some(id) => {
            let place = place(id).ok_or_else(|| StripeError::no_such(kind, id, "starting_after"))?;
            Ok(place + 1)
        }
    }
}

struct Page {
    data: Vec<Value>,
    has_more: bool,
}

impl Page {
    fn of(self, url: &str) -> Value {
        json!({ "object": "list", "data": self.data, "has_more": self.has_more, "url": url })
    }
}

fn page<T>(found: &[T], parameters: &Parameters, show: impl Fn(&T) -> Value) -> Result<Page, StripeError> {
    let limit = parameters.integer("limit")?.unwrap_or(LIMIT);
    if !(1..=LIMIT_MAX).contains(&limit) {
        return Err(StripeError::not_a_choice("limit", &limit.to_string()));
    }
    let limit = usize::try_from(limit).unwrap_or_default();
    Ok(Page {
        data: found.iter().take(limit).map(show).collect(),
        has_more: found.len() > limit,
    })
}
