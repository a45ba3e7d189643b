//! `GET /schema.graphql`: the API's contract, for code generators and for reading. It holds no secret,
//! and stands in production too, where the schema cannot be asked for by a query.

use std::sync::LazyLock;

use axum::{
    Router,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::graphql::schema::sdl;

/// It changes with the program only.
const CACHE: &str = "public, max-age=300";

static SDL: LazyLock<String> = LazyLock::new(sdl);

pub fn routes() -> Router {
    Router::new().route("/schema.graphql", get(schema))
}

async fn schema() -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=utf-8"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static(CACHE)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, SDL.as_str()).into_response()
}
