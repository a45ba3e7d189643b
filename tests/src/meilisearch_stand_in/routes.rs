//! Which request does what.

use axum::http::{Method, StatusCode, Uri};
use serde_json::{Map, Value, json};

use super::{
    error::ApiError,
    search,
    store::Store,
    tasks::{Documents, Work},
};

type Answer = Result<(StatusCode, Value), ApiError>;

pub(super) fn route(store: &mut Store, method: &Method, uri: &Uri, body: &[u8]) -> Answer {
    let path: Vec<&str> = uri.path().trim_matches('/').split('/').collect();
    let query = parameters(uri);
    match (method.as_str(), path.as_slice()) {
        ("GET", ["health"]) => ok(json!({"status": "available"})),
        ("GET", ["version"]) => {
            ok(json!({"commitSha": "none", "commitDate": "2026-07-23T14:39:41.000000000Z", "pkgVersion": "1.50.0"}))
        }
        ("GET", ["indexes"]) => ok(store.list(&query)),
        ("POST", ["indexes"]) => {
            let body = object(body)?;
            let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
            let uid = text("uid").ok_or_else(|| ApiError::invalid("missing_index_uid", "Missing field `uid`"))?;
            enqueue(
                store,
                Work::CreateIndex {
                    uid,
                    primary_key: text("primaryKey"),
                },
            )
        }
        ("DELETE", ["indexes", uid]) => enqueue(store, Work::DeleteIndex { uid: (*uid).to_owned() }),
        ("GET", ["indexes", uid, "settings"]) => ok(Value::Object(store.index(uid)?.settings.clone())),
        ("PATCH", ["indexes", uid, "settings"]) => enqueue(
            store,
            Work::Settings {
                uid: (*uid).to_owned(),
                patch: object(body)?,
            },
        ),
        ("POST" | "PUT", ["indexes", uid, "documents"]) => enqueue(
            store,
            Work::Documents(Documents {
                uid: (*uid).to_owned(),
                documents: list(body)?,
                replace: method == Method::POST,
                primary_key: query.get("primaryKey").and_then(Value::as_str).map(str::to_owned),
            }),
        ),
        ("DELETE", ["indexes", uid, "documents", id]) => enqueue(
            store,
            Work::DeleteDocuments {
                uid: (*uid).to_owned(),
                ids: vec![Value::from(*id)],
            },
        ),
        ("POST", ["indexes", uid, "documents", "delete-batch"]) => enqueue(
            store,
            Work::DeleteDocuments {
                uid: (*uid).to_owned(),
                ids: list(body)?,
            },
        ),
        ("POST", ["indexes", uid, "search"]) => {
            let body = object(body)?;
            ok(search::search(uid, store.index(uid)?, &body)?)
        }
        ("GET", ["indexes", uid, "stats"]) => ok(store.index(uid)?.stats()),
        ("POST", ["swap-indexes"]) => enqueue(store, Work::Swap(list(body)?)),
        ("GET", ["tasks"]) => ok(store.tasks(&query)),
        ("GET", ["tasks", uid]) => {
            let known = uid.parse().ok().and_then(|uid| store.task(uid));
            ok(known.ok_or_else(|| ApiError::task_not_found(uid))?)
        }
        _ => Err(ApiError::invalid(
            "bad_request",
            format!("The stand-in knows no {method} {}", uri.path()),
        )),
    }
}

fn ok(body: Value) -> Answer {
    Ok((StatusCode::OK, body))
}

fn enqueue(store: &mut Store, work: Work) -> Answer {
    Ok((StatusCode::ACCEPTED, store.enqueue(work)))
}

fn object(body: &[u8]) -> Result<Map<String, Value>, ApiError> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(ApiError::invalid(
            "bad_request",
            "Invalid value type: expected an object",
        )),
        Err(error) => Err(malformed(&error)),
    }
}

fn list(body: &[u8]) -> Result<Vec<Value>, ApiError> {
    match serde_json::from_slice(body) {
        Ok(Value::Array(list)) => Ok(list),
        Ok(one) => Ok(vec![one]),
        Err(error) => Err(malformed(&error)),
    }
}

fn malformed(error: &serde_json::Error) -> ApiError {
    let message = format!("The `json` payload provided is malformed. `Couldn't serialize document value: {error}`.");
    ApiError::invalid("malformed_payload", message)
}

/// Values that need no decoding are all that is asked for.
fn parameters(uri: &Uri) -> Map<String, Value> {
    let pairs = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| (name.to_owned(), Value::from(value)))
        .collect()
}
