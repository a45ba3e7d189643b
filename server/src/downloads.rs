//! `GET /downloads/{id}?signature=…`: files that were sold, by the links that `vitrine_commerce::downloads` signs.

use axum::{
    Router,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use vitrine_commerce::{
    Error, Fault, Shop,
    downloads::{
        Download, DownloadState,
        fetch::{self, Fetched},
    },
    ports::media_store::MediaStoreError,
};
use vitrine_edge::{
    attachment,
    error::{FAULT_MESSAGE, OVERLOAD_MESSAGE, log_fault, overload},
};

use crate::media::{names, range, written_part};

/// What a link allows is the shop's to say, each time.
const NOT_KEPT: HeaderValue = HeaderValue::from_static("private, no-store");

pub fn routes(shop: Shop) -> Router {
    Router::new().route("/downloads/{id}", get(serve)).with_state(shop)
}

#[derive(Deserialize)]
struct Signed {
    signature: String,
}

async fn serve(
    State(shop): State<Shop>,
    method: Method,
    Path(id): Path<String>,
    signed: Result<Query<Signed>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let (Ok(id), Ok(Query(signed))) = (id.parse(), signed) else {
        return missing();
    };
    let download = match fetch::find(&shop, id, &signed.signature).await {
        Ok(Some(download)) => download,
        Ok(None) => return missing(),
        Err(error) => return failed(&error),
    };
    // Whoever only looks has fetched nothing.
    if method == Method::HEAD {
        return look(&download);
    }
    // A part of other content than what is there now is no part of it.
    let etag = etag(&download);
    let whole = headers.contains_key(header::IF_RANGE) && !names(&headers, header::IF_RANGE, &etag);
    let range = headers.get(header::RANGE).filter(|_| !whole).and_then(range);
    match fetch::fetch(&shop, &download, range).await {
        Ok(Fetched::Object(object)) => finish(written_part(object, range.is_some()), &download),
        Ok(Fetched::Closed(state)) => closed(state),
        Ok(Fetched::Missing) => missing(),
        Err(error) => failed(&error),
    }
}

fn look(download: &Download) -> Response {
    if download.state != DownloadState::Ready {
        return closed(download.state);
    }
    let length = [(header::CONTENT_LENGTH, HeaderValue::from(download.file.byte_size))];
    finish((length, ()).into_response(), download)
}

fn etag(download: &Download) -> String {
    format!("\"{}.{}\"", download.file.id, download.file.content_version)
}

fn finish(mut response: Response, download: &Download) -> Response {
    let headers = response.headers_mut();
    let (mime_type, name) = (&download.file.mime_type, attachment(&download.file.name));
    for (header, value) in [
        (header::CONTENT_TYPE, HeaderValue::try_from(mime_type).ok()),
        (header::CONTENT_DISPOSITION, HeaderValue::try_from(name).ok()),
        (header::ETAG, HeaderValue::try_from(etag(download)).ok()),
        (header::ACCEPT_RANGES, Some(HeaderValue::from_static("bytes"))),
        (header::CACHE_CONTROL, Some(NOT_KEPT)),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            Some(HeaderValue::from_static("nosniff")),
        ),
        (header::REFERRER_POLICY, Some(HeaderValue::from_static("no-referrer"))),
        // It is kept as a file, and were it shown all the same, it could do nothing here.
        (
            header::CONTENT_SECURITY_POLICY,
            Some(HeaderValue::from_static("sandbox; default-src 'none'")),
        ),
    ] {
        if let Some(value) = value {
            headers.insert(header, value);
        }
    }
    response
}

fn closed(state: DownloadState) -> Response {
    let (status, text) = match state {
        DownloadState::Closed => (
            StatusCode::GONE,
            "This link is closed: the order is not paid, was cancelled, or was paid back.",
        ),
        DownloadState::Expired => (
            StatusCode::GONE,
            "This link has expired. The shop can give you the file anew.",
        ),
        DownloadState::Ready | DownloadState::UsedUp => (
            StatusCode::GONE,
            "The file was fetched from this link as often as it may be. The shop can give you the file anew.",
        ),
    };
    plain(status, text)
}

fn missing() -> Response {
    plain(
        StatusCode::NOT_FOUND,
        "There is no such file. Check that the link is whole.",
    )
}

fn failed(error: &Error) -> Response {
    match error {
        Error::Fault(Fault::Media(MediaStoreError::Range)) => {
            plain(StatusCode::RANGE_NOT_SATISFIABLE, "The file has no such bytes.")
        }
        error if error.is_transient() => {
            overload(error);
            plain(StatusCode::SERVICE_UNAVAILABLE, OVERLOAD_MESSAGE)
        }
        error => {
            log_fault(error);
            plain(StatusCode::INTERNAL_SERVER_ERROR, FAULT_MESSAGE)
        }
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let headers = [(header::CACHE_CONTROL, NOT_KEPT)];
    (status, headers, text).into_response()
}
