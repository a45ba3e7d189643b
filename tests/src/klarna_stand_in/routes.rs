//! The part of the API that Vitrine uses.

use chrono::DateTime;
use serde_json::{Value, json};

use super::{books::Page, error::KlarnaError, render, session, state::State};
use crate::stand_in::{Reply, Request};

type Answered = Result<Reply, KlarnaError>;

/// The one payout that there is.
const PAYOUT: &str = "XISA93DJ";

pub(super) fn route(state: &mut State, request: &Request<'_>) -> Answered {
    let path: Vec<&str> = request.path.trim_matches('/').split('/').collect();
    match (request.method, path.as_slice()) {
        ("GET", ["payments", "v1", "sessions", id]) => {
            let mut shown = state.books.session(id)?.clone();
            shown["status"] = json!("incomplete");
            Ok((200, shown))
        }
        ("GET", ["hpp", "v1", "sessions", id]) => Ok((200, render::page(state.books.page(id)?))),
        ("DELETE", ["hpp", "v1", "sessions", id]) => {
            state.books.disable(id)?;
            Ok((204, Value::Null))
        }
        ("GET", ["ordermanagement", "v1", "orders", id]) => Ok((200, render::order(state.books.order(id)?))),
        ("GET", ["settlements", "v1", "payouts"]) => payouts(request),
        ("GET", ["settlements", "v1", "transactions"]) => transactions(state, request),
        ("POST", path) => once(state, request, path),
        _ => Err(KlarnaError::not_found()),
    }
}

/// What was done under a key is not done again, but answered as the first time. What failed is not remembered.
fn once(state: &mut State, request: &Request<'_>, path: &[&str]) -> Answered {
    let print = format!("{} {}", request.path, request.text);
    let missing = || KlarnaError::bad_value("Klarna-Idempotency-Key");
    let key = request.key.clone().filter(|key| !key.is_empty()).ok_or_else(missing)?;
    if let Some((first, answer)) = state.keys.get(&key) {
        return match *first == print {
            true => Ok(answer.clone()),
            false => Err(KlarnaError::conflict()),
        };
    }
    let answer = act(state, request, path)?;
    state.keys.insert(key, (print, answer.clone()));
    Ok(answer)
}

fn act(state: &mut State, request: &Request<'_>, path: &[&str]) -> Answered {
    let body: Value = serde_json::from_str(request.text).map_err(|_| KlarnaError::bad_value("the body"))?;
    let (books, now) = (&mut state.books, request.now);
    match path {
        ["payments", "v1", "sessions"] => {
            session::check(&body)?;
            let id = books.id();
            books.sessions.push((id.clone(), body));
            Ok((
                200,
                json!({ "session_id": id, "client_token": "eyJ", "payment_method_categories": [] }),
            ))
        }
        ["hpp", "v1", "sessions"] => {
            let url = body["payment_session_url"].as_str().unwrap_or_default();
            let session = url.rsplit('/').next().unwrap_or_default().to_owned();
            books.session(&session)?;
            if body["options"]["place_order_mode"] != "PLACE_ORDER" || !body["merchant_urls"].is_object() {
                return Err(KlarnaError::bad_value("place_order_mode"));
            }
            let page = Page {
                id: books.id(),
                session,
                status: "WAITING",
                order: None,
                updated_at: now,
            };
            let made = render::made(&page);
            books.pages.push(page);
            Ok((201, made))
        }
        ["ordermanagement", "v1", "orders", id, what] => {
            let reference = body["reference"].as_str().map(str::to_owned);
            match *what {
                "captures" => books.capture(id, amount(&body, "captured_amount")?, now)?,
                "refunds" => books.refund(id, amount(&body, "refunded_amount")?, reference)?,
                "cancel" => books.cancel(id)?,
                "release-remaining-authorization" => books.release(id)?,
                _ => return Err(KlarnaError::not_found()),
            }
            Ok((if what.ends_with('s') { 201 } else { 204 }, Value::Null))
        }
        _ => Err(KlarnaError::not_found()),
    }
}

fn amount(body: &Value, name: &str) -> Result<i64, KlarnaError> {
    let amount = body[name].as_i64().filter(|amount| *amount > 0);
    amount.ok_or_else(|| KlarnaError::bad_value(format!("Bad value: {name}")))
}

/// One, of today.
fn payouts(request: &Request<'_>) -> Answered {
    let time = |name: &str| {
        let read = DateTime::parse_from_rfc3339(&request.parameter(name)).map(|time| time.to_utc());
        read.map_err(|_| KlarnaError::bad_value(name))
    };
    let is_first = request.parameter("offset") == "0";
    let is_between = time("start_date")? <= request.now && time("end_date")? >= time("start_date")?;
    let payouts = match is_first && is_between {
        true => json!([{ "payment_reference": PAYOUT, "payout_date": request.now.to_rfc3339() }]),
        false => json!([]),
    };
    Ok((200, json!({ "payouts": payouts })))
}

fn transactions(state: &State, request: &Request<'_>) -> Answered {
    if request.parameter("payment_reference") != PAYOUT {
        return Err(KlarnaError::not_found());
    }
    let number = |name: &str| {
        request
            .parameter(name)
            .parse::<usize>()
            .map_err(|_| KlarnaError::bad_value(name))
    };
    let all = state.books.orders.iter().flat_map(render::transactions);
    let shown: Vec<Value> = all.skip(number("offset")?).take(number("size")?).collect();
    Ok((200, json!({ "transactions": shown })))
}
