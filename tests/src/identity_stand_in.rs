//! A provider of OpenID Connect for tests: a server on this machine with discovery, keys, codes and ID tokens. It
//! keeps the rules (a code is good once, for the client that it was given to, with its PKCE verifier), and lies on
//! command in the ways that one may that was broken into, or is another's.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Form, Json, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::{net::TcpListener, task::JoinHandle};
use vitrine_commerce::ports::{Clock, clock::SystemClock};

/// The key of RFC 8037, and that of a stranger: PKCS #8, of Ed25519.
const KEY: &str = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v_VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g";
const PUBLIC: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
const ANOTHERS_KEY: &str = "MC4CAQAwBQYDK2VwBCIEIEzNCJso_5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7";

/// How it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    WrongNonce,
    WrongAudience,
    OtherIssuer,
    OtherKey,
    Expired,
    AlgorithmNone,
    /// The address is not proven.
    UnverifiedEmail,
    /// It publishes nothing, and answers no code: it is away.
    Away,
    /// It publishes what it should, and then answers no code.
    NoTokens,
}

/// A running provider; it stops when dropped.
pub struct IdentityStandIn {
    issuer: String,
    shared: Arc<Shared>,
    serving: JoinHandle<()>,
}

struct Shared {
    issuer: String,
    clock: Mutex<Arc<dyn Clock>>,
    state: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    subject: String,
    email: String,
    name: Option<String>,
    lie: Option<Lie>,
    /// Whether there is a page, from which people go back themselves.
    has_page: bool,
    /// What was asked with each code that is not used yet.
    codes: HashMap<String, HashMap<String, String>>,
    given: usize,
    discovered: usize,
}

impl IdentityStandIn {
    pub const CLIENT_ID: &str = "vitrine";
    pub const CLIENT_SECRET: &str = "the secret of the client";

    /// # Panics
    /// When there is no free port.
    pub async fn start() -> Self {
        Self::start_at("127.0.0.1").await
    }

    /// As [`start`](Self::start), at this name of the machine.
    ///
    /// # Panics
    /// The same.
    pub async fn start_at(host: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("a bound port").port();
        let issuer = format!("http://{host}:{port}");
        let shared = Arc::new(Shared {
            issuer: issuer.clone(),
            clock: Mutex::new(Arc::new(SystemClock)),
            state: Mutex::default(),
        });
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(jwks))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .with_state(shared.clone());
        let serving = tokio::spawn(async move {
            axum::serve(listener, routes).await.expect("the provider runs");
        });
        Self {
            issuer,
            shared,
            serving,
        }
    }

    /// From now on it goes by this clock.
    pub fn go_by(&self, clock: Arc<dyn Clock>) {
        *self.shared.clock.lock().unwrap_or_else(PoisonError::into_inner) = clock;
    }

    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// From now on whoever comes is this person.
    pub fn is(&self, subject: &str, email: &str) {
        let mut state = self.shared.state();
        (state.subject, state.email) = (subject.to_owned(), email.to_owned());
    }

    /// From now on it says that they are called so.
    pub fn calls_them(&self, name: &str) {
        self.shared.state().name = Some(name.to_owned());
    }

    /// From now on nobody is sent back at once: there is a page with a link, as a form's button would be.
    pub fn shows_a_page(&self) {
        self.shared.state().has_page = true;
    }

    /// How often it was asked for what it publishes.
    pub fn discovered(&self) -> usize {
        self.shared.state().discovered
    }

    /// From now on it lies, or no more.
    pub fn lie(&self, lie: Option<Lie>) {
        self.shared.state().lie = lie;
    }
}

impl Drop for IdentityStandIn {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, Known> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn discovery(State(shared): State<Arc<Shared>>) -> Response {
    let mut state = shared.state();
    state.discovered += 1;
    if state.lie == Some(Lie::Away) {
        return StatusCode::BAD_GATEWAY.into_response();
    }
    let issuer = &shared.issuer;
    let published = Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
    }));
    published.into_response()
}

async fn jwks() -> Json<Value> {
    Json(
        json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": "one", "x": PUBLIC }] }),
    )
}

/// Whoever comes is signed in at once, and sent back, or shown the way.
async fn authorize(State(shared): State<Arc<Shared>>, Query(asked): Query<HashMap<String, String>>) -> Response {
    let is_whole = asked["response_type"] == "code"
        && asked["client_id"] == IdentityStandIn::CLIENT_ID
        && asked["code_challenge_method"] == "S256"
        && asked["scope"].split(' ').any(|scope| scope == "openid");
    if !is_whole {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let mut state = shared.state();
    state.given += 1;
    let code = format!("code-{}", state.given);
    let to = format!("{}?code={code}&state={}", asked["redirect_uri"], asked["state"]);
    state.codes.insert(code, asked);
    match state.has_page {
        true => Html(format!(
            "<title>Acme</title><p>Acme knows you.</p><a id=\"on\" href=\"{to}\">Go on</a>"
        ))
        .into_response(),
        false => Redirect::to(&to).into_response(),
    }
}

async fn token(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Form(sent): Form<HashMap<String, String>>,
) -> Response {
    if matches!(shared.state().lie, Some(Lie::Away | Lie::NoTokens)) {
        return (StatusCode::BAD_GATEWAY, "the upstream is gone").into_response();
    }
    let refused = (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" })));
    let Some(asked) = shared.state().codes.remove(&sent["code"]) else {
        return refused.into_response();
    };
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&sent["code_verifier"]));
    let is_theirs = headers[header::AUTHORIZATION]
        .to_str()
        .is_ok_and(|sent| sent.starts_with("Basic "));
    if challenge != asked["code_challenge"] || sent["redirect_uri"] != asked["redirect_uri"] || !is_theirs {
        return refused.into_response();
    }
    let id_token = shared.id_token(&asked["nonce"]);
    Json(json!({ "access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": id_token })).into_response()
}

impl Shared {
    fn id_token(&self, nonce: &str) -> String {
        let now = self
            .clock
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .now()
            .timestamp();
        let state = self.state();
        let lies = |lie| state.lie == Some(lie);
        let mut claims = json!({
            "iss": if lies(Lie::OtherIssuer) { "https://evil.example" } else { self.issuer.as_str() },
            "aud": if lies(Lie::WrongAudience) { "another client" } else { IdentityStandIn::CLIENT_ID },
            "sub": state.subject,
            "nonce": if lies(Lie::WrongNonce) { "another nonce" } else { nonce },
            "iat": now,
            "exp": if lies(Lie::Expired) { now - 1 } else { now + 60 },
            "email": state.email,
            "email_verified": !lies(Lie::UnverifiedEmail),
        });
        if let Some(name) = &state.name {
            claims["name"] = json!(name);
        }
        if lies(Lie::AlgorithmNone) {
            let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
            return format!("{}.{}.", part(&json!({ "alg": "none" })), part(&claims));
        }
        let header = Header {
            kid: Some("one".to_owned()),
            ..Header::new(Algorithm::EdDSA)
        };
        let key = if lies(Lie::OtherKey) { ANOTHERS_KEY } else { KEY };
        let key = URL_SAFE_NO_PAD.decode(key).expect("base64");
        jsonwebtoken::encode(&header, &claims, &EncodingKey::from_ed_der(&key)).expect("an ID token")
    }
}
