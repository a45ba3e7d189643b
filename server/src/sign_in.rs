//! `/auth/oidc/{name}/start` and `/auth/oidc/{name}/callback`: a browser's way to a provider of OpenID Connect and
//! back. The front end gets a code in the fragment of its own address, which browsers send to nobody, or in its query
//! where it has a server that reads it, and makes a session of it with `sessionFromCode`.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderName, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use vitrine_commerce::{Error, ErrorCode, Refusal, Shop, identities, ports::identity_provider::Audience};
use vitrine_edge::{
    HttpSettings, caller,
    error::{FAULT_MESSAGE, OVERLOAD_MESSAGE, log_fault, overload},
    is_origin_allowed,
};

use crate::auth;

/// Longer than any that a front end has.
const RETURN_TO_LENGTH_MAX: usize = 1_000;

const COOKIE: &str = "vitrine_sign_in";

#[derive(Clone)]
struct SignIn {
    shop: Shop,
    settings: Arc<HttpSettings>,
}

pub fn routes(shop: Shop, settings: HttpSettings) -> Router {
    let settings = Arc::new(settings);
    Router::new()
        .route("/auth/oidc/{name}/start", get(start))
        .route("/auth/oidc/{name}/callback", get(finish))
        .with_state(SignIn { shop, settings })
}

#[derive(Deserialize)]
struct Start {
    return_to: String,
    code_challenge: String,
}

async fn start(
    State(SignIn { shop, settings }): State<SignIn>,
    Path(name): Path<String>,
    asked: Result<Query<Start>, QueryRejection>,
) -> Response {
    let asked = asked.ok().map(|Query(start)| start);
    let audience = identities::audience(&shop, &name).unwrap_or_default();
    let Some(start) = asked.filter(|start| is_ours(&shop, &settings, audience, &start.return_to)) else {
        let message = "Send `code_challenge` and `return_to`, which must be an address of this shop (`http.public_url`), or of its pages for staff (`shop.staff_url`) or customers (`mail.account_url`), for whom the provider is.";
        return (StatusCode::BAD_REQUEST, message).into_response();
    };
    match identities::begin(&shop, &name, &start.code_challenge, &start.return_to).await {
        Ok(begun) => {
            let cookie = cookie(&shop, &begun.cookie, identities::LIFETIME.num_seconds());
            away(&begun.address, cookie)
        }
        Err(Error::Refused(refusals)) => {
            let status = match refusals[0].code {
                ErrorCode::NotFound => StatusCode::NOT_FOUND,
                // It has begun nothing: there is no cookie to take back, and the front end says so.
                ErrorCode::IdentityProviderUnavailable => {
                    return away(&with(&start.return_to, "error", told(&refusals)), cookie(&shop, "", 0));
                }
                _ => StatusCode::BAD_REQUEST,
            };
            (status, refusals[0].message.to_string()).into_response()
        }
        Err(error) => failed(&error),
    }
}

/// Where a front end goes on, with what it is told: in the fragment, or in the query of an address that ends in one.
fn with(return_to: &str, name: &str, told: &str) -> String {
    let mark = if return_to.ends_with(['?', '&']) { "" } else { "#" };
    format!("{return_to}{mark}{name}={told}")
}

/// What a front end is told.
fn told(refusals: &[Refusal]) -> &'static str {
    match refusals[0].code {
        ErrorCode::WrongCredentials => "WRONG_CREDENTIALS",
        ErrorCode::EmailUnverified => "EMAIL_UNVERIFIED",
        ErrorCode::IdentityProviderUnavailable => "IDENTITY_PROVIDER_UNAVAILABLE",
        _ => "INVALID_TOKEN",
    }
}

#[derive(Deserialize)]
struct Finish {
    state: Option<String>,
    code: Option<String>,
}

async fn finish(
    State(SignIn { shop, .. }): State<SignIn>,
    Path(name): Path<String>,
    asked: Result<Query<Finish>, QueryRejection>,
    parts: Parts,
) -> Response {
    let ticket = sent_cookie(&parts.headers).unwrap_or_default();
    let Some(return_to) = identities::return_to(&shop, &name, &ticket) else {
        let message = "This sign-in was not begun in this browser, or too long ago: begin anew.";
        return (StatusCode::BAD_REQUEST, message).into_response();
    };
    let gone = cookie(&shop, "", 0);
    let Ok(Query(Finish {
        state: Some(state),
        code: Some(code),
    })) = asked
    else {
        // The provider says why; whoever sent the browser here may have written that, and it is not repeated.
        return away(&with(&return_to, "error", "DECLINED"), gone);
    };
    let context = match auth::context(&shop, &caller(&parts)).await {
        Ok(context) => context,
        Err(_) => vitrine_commerce::Context::new(&shop, vitrine_commerce::Viewer::Guest, "sign-in"),
    };
    match identities::finish(&shop, &context, &name, &ticket, &state, &code).await {
        Ok(code) => away(&with(&return_to, "code", &code), gone),
        Err(Error::Refused(refusals)) => away(&with(&return_to, "error", told(&refusals)), gone),
        Err(error) => failed(&error),
    }
}

/// Whether a page is of the origin of the shop, or of its pages for whoever signs in. Those that may merely call the API
/// are not asked for: what comes back opens a session.
fn is_ours(shop: &Shop, settings: &HttpSettings, audience: Audience, address: &str) -> bool {
    let is_plain = address.len() <= RETURN_TO_LENGTH_MAX && address.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_plain || address.contains(['\\', '#', '"']) {
        return false;
    }
    let Ok(uri) = address.parse::<Uri>() else { return false };
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return false;
    };
    if !["http", "https"].contains(&scheme) || authority.as_str().contains('@') {
        return false;
    }
    let origin = format!("{scheme}://{authority}");
    let pages = match audience {
        Audience::Staff => &shop.settings.staff_url,
        Audience::Customers => &shop.settings.account_url,
    };
    let pages = pages.split('{').next().unwrap_or_default();
    let own = [shop.settings.public_url.as_str(), pages]
        .into_iter()
        .filter_map(|url| {
            let own = url.parse::<Uri>().ok()?;
            Some(format!("{}://{}", own.scheme_str()?, own.authority()?))
        });
    let local = HttpSettings {
        origins_allowed: Vec::new(),
        ..settings.clone()
    };
    own.into_iter().any(|own| own.eq_ignore_ascii_case(&origin)) || is_origin_allowed(&origin, &local)
}

/// `Lax`: the provider's page leads back here, and no other page's form or script takes it along.
fn cookie(shop: &Shop, value: &str, seconds: i64) -> String {
    let secure = if shop.settings.public_url.starts_with("https://") {
        "; Secure"
    } else {
        ""
    };
    format!("{COOKIE}={value}; Path=/auth/oidc; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

fn sent_cookie(headers: &HeaderMap) -> Option<String> {
    let sent = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = sent
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| value.to_owned())
}

fn away(to: &str, cookie: String) -> Response {
    let headers: [(HeaderName, String); 4] = [
        (header::LOCATION, to.to_owned()),
        (header::SET_COOKIE, cookie),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

fn failed(error: &Error) -> Response {
    if error.is_transient() {
        overload(error);
        return (StatusCode::SERVICE_UNAVAILABLE, OVERLOAD_MESSAGE).into_response();
    }
    log_fault(error);
    (StatusCode::BAD_GATEWAY, FAULT_MESSAGE).into_response()
}
