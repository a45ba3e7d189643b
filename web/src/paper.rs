//! Pages of others in the shop's frame: what development shows beside the shop.

use axum::{http::request::Parts, response::Response};
use minijinja::context;

use crate::{answer::Fields, plain::plain, site::Site, visit::Visit};

/// `body` is HTML: whatever came from outside is escaped in it. It may show other pages of this host in frames.
pub async fn paper(site: &Site, parts: &Parts, title: &str, body: &str) -> Response {
    let visit = Visit::of(site, parts).with_fields(Fields::Frames);
    let language = visit.language.clone();
    let shown = context! { title, body, is_indexed => false };
    match visit.show("design/paper.html", shown).await {
        Ok(shown) => shown,
        Err(problem) => plain(site, &language, problem),
    }
}
