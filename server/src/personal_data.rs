//! `GET /personal-data/{token}?expires=…`: the file with what is kept of a person, by the addresses that
//! `vitrine_commerce::privacy::export` signs.

use axum::{
    Router,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use vitrine_commerce::{Error, Shop, privacy::export};
use vitrine_edge::error::{FAULT_MESSAGE, OVERLOAD_MESSAGE, log_fault, overload};

use crate::media::written_part;

const HEADERS: [(HeaderName, HeaderValue); 5] = [
    (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
    (
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("attachment; filename=\"personal-data.json\""),
    ),
    (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
];

pub fn routes(shop: Shop) -> Router {
    Router::new()
        .route("/personal-data/{token}", get(serve))
        .with_state(shop)
}

#[derive(Deserialize)]
struct Signed {
    expires: i64,
}

async fn serve(
    State(shop): State<Shop>,
    Path(token): Path<String>,
    signed: Result<Query<Signed>, QueryRejection>,
) -> Response {
    let Ok(Query(signed)) = signed else {
        return missing();
    };
    match export::open(&shop, &token, signed.expires).await {
        Ok(object) => {
            let mut response = written_part(object, false);
            response.headers_mut().extend(HEADERS);
            response
        }
        Err(Error::Refused(_)) => missing(),
        Err(error) if error.is_transient() => {
            overload(&error);
            (StatusCode::SERVICE_UNAVAILABLE, OVERLOAD_MESSAGE).into_response()
        }
        Err(error) => {
            log_fault(&error);
            (StatusCode::INTERNAL_SERVER_ERROR, FAULT_MESSAGE).into_response()
        }
    }
}

fn missing() -> Response {
    let text = "There is no such file. The link may be too old: ask for it again in your account.";
    (StatusCode::NOT_FOUND, text).into_response()
}
