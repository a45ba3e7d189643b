//! `GET /media/…`: the shop's pictures, by the addresses that `vitrine_commerce::media::address` writes.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use vitrine_commerce::{
    Error, Fault, Shop,
    media::{
        address::MediaAddress,
        serve::{Pictures, Served},
    },
    ports::media_store::{ByteRange, MediaStoreError, StoredObject},
};
use vitrine_edge::{
    CROSS_ORIGIN, CROSS_ORIGIN_RESOURCE_POLICY,
    error::{FAULT_MESSAGE, OVERLOAD_MESSAGE, log_fault, overload},
};

/// What an address names never changes.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

pub fn routes(shop: Shop) -> Router {
    Router::new()
        .route("/media/{*path}", get(serve))
        .with_state(Pictures::new(shop))
}

async fn serve(State(pictures): State<Pictures>, uri: Uri, headers: HeaderMap) -> Response {
    let Some(address) = MediaAddress::parse(uri.path()) else {
        return missing();
    };
    let etag = address.etag();
    if names(&headers, header::IF_NONE_MATCH, &etag) {
        return finish(StatusCode::NOT_MODIFIED.into_response(), &address);
    }
    // A part of what the client has not: it wants the whole.
    let whole = headers.contains_key(header::IF_RANGE) && !names(&headers, header::IF_RANGE, &etag);
    let range = headers.get(header::RANGE).filter(|_| !whole).and_then(range);
    match pictures.get(&address, range).await {
        Ok(Some(served)) => finish(written(served, range.is_some()), &address),
        Ok(None) => missing(),
        Err(error) => failed(&error),
    }
}

fn written(served: Served, is_part: bool) -> Response {
    match served {
        Served::Fresh(content) => Body::from(content.to_vec()).into_response(),
        Served::Object(object) => written_part(object, is_part),
    }
}

/// An object, or the part of it that was asked for.
pub(crate) fn written_part(object: StoredObject, is_part: bool) -> Response {
    let length = object.range.end - object.range.start;
    let content_range = format!(
        "bytes {}-{}/{}",
        object.range.start,
        object.range.end.saturating_sub(1),
        object.size
    );
    let mut response = Body::from_stream(object.content).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, length.into());
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let (true, Ok(value)) = (is_part, HeaderValue::try_from(content_range)) {
        headers.insert(header::CONTENT_RANGE, value);
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    response
}

fn finish(mut response: Response, address: &MediaAddress) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(address.mime_type()));
    headers.insert(header::CACHE_CONTROL, FOR_EVER);
    if let Ok(etag) = HeaderValue::try_from(address.etag()) {
        headers.insert(header::ETAG, etag);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Storefronts of other origins show it.
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(CROSS_ORIGIN_RESOURCE_POLICY, CROSS_ORIGIN);
    response
}

fn missing() -> Response {
    plain(StatusCode::NOT_FOUND, "There is no such picture.")
}

fn failed(error: &Arc<Error>) -> Response {
    match &**error {
        Error::Fault(Fault::Media(MediaStoreError::Range)) => {
            plain(StatusCode::RANGE_NOT_SATISFIABLE, "The picture has no such bytes.")
        }
        error if error.is_transient() => {
            overload(error);
            let mut response = plain(StatusCode::SERVICE_UNAVAILABLE, OVERLOAD_MESSAGE);
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
            response
        }
        error => {
            log_fault(error);
            plain(StatusCode::INTERNAL_SERVER_ERROR, FAULT_MESSAGE)
        }
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], text).into_response()
}

/// Whether a header of entity tags names this one.
pub(crate) fn names(headers: &HeaderMap, header: header::HeaderName, etag: &str) -> bool {
    let values = headers
        .get_all(header)
        .into_iter()
        .filter_map(|value| value.to_str().ok());
    let mut tags = values.flat_map(|value| value.split(',')).map(str::trim);
    tags.any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

/// A range of one part; others are ignored, as they may be.
pub fn range(value: &HeaderValue) -> Option<ByteRange> {
    let (first, last) = value.to_str().ok()?.trim().strip_prefix("bytes=")?.split_once('-')?;
    match (first.trim(), last.trim()) {
        ("", last) => last.parse().ok().map(ByteRange::Last),
        (first, "") => first.parse().ok().map(ByteRange::From),
        (first, last) => Some(ByteRange::Between(first.parse().ok()?, last.parse().ok()?)),
    }
}
