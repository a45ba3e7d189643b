//! The media types of answers.

use axum::http::HeaderValue;

/// In which form an answer goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/json`: every well-formed request is answered with 200.
    Json,
    /// `application/graphql-response+json`: a request that could not run is a 4xx.
    GraphqlResponse,
    EventStream,
}

impl Media {
    /// In the order of our own preference, where a client has none.
    pub(super) const ALL: [Self; 3] = [Self::Json, Self::GraphqlResponse, Self::EventStream];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::GraphqlResponse => "application/graphql-response+json",
            Self::EventStream => "text/event-stream",
        }
    }

    /// Of an answer that is no stream: what cannot become one any more is told in JSON.
    pub(super) fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json | Self::EventStream => "application/json; charset=utf-8",
        })
    }
}
