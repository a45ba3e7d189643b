//! From bytes to the parameters of an operation. Nothing but JSON is ever run: forms, multipart
//! and plain text reach a server from any web page without a preflight.

use std::time::Duration;

use async_graphql::{Request, Variables};
use axum::{
    body::{Body, Bytes, HttpBody},
    extract::Query,
    http::{HeaderMap, StatusCode, Uri, header},
};
use futures::StreamExt;
use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{
    answer::Rejection,
    document::DOCUMENT_ID,
    error::code,
    negotiate::is_utf8,
    repeat::{CONTRADICTED_MESSAGE, HeadKey, Keyed, NotBegun},
    settings::HttpSettings,
};

/// The extension by which an operation names its own key: the only way over a WebSocket.
const KEY_EXTENSION: &str = "idempotencyKey";

/// One operation, as GraphQL over HTTP, SSE and WebSockets all send it.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    query: String,
    operation_name: Option<String>,
    /// Of a trusted document, in place of its text.
    document_id: Option<String>,
    variables: Map<String, Value>,
    extensions: Map<String, Value>,
}

/// What a body holds.
#[derive(Debug)]
pub(super) enum Payload {
    One(Parameters),
    Batch(Vec<Parameters>),
}

impl Parameters {
    pub(super) fn from_json(value: Value) -> Result<Self, Rejection> {
        let Value::Object(mut fields) = value else {
            return Err(Rejection::bad_request("A GraphQL request is a JSON object."));
        };
        let query = text(fields.remove("query"), "query")?;
        let parameters = Self {
            operation_name: text(fields.remove("operationName"), "operationName")?,
            document_id: text(fields.remove(DOCUMENT_ID), DOCUMENT_ID)?,
            variables: object(fields.remove("variables"), "variables")?,
            extensions: object(fields.remove("extensions"), "extensions")?,
            query: query.unwrap_or_default(),
        };
        parameters.checked()
    }

    /// From the query of a `GET`, where `variables` and `extensions` are JSON in text.
    pub(super) fn from_uri(uri: &Uri) -> Result<Self, Rejection> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Fields {
            query: Option<String>,
            operation_name: Option<String>,
            document_id: Option<String>,
            variables: Option<String>,
            extensions: Option<String>,
        }
        let Query(fields) = Query::<Fields>::try_from_uri(uri)
            .map_err(|_| Rejection::bad_request("The URL's parameters cannot be read."))?;
        let parameters = Self {
            query: fields.query.unwrap_or_default(),
            operation_name: fields.operation_name,
            document_id: fields.document_id,
            variables: object(json_in_text(fields.variables, "variables")?, "variables")?,
            extensions: object(json_in_text(fields.extensions, "extensions")?, "extensions")?,
        };
        parameters.checked()
    }

    fn checked(self) -> Result<Self, Rejection> {
        let is_named = self.document_id.is_some() || self.extensions.contains_key("persistedQuery");
        if self.query.trim().is_empty() && !is_named {
            return Err(Rejection::bad_request("`query` is missing."));
        }
        Ok(self)
    }

    /// What is asked, under the key that it names itself or that its request's head does; where both do, they are one.
    pub(super) fn keyed(&self, of_head: Option<HeadKey>) -> Option<Result<Keyed, NotBegun>> {
        let own = self.extensions.get(KEY_EXTENSION);
        let own = own.map(|key| key.as_str().unwrap_or_default().to_owned());
        let key = match (own, of_head) {
            (Some(own), Some(of_head)) if own != of_head.sent => {
                return Some(Err(NotBegun::Invalid(CONTRADICTED_MESSAGE.to_owned())));
            }
            (Some(own), _) => own,
            (None, of_head) => of_head?.into_key(),
        };
        Some(Ok(Keyed { key, hash: self.hash() }))
    }

    /// The same for the same request, whether its document came as a text or by its name.
    fn hash(&self) -> Vec<u8> {
        let persisted = self
            .extensions
            .get("persistedQuery")
            .and_then(|query| query["sha256Hash"].as_str());
        let document = match (&self.document_id, persisted) {
            (Some(id), _) => format!("id {id}"),
            (None, Some(hash)) if self.query.is_empty() => format!("hash {}", hash.to_ascii_lowercase()),
            _ => {
                let hash = Sha256::digest(self.query.as_bytes());
                let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
                format!("hash {hash}")
            }
        };
        let variables = Value::Object(self.variables.clone()).to_string();
        let operation = self.operation_name.as_deref().unwrap_or_default();
        let mut hasher = Sha256::new();
        for part in [&*document, operation, &variables] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
        hasher.finalize().to_vec()
    }

    pub(super) fn into_request(mut self) -> Request {
        let variables = Variables::from_json(Value::Object(self.variables));
        let mut request = Request::new(self.query).variables(variables);
        request.operation_name = self.operation_name;
        self.extensions.remove(DOCUMENT_ID);
        self.extensions.remove(KEY_EXTENSION);
        if let Some(id) = self.document_id {
            self.extensions.insert(DOCUMENT_ID.to_owned(), Value::String(id));
        }
        for (name, value) in self.extensions {
            if let Ok(value) = async_graphql::Value::from_json(value) {
                request.extensions.insert(name, value);
            }
        }
        request
    }
}

/// Reads a `POST`, and refuses it as early as can be known.
pub(super) async fn read(headers: &HeaderMap, body: Body, settings: &HttpSettings) -> Result<Bytes, Rejection> {
    check_headers(headers)?;
    read_body(body, settings.body_bytes_max, settings.body_timeout).await
}

