//! What a client has sent, which is read here or passed on.

use axum::{
    body::Body,
    extract::{FromRequest, Request},
};
use vitrine_edge::{check_headers, read_body};

use super::super::{
    extract::{BODY_BYTES_MAX, read},
    problem::details::Problem,
    state::Rest,
};

/// A body in JSON, as it came: whoever answers it reads it.
pub(super) struct AsSent(pub(super) Vec<u8>);

impl FromRequest<Rest> for AsSent {
    type Rejection = Problem;

    async fn from_request(request: Request<Body>, rest: &Rest) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        check_headers(&parts.headers)?;
        let body = read_body(body, BODY_BYTES_MAX, rest.settings.body_timeout).await?;
        Ok(Self(body.to_vec()))
    }
}

impl AsSent {
    /// # Errors
    /// As a body of any other request.
    pub(super) fn read<T: serde::de::DeserializeOwned>(&self) -> Result<T, Problem> {
        read(&self.0)
    }
}
