//! A stand-in for an S3-compatible store: objects in memory, behind the few requests that we make of one.
//! Signatures are not verified; that a request carries one of the right form, for this very day, region and
//! key, is.

use std::{
    collections::{BTreeMap, HashMap},
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
    /// Of uploads that are not complete, by their number.
    parts: HashMap<String, BTreeMap<u32, Vec<u8>>>,
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
        (Method::GET, Some(query)) if name.is_empty() => list(&inside, query),
        (Method::POST, Some("uploads" | "uploads=")) => begin(&mut inside),
        (Method::PUT, Some(query)) if query.contains("partNumber=") => part(&mut inside, query, &body),
        (Method::POST, Some(query)) if query.starts_with("uploadId=") => complete(&mut inside, name, query),
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

/// ListObjectsV2, all at once.
fn list(inside: &Inside, query: &str) -> Response {
    let prefix = parameter(query, "prefix").replace("%2F", "/");
    let found = inside.objects.iter().filter(|(name, _)| name.starts_with(&prefix));
    let contents = found.map(|(name, object)| {
        let size = object.content.len();
        format!(
            "<Contents><Key>{name}</Key><LastModified>2026-11-02T10:00:00.000Z</LastModified><ETag>\"an-etag\"</ETag><Size>{size}</Size></Contents>"
        )
    });
    xml(&format!(
        "<ListBucketResult><IsTruncated>false</IsTruncated>{}</ListBucketResult>",
        contents.collect::<String>()
    ))
}

fn parameter<'a>(query: &'a str, name: &str) -> &'a str {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).map_or("", |(_, value)| value)
}

/// An upload in parts: begun, a part, and complete.
fn begin(inside: &mut Inside) -> Response {
    let id = format!("upload-{}", inside.parts.len());
    inside.parts.insert(id.clone(), BTreeMap::new());
    xml(&format!(
        "<InitiateMultipartUploadResult><UploadId>{id}</UploadId></InitiateMultipartUploadResult>"
    ))
}

/// They come in any order, several at once.
fn part(inside: &mut Inside, query: &str, body: &Bytes) -> Response {
    let Some(content) = inside.parts.get_mut(parameter(query, "uploadId")) else {
        return error(StatusCode::NOT_FOUND, "NoSuchUpload");
    };
    let number = parameter(query, "partNumber").parse().unwrap_or_default();
    content.insert(number, body.to_vec());
    [(header::ETAG, "\"a-part\"")].into_response()
}

fn complete(inside: &mut Inside, name: &str, query: &str) -> Response {
    let Some(parts) = inside.parts.remove(parameter(query, "uploadId")) else {
        return error(StatusCode::NOT_FOUND, "NoSuchUpload");
    };
    let content = parts.into_values().flatten().collect();
    inside.objects.insert(
        name.to_owned(),
        Object {
            content,
            content_type: None,
        },
    );
    xml("<CompleteMultipartUploadResult><ETag>\"an-etag\"</ETag></CompleteMultipartUploadResult>")
}

fn xml(body: &str) -> Response {
    let text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{body}");
    ([(header::CONTENT_TYPE, "application/xml")], text).into_response()
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
    xml(&format!("<DeleteResult>{deleted}</DeleteResult>"))
}

fn error(status: StatusCode, code: &str) -> Response {
    let xml =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>No.</Message></Error>");
    (status, [(header::CONTENT_TYPE, "application/xml")], xml).into_response()
}
