//! A stand-in for an S3-compatible store: objects in memory, behind the few requests that we make of one.
//! Signatures are not verified; that a request carries one of the right form, for this very day, region and
//! key, is.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::{Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use tokio::{net::TcpListener, task::JoinHandle};

/// What the stand-in takes.
pub const BUCKET: &str = "pictures";
pub const REGION: &str = "eu-central-1";
pub const ACCESS_KEY_ID: &str = "AKIAVITRINE";
pub const SECRET_ACCESS_KEY: &str = "a secret of the tests";

const BODY_BYTES_MAX: usize = 64 * 1024 * 1024;

/// An open store; it closes when dropped.
pub struct S3StandIn {
    url: String,
    shared: Shared,
    task: JoinHandle<()>,
}

/// An object, and what it was said to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    pub content: Vec<u8>,
    pub content_type: Option<String>,
}

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    objects: HashMap<String, Object>,
    is_down: bool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl S3StandIn {
    /// Opens one on a port of 127.0.0.1.
    ///
    /// # Errors
    /// When there is no port.
    pub async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let shared = Shared::default();
        let routes = Router::new().fallback(answer).with_state(shared.clone());
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, routes).await {
                tracing::error!(%error, "the stand-in for S3 stopped");
            }
        });
        Ok(Self { url, shared, task })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// What is there, by name.
    pub fn objects(&self) -> HashMap<String, Object> {
        self.shared.lock().objects.clone()
    }

    /// Answers nothing but 503 from now on, or no longer.
    pub fn set_down(&self, is_down: bool) {
        self.shared.lock().is_down = is_down;
    }
}

impl Drop for S3StandIn {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_BYTES_MAX).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let mut inside = shared.lock();
    if inside.is_down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    if !is_signed(&parts.headers) {
        return error(StatusCode::FORBIDDEN, "SignatureDoesNotMatch");
    }
    let path = parts.uri.path().trim_start_matches('/');
    let Some((BUCKET, name)) = path.split_once('/').or(Some((path, ""))) else {
        return error(StatusCode::NOT_FOUND, "NoSuchBucket");
    };
    match (parts.method, parts.uri.query()) {
        (Method::POST, Some("delete")) => delete(&mut inside, &body),
        (Method::PUT, None) => put(&mut inside, name, &parts.headers, &body),
        (Method::DELETE, None) => {
            inside.objects.remove(name);
            StatusCode::NO_CONTENT.into_response()
        }
        (Method::GET | Method::HEAD, None) => get(&inside, name, &parts.headers),
        _ => error(StatusCode::NOT_IMPLEMENTED, "NotImplemented"),
    }
}

/// `AWS4-HMAC-SHA256 Credential=key/day/region/s3/aws4_request, SignedHeaders=…, Signature=…`
fn is_signed(headers: &HeaderMap) -> bool {
    let text = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let date = text("x-amz-date");
    let Some(day) = date.get(..8) else { return false };
    let scope = format!("Credential={ACCESS_KEY_ID}/{day}/{REGION}/s3/aws4_request");
    let authorization = text("authorization");
    let signature = authorization.split("Signature=").nth(1).unwrap_or_default();
    authorization.starts_with("AWS4-HMAC-SHA256 ")
        && authorization.contains(&scope)
        && authorization.contains("SignedHeaders=")
        && text("x-amz-content-sha256").len() == 64
        && signature.len() == 64
        && signature.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn put(inside: &mut Inside, name: &str, headers: &HeaderMap, body: &Bytes) -> Response {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let object = Object {
        content: body.to_vec(),
        content_type: content_type.map(str::to_owned),
    };
    inside.objects.insert(name.to_owned(), object);
    [(header::ETAG, "\"an-etag\"")].into_response()
}

fn get(inside: &Inside, name: &str, headers: &HeaderMap) -> Response {
    let Some(object) = inside.objects.get(name) else {
        return error(StatusCode::NOT_FOUND, "NoSuchKey");
    };
    let size = object.content.len();
    let range = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let range = range.and_then(|range| range.strip_prefix("bytes=")?.split_once('-'));
    let (status, first, end) = match range {
        None => (StatusCode::OK, 0, size),
        Some((first, last)) => match (first.parse::<usize>(), last.parse::<usize>()) {
            (Ok(first), Ok(last)) if first < size => (StatusCode::PARTIAL_CONTENT, first, (last + 1).min(size)),
            _ => return error(StatusCode::RANGE_NOT_SATISFIABLE, "InvalidRange"),
        },
    };
    let mut response = (status, object.content[first..end].to_vec()).into_response();
    let headers = response.headers_mut();
    let fixed = [
        (header::ETAG, "\"an-etag\"".to_owned()),
        (header::LAST_MODIFIED, "Mon, 02 Nov 2026 10:00:00 GMT".to_owned()),
        (
            header::CONTENT_RANGE,
            format!("bytes {first}-{}/{size}", end.saturating_sub(1)),
        ),
    ];
    for (name, value) in fixed {
        if let Ok(value) = value.parse() {
            headers.insert(name, value);
        }
    }
    response
}

/// `<Delete><Object><Key>…</Key></Object>…</Delete>`
fn delete(inside: &mut Inside, body: &Bytes) -> Response {
    let text = String::from_utf8_lossy(body);
    let keys = text
        .split("<Key>")
        .skip(1)
        .filter_map(|rest| rest.split("</Key>").next());
    let mut deleted = String::new();
    for key in keys {
        inside.objects.remove(key);
        deleted.push_str(&format!("<Deleted><Key>{key}</Key></Deleted>"));
    }
    let xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><DeleteResult>{deleted}</DeleteResult>");
    ([(header::CONTENT_TYPE, "application/xml")], xml).into_response()
}

fn error(status: StatusCode, code: &str) -> Response {
    let xml =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>No.</Message></Error>");
    (status, [(header::CONTENT_TYPE, "application/xml")], xml).into_response()
}
