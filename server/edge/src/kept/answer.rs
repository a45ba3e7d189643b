//! An answer or a page that is kept, and how it goes out.

use std::fmt;

use async_graphql::Value;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use sha2::{Digest, Sha256};

use super::{
    compressed::Compressed,
    encoding::Encoding,
    keeper::{Basis, Sort},
    settings::KeptSettings,
};
use crate::{answer::Outcome, media::Media};

/// How many letters of its hash name an answer.
const TAG_BYTES: usize = 16;

pub(crate) struct Answer {
    body: Bytes,
    /// Of the same answer everywhere: another server confirms it, too.
    tag: HeaderValue,
    language: Option<HeaderValue>,
    compressed: Compressed,
    /// Those of a page. An answer's follow from how it was asked for.
    headers: Option<HeaderMap>,
    basis: Box<dyn Basis>,
}

/// In the response of a request of GraphQL: its answer is everybody's, and was taken from what is kept or is kept by now.
#[derive(Debug, Clone, Copy)]
pub struct IsKept;

/// How an answer was asked for.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) media: Media,
    pub(crate) headers: &'a HeaderMap,
    /// By `GET`, and by nobody in particular: others on the way may keep it, too.
    pub(crate) is_shared: bool,
}

impl Answer {
    /// Of an operation that ran without an error. What is left of the caller's points is theirs: it is not kept.
    pub(super) fn new(outcome: &Outcome, basis: Box<dyn Basis>) -> Option<Self> {
        let mut extensions = outcome.response.extensions.clone();
        if let Some(Value::Object(cost)) = extensions.get_mut("cost") {
            cost.shift_remove("remaining");
        }
        let body = serde_json::to_vec(&outcome.body_with(&extensions)).ok()?;
        let mut answer = Self::of(body.into(), basis)?;
        answer.language = outcome.language.clone();
        Some(answer)
    }

    /// Of a page with these headers.
    pub(super) fn page(mut headers: HeaderMap, body: Bytes, basis: Box<dyn Basis>) -> Option<Self> {
        headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
        // It goes out in one piece, or not at all to whoever asks for the head alone.
        headers.remove(header::CONTENT_LENGTH);
        let mut page = Self::of(body, basis)?;
        headers.insert(header::ETAG, page.tag.clone());
        page.headers = Some(headers);
        Some(page)
    }

    fn of(body: Bytes, basis: Box<dyn Basis>) -> Option<Self> {
        let hash: [u8; 32] = Sha256::digest(&body).into();
        let name: String = hash[..TAG_BYTES].iter().map(|byte| format!("{byte:02x}")).collect();
        Some(Self {
            tag: HeaderValue::try_from(format!("W/\"{name}\"")).ok()?,
            body,
            language: None,
            compressed: Compressed::default(),
            headers: None,
            basis,
        })
    }

    pub(super) fn sort(&self) -> Sort {
        match self.headers {
            Some(_) => Sort::Page,
            None => Sort::Answer,
        }
    }

    pub(super) fn holds(&self) -> bool {
        self.basis.holds()
    }

    pub(super) fn is_over(&self) -> bool {
        self.basis.is_over()
    }

    /// With its compressed forms, which come later: all of them are together about as large as itself.
    pub(super) fn bytes(&self) -> usize {
        2 * self.body.len() + self.basis.bytes()
    }

    /// Given again.
    pub(crate) async fn give(&self, asked: &Asked<'_>, settings: &KeptSettings) -> Response {
        self.basis.give();
        self.answer(asked, settings).await
    }

    /// A page, given again to whoever sent these headers.
    pub(super) async fn give_page(&self, sent: &HeaderMap) -> Response {
        self.basis.give();
        self.show(sent).await
    }

    pub(super) async fn show(&self, sent: &HeaderMap) -> Response {
        let mut response = Response::new(Body::empty());
        *response.headers_mut() = self.headers.clone().unwrap_or_default();
        match is_known(sent, &self.tag) {
            true => not_modified(response),
            false => self.with_body(response, sent).await,
        }
    }

    pub(super) async fn answer(&self, asked: &Asked<'_>, settings: &KeptSettings) -> Response {
        let mut response = Response::new(Body::empty());
        response.extensions_mut().insert(IsKept);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, asked.media.content_type());
        headers.insert(header::VARY, HeaderValue::from_static("accept, accept-encoding"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(language) = &self.language {
            headers.insert(header::CONTENT_LANGUAGE, language.clone());
        }
        if asked.is_shared {
            self.let_keep(headers, settings);
            if is_known(asked.headers, &self.tag) {
                return not_modified(response);
            }
        }
        self.with_body(response, asked.headers).await
    }

    /// In the encoding that whoever sent these headers would rather have.
    async fn with_body(&self, mut response: Response, sent: &HeaderMap) -> Response {
        let mut body = self.body.clone();
        if let Some(encoding) = Encoding::negotiate(sent)
            && let Some(compressed) = self.compressed.get(&self.body, encoding).await
        {
            let name = HeaderValue::from_static(encoding.name());
            response.headers_mut().insert(header::CONTENT_ENCODING, name);
            body = compressed;
        }
        *response.body_mut() = Body::from(body);
        response
    }

    /// What is asked for by `GET` may be kept by whoever asks again whether it still holds; and by a cache that all
    /// share, as long as the operator allows.
    fn let_keep(&self, headers: &mut HeaderMap, settings: &KeptSettings) {
        headers.insert(header::ETAG, self.tag.clone());
        let keep = match settings.s_maxage {
            0 => HeaderValue::from_static("no-cache"),
            seconds => HeaderValue::try_from(format!("public, max-age=0, s-maxage={seconds}, must-revalidate"))
                .unwrap_or(HeaderValue::from_static("no-cache")),
        };
        headers.insert(header::CACHE_CONTROL, keep);
        headers.insert(header::VARY, varies(&settings.private_headers));
    }
}

fn not_modified(mut response: Response) -> Response {
    response.headers_mut().remove(header::CONTENT_TYPE);
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    response
}

fn varies(private_headers: &[HeaderName]) -> HeaderValue {
    let names: Vec<&str> = ["accept", "accept-encoding"]
        .into_iter()
        .chain(private_headers.iter().map(HeaderName::as_str))
        .collect();
    HeaderValue::try_from(names.join(", ")).unwrap_or(HeaderValue::from_static("*"))
}

/// Whether the client has this answer. Tags are compared weakly (RFC 9110).
fn is_known(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let ours = tag.to_str().map(opaque).unwrap_or_default();
    let sent = headers.get_all(header::IF_NONE_MATCH).iter();
    let mut sent = sent
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    sent.any(|tag| tag.trim() == "*" || opaque(tag) == ours)
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("tag", &self.tag).finish_non_exhaustive()
    }
}
