//! Why there is no page. Handlers return it; [`crate::storefront`] shows a page that helps in its place.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// Why there is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// There is nothing at this address, or nothing that this visitor may see.
    NotFound,
    /// The form did not come from one of our pages, or from one that is too old.
    Forged,
    /// The form is not one that we have.
    BadForm,
    /// Who asks too often may ask again in so many seconds.
    TooOften(u64),
    Overloaded,
    /// Whoever was signed in is not any more.
    SignedOut,
    /// Whoever is signed in may not do this.
    Forbidden,
    /// Ours; it is logged.
    Broken,
}

impl Problem {
    pub fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forged => StatusCode::FORBIDDEN,
            Self::BadForm => StatusCode::BAD_REQUEST,
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Overloaded => StatusCode::SERVICE_UNAVAILABLE,
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Its section among the words.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Forged => "forged",
            Self::BadForm => "bad-form",
            Self::TooOften(_) => "too-often",
            Self::Overloaded => "overloaded",
            Self::SignedOut => "signed-out",
            Self::Forbidden => "forbidden",
            Self::Broken => "broken",
        }
    }

    /// Of an answer without data.
    pub fn of_codes<'a>(codes: impl Iterator<Item = &'a str>, retry_after: Option<u64>) -> Self {
        for code in codes {
            match code {
                "RATE_LIMITED" => return Self::TooOften(retry_after.unwrap_or(5)),
                "SERVICE_UNAVAILABLE" | "TIMEOUT" => return Self::Overloaded,
                "UNAUTHENTICATED" => return Self::SignedOut,
                "FORBIDDEN" => return Self::Forbidden,
                "INTERNAL_ERROR" => return Self::Broken,
                other => tracing::error!(code = other, "a document of the storefront was refused"),
            }
        }
        Self::Broken
    }
}

/// Shown by the layer around all pages, which knows the visitor.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What an answer has of an error.
#[derive(Debug, Deserialize)]
pub struct Told {
    pub message: String,
    #[serde(default)]
    pub extensions: Extensions,
}

#[derive(Debug, Default, Deserialize)]
pub struct Extensions {
    pub code: Option<String>,
}
