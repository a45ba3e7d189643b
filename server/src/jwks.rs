//! `GET /.well-known/jwks.json`: the public keys of access tokens (RFC 7517), for gateways that verify them.

use axum::{
    Json, Router,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};
use vitrine_commerce::{Shop, keyring::Key};

/// A key stands here an hour before it signs: a copy may be this old.
const CACHE: &str = "public, max-age=300";

pub fn routes(shop: Shop) -> Router {
    Router::new()
        .route("/.well-known/jwks.json", get(jwks))
        .with_state(shop)
}

async fn jwks(State(shop): State<Shop>) -> Response {
    let keyring = shop.keyring();
    let published = keyring.published(shop.now(), shop.settings.access_token_lifetime);
    let keys = published.map(jwk).collect::<Vec<_>>();
    ([(header::CACHE_CONTROL, CACHE)], Json(json!({ "keys": keys }))).into_response()
}

/// An Ed25519 key, as RFC 8037 has it.
fn jwk(key: &Key) -> Value {
    json!({
        "kty": "OKP",
        "crv": "Ed25519",
        "use": "sig",
        "alg": "EdDSA",
        "kid": key.id.to_string(),
        "x": key.public,
    })
}
