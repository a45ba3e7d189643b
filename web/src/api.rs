//! What the pages are given: whoever answers their documents.

use std::pin::Pin;

use async_trait::async_trait;
use axum::{
    body::Bytes,
    http::{Extensions, HeaderMap, HeaderValue, StatusCode},
    response::Response,
};

/// A page that is made as soon as it is waited for.
pub type Making<'a> = Pin<Box<dyn Future<Output = Response> + Send + 'a>>;

/// The API, asked in the same process as the visitor would ask it: by the same documents' checks, limits and kept answers.
#[async_trait]
pub trait Api: Send + Sync + 'static {
    /// The answer to `body`, which is what `POST /graphql` takes.
    async fn ask(&self, visitor: &Visitor, body: Bytes) -> Answered;

    /// The same as an event stream, to be handed on to the visitor as it is.
    async fn follow(&self, visitor: &Visitor, body: Bytes) -> Response;

    /// The answer to a file that is sent to the REST API.
    async fn send_file(&self, visitor: &Visitor, file: Upload) -> Answered;

    /// The page of this name, for whoever sent these headers: one that was made before, while all the answers that it was
    /// made of are those that would be given now, or else what `make` gives. Two pages that may differ by anything but
    /// answers have two names.
    async fn keep(&self, name: &str, sent: &HeaderMap, make: Making<'_>) -> Response;

    /// The day in the shop so many days ago, as in `2026-11-29`.
    fn day(&self, days_ago: u32) -> String;

    /// Whether a capability, as `shop.capabilities` calls it, is on or off for all shoppers alike; `None` where that depends on who
    /// asks.
    fn has_for_all(&self, capability: &str) -> Option<bool>;

    /// What nobody guesses: letters and digits.
    fn secret(&self) -> String;
}

/// Who asks, as the request that they sent shows them.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    /// What the server's layers noted of the request: ids, address, standings.
    pub extensions: Extensions,
    pub user_agent: Option<HeaderValue>,
    pub access_token: Option<String>,
    /// What opens the orders of guests.
    pub order_tokens: Vec<String>,
    /// In which language they want goods and their texts, and in which country they are, where they said so.
    pub language: Option<String>,
    pub country: Option<String>,
    /// Tells a browser from others, for what is on for some of them.
    pub key: Option<String>,
    /// In which language their page is: what they are refused is said in it, whether the goods are in it or not.
    pub reads: Option<String>,
}

/// A file, as the REST API takes it.
#[derive(Debug, Clone)]
pub struct Upload {
    /// With its query.
    pub path: String,
    /// By `PUT`, as an address of `stagedUploadsCreate` takes it, rather than by `POST`.
    pub is_put: bool,
    pub content_type: HeaderValue,
    pub body: Bytes,
}

/// An answer, or why there is none.
#[derive(Debug, Clone)]
pub struct Answered {
    pub status: StatusCode,
    /// When to ask again, in seconds.
    pub retry_after: Option<u64>,
    pub body: Bytes,
}