/// What a `POST` holds.
pub(super) fn payload(body: &Bytes, settings: &HttpSettings) -> Result<Payload, Rejection> {
    if body.is_empty() {
        return Err(Rejection::bad_request("The body is empty."));
    }
    // serde_json stops at 128 levels, so no nesting reaches the stack.
    let value =
        serde_json::from_slice(body).map_err(|_| Rejection::bad_request("The body is not JSON that can be read."))?;
    match value {
        Value::Array(items) => batch(items, settings.batch_operations_max).map(Payload::Batch),
        value => Parameters::from_json(value).map(Payload::One),
    }
}

fn batch(items: Vec<Value>, max: usize) -> Result<Vec<Parameters>, Rejection> {
    let status = StatusCode::BAD_REQUEST;
    if max == 0 {
        let message = "Batches are not taken here: send one operation a request.";
        return Err(Rejection::new(status, code::BATCH_NOT_ALLOWED, message));
    }
    if items.is_empty() {
        return Err(Rejection::bad_request("The batch is empty."));
    }
    if items.len() > max {
        let message = format!("A batch has at most {max} operations.");
        return Err(Rejection::new(status, code::BATCH_TOO_LARGE, message));
    }
    items.into_iter().map(Parameters::from_json).collect()
}

/// Whether the head announces JSON that is not compressed.
pub fn check_headers(headers: &HeaderMap) -> Result<(), Rejection> {
    let refuse = |message| {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        Err(Rejection::new(status, code::UNSUPPORTED_MEDIA_TYPE, message))
    };
    let encoded = headers.get_all(header::CONTENT_ENCODING).iter();
    if encoded
        .into_iter()
        .any(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
    {
        return refuse("A compressed body is not taken.");
    }
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !content_type.is_some_and(is_json) {
        return refuse("The body has to be application/json in UTF-8.");
    }
    Ok(())
}

fn is_json(content_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    essence.eq_ignore_ascii_case("application/json")
        && parts.filter(|parameter| !parameter.is_empty()).all(|parameter| {
            parameter
                .split_once('=')
                .is_some_and(|(name, value)| !name.trim().eq_ignore_ascii_case("charset") || is_utf8(value))
        })
}

/// The whole body, if it has at most `max` bytes and is there in time.
pub async fn read_body(body: Body, max: usize, timeout: Duration) -> Result<Bytes, Rejection> {
    let too_large = || {
        let message = format!("The body is too large: at most {max} bytes are taken.");
        Rejection::new(StatusCode::PAYLOAD_TOO_LARGE, code::BODY_TOO_LARGE, message)
            .with_header(header::CONNECTION, "close")
    };
    // What the client announces is refused before a byte of it is read.
    if body.size_hint().lower() > max as u64 {
        return Err(too_large());
    }
    let mut chunks = body.into_data_stream();
    let read = async {
        let mut whole = Vec::new();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|_| Rejection::bad_request("The body broke off."))?;
            if whole.len() + chunk.len() > max {
                return Err(too_large());
            }
            whole.extend_from_slice(&chunk);
        }
        Ok(Bytes::from(whole))
    };
    tokio::time::timeout(timeout, read).await.unwrap_or_else(|_| {
        let message = "The body took too long to arrive.";
        Err(Rejection::new(StatusCode::REQUEST_TIMEOUT, code::TIMEOUT, message)
            .with_header(header::CONNECTION, "close"))
    })
}

fn text(value: Option<Value>, name: &str) -> Result<Option<String>, Rejection> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Rejection::bad_request(format!("`{name}` has to be a string."))),
    }
}

fn object(value: Option<Value>, name: &str) -> Result<Map<String, Value>, Rejection> {
    match value {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(fields)) => Ok(fields),
        Some(_) => Err(Rejection::bad_request(format!("`{name}` has to be an object."))),
    }
}

fn json_in_text(text: Option<String>, name: &str) -> Result<Option<Value>, Rejection> {
    text.filter(|text| !text.is_empty())
        .map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|_| Rejection::bad_request(format!("`{name}` is not JSON that can be read.")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn two_keys_are_one_or_contradict_each_other() {
        let keyed = |own: Option<&str>, sent: Option<&str>, place| {
            let extensions = own.map(|own| json!({ KEY_EXTENSION: own }));
            let parameters = Parameters::from_json(json!({ "query": "{ a }", "extensions": extensions })).expect("one");
            let of_head = sent.map(|sent| HeadKey {
                sent: sent.to_owned(),
                place,
            });
            let keyed = parameters.keyed(of_head);
            keyed.map(|keyed| keyed.map(|keyed| keyed.key).map_err(|_| ()))
        };
        let key = |key: &str| Some(Ok(key.to_owned()));
        assert_eq!(keyed(None, None, None), None);
        assert_eq!(keyed(Some("a"), None, None), key("a"));
        assert_eq!(keyed(None, Some("a"), None), key("a"));
        assert_eq!(keyed(Some("a"), Some("a"), None), key("a"));
        assert_eq!(keyed(Some("b"), Some("a"), None), Some(Err(())));
        // Each operation of a batch is a request of its own.
        assert_eq!(keyed(None, Some("a"), Some(1)), key("a 1"));
        assert_eq!(keyed(Some("b"), Some("a"), Some(1)), Some(Err(())));
    }
}
