//! The part of the API that Vitrine uses.

use chrono::DateTime;
use serde_json::{Value, json};
use vitrine_commerce::money::{Currency, Money};

use super::{
    error::PayPalError,
    events, render,
    state::{Made, State},
};
use crate::stand_in::{Reply, Request};

type Answered = Result<Reply, PayPalError>;

pub(super) fn route(state: &mut State, request: &Request<'_>) -> Answered {
    let path: Vec<&str> = request.path.trim_matches('/').split('/').collect();
    match (request.method, path.as_slice()) {
        ("POST", ["v1", "notifications", "verify-webhook-signature"]) => {
            let status = if events::verify(request.text) {
                "SUCCESS"
            } else {
                "FAILURE"
            };
            Ok((200, json!({ "verification_status": status })))
        }
        ("GET", ["v1", "reporting", "transactions"]) => transactions(state, request),
        ("GET", ["v2", "checkout", "orders", id]) => shown(state, &Made::Order((*id).to_owned())),
        ("GET", ["v2", "payments", "captures", id]) => shown(state, &Made::Capture((*id).to_owned())),
        ("GET", ["v2", "payments", "refunds", id]) => shown(state, &Made::Refund((*id).to_owned())),
        ("POST", path) => once(state, request, path),
        _ => Err(PayPalError::not_found()),
    }
}

/// What was made under a key is not made again: what has become of it is shown. What failed is not remembered.
fn once(state: &mut State, request: &Request<'_>, path: &[&str]) -> Answered {
    let print = format!("{} {}", request.path, request.text);
    let key = request.key.clone().ok_or(PayPalError::invalid("MISSING_REQUEST_ID"))?;
    if key.is_empty() || key.len() > 108 {
        return Err(PayPalError::invalid("INVALID_STRING_LENGTH"));
    }
    if let Some((first, made)) = state.keys.get(&key) {
        if *first != print {
            return Err(PayPalError::unprocessable("DUPLICATE_REQUEST_ID"));
        }
        let made = made.clone();
        return shown(state, &made);
    }
    let made = act(state, request, path)?;
    state.keys.insert(key, (print, made.clone()));
    let (_, body) = shown(state, &made)?;
    Ok((201, body))
}

fn act(state: &mut State, request: &Request<'_>, path: &[&str]) -> Result<Made, PayPalError> {
    let body: Value = serde_json::from_str(request.text).map_err(|_| PayPalError::invalid("MALFORMED_REQUEST_JSON"))?;
    let (books, now) = (&mut state.books, request.now);
    Ok(match path {
        ["v2", "checkout", "orders"] => {
            let unit = &body["purchase_units"][0];
            let captures_at_once = match body["intent"].as_str() {
                Some("CAPTURE") => true,
                Some("AUTHORIZE") => false,
                _ => return Err(PayPalError::invalid("INVALID_PARAMETER_VALUE")),
            };
            Made::Order(books.create(captures_at_once, money(&unit["amount"])?, custom_id(unit)))
        }
        ["v2", "checkout", "orders", id, what @ ("capture" | "authorize")] => {
            books.take(id, *what == "capture", now)?;
            Made::Order((*id).to_owned())
        }
        ["v2", "payments", "authorizations", id, "capture"] => {
            Made::Capture(books.capture(id, money(&body["amount"])?, now)?)
        }
        ["v2", "payments", "authorizations", id, "void"] => {
            books.void(id, now)?;
            Made::Authorization((*id).to_owned())
        }
        ["v2", "payments", "captures", id, "refund"] => {
            Made::Refund(books.refund(id, money(&body["amount"])?, custom_id(&body), now)?)
        }
        _ => return Err(PayPalError::not_found()),
    })
}

fn shown(state: &mut State, made: &Made) -> Answered {
    let books = &mut state.books;
    let shown = match made {
        Made::Order(id) => Some(render::order(books.order(id)?)),
        Made::Capture(id) => render::capture(books.of_capture(id)?),
        Made::Authorization(id) => render::authorization(books.of_authorization(id)?),
        Made::Refund(id) => {
            let order = books.find(|order| order.refunds.iter().any(|refund| refund.id == *id))?;
            let refund = order.refunds.iter().find(|refund| refund.id == *id);
            refund.map(render::refund)
        }
    };
    Ok((200, shown.ok_or_else(PayPalError::not_found)?))
}

fn custom_id(of: &Value) -> Option<String> {
    of["custom_id"].as_str().map(str::to_owned)
}

/// In a currency that it knows, more than nothing, and with no more digits than that has.
fn money(amount: &Value) -> Result<Money, PayPalError> {
    let invalid = || PayPalError::unprocessable("INVALID_CURRENCY_CODE");
    let text = |name: &str| amount[name].as_str().unwrap_or_default();
    let currency: Currency = text("currency_code").parse().map_err(|_| invalid())?;
    let money = Money::parse(text("value"), currency).map_err(|_| PayPalError::unprocessable("DECIMAL_PRECISION"))?;
    match money.minor > 0 {
        true => Ok(money),
        false => Err(PayPalError::unprocessable("CANNOT_BE_ZERO_OR_NEGATIVE")),
    }
}

/// The captures of a time, a page at a time.
fn transactions(state: &State, request: &Request<'_>) -> Answered {
    let time = |name: &str| {
        let read = DateTime::parse_from_rfc3339(&request.parameter(name)).map(|time| time.to_utc());
        read.map_err(|_| PayPalError::invalid("INVALID_DATE"))
    };
    let (since, until) = (time("start_date")?, time("end_date")?);
    let taken = |order: &&super::books::Order| {
        let taken_at = order.capture.as_ref().map(|capture| capture.taken_at);
        taken_at.is_some_and(|taken_at| since <= taken_at && taken_at <= until)
    };
    let all: Vec<Value> = state
        .books
        .orders
        .iter()
        .filter(taken)
        .filter_map(render::transaction)
        .collect();
    let number = |name: &str, usual: usize| request.parameter(name).parse().unwrap_or(usual).max(1);
    let (size, page) = (number("page_size", 100), number("page", 1));
    let shown: Vec<&Value> = all.iter().skip((page - 1) * size).take(size).collect();
    let pages = all.len().div_ceil(size).max(1);
    Ok((
        200,
        json!({ "transaction_details": shown, "page": page, "total_pages": pages, "total_items": all.len() }),
    ))
}
