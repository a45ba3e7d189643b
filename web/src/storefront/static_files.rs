//! What browsers and search engines fetch beside the pages.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{
    answer::{self, Answer},
    problem::Problem,
    site::Site,
    visit::Visit,
};

pub async fn asset(State(site): State<Site>, Path((hash, name)): Path<(String, String)>) -> Answer {
    let theme = site.theme();
    let asset = theme.asset(&name).ok_or(Problem::NotFound)?;
    Ok(answer::asset(asset, asset.hash == hash))
}

pub async fn favicon(State(site): State<Site>) -> Answer {
    let theme = site.theme();
    let icon = theme.asset("icon.svg").ok_or(Problem::NotFound)?;
    Ok(answer::asset(icon, false))
}

/// At an address that stays: a browser keeps what it was subscribed by.
pub async fn push_worker(State(site): State<Site>) -> Answer {
    let theme = site.theme();
    let worker = theme.asset("push-worker.js").ok_or(Problem::NotFound)?;
    Ok(answer::asset(worker, false))
}

pub async fn manifest(visit: Visit) -> Answer {
    let frame = visit.frame().await?;
    let theme = visit.site.theme();
    let icon = theme
        .asset("icon.svg")
        .map(|icon| format!("/web/{}/icon.svg", icon.hash));
    let manifest = json!({
        "name": frame.shop.name,
        "short_name": frame.shop.name,
        "start_url": "/",
        "display": "minimal-ui",
        "icons": [{ "src": icon, "sizes": "any", "type": "image/svg+xml" }],
    });
    let kind = HeaderValue::from_static("application/manifest+json");
    Ok(([(header::CONTENT_TYPE, kind)], Json(manifest)).into_response())
}

/// What is a visitor's own is no search engine's.
pub async fn robots(State(site): State<Site>) -> Response {
    let text = format!(
        "User-agent: *\nDisallow: /admin\nDisallow: /cart\nDisallow: /checkout\nDisallow: /orders/\nDisallow: /account\nDisallow: \
         /language/\n\nSitemap: {}/sitemap.xml\n",
        site.settings().public_url
    );
    text.into_response()
}
