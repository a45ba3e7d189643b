//! `GET /sitemap.xml`: the storefront's addresses of all that shoppers see, for search engines: an index, and pages
//! beneath it. There is one only where the shop's settings say how these addresses look.

use std::fmt::Write;

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::SecondsFormat;
use vitrine_commerce::{Result, Shop, catalog::sitemap};
use vitrine_entity::slug_redirect::SlugKind;

use crate::graphql::shared::PublicUrl;

/// What it tells changes slowly, and search engines come by themselves.
const CACHE: &str = "public, max-age=3600";

const KINDS: [(&str, SlugKind); 3] = [
    ("products", SlugKind::Product),
    ("categories", SlugKind::Category),
    ("collections", SlugKind::Collection),
];

pub fn routes(shop: Shop, public_url: PublicUrl) -> Router {
    Router::new()
        .route("/sitemap.xml", get(index))
        .route("/sitemaps/{file}", get(page))
        .with_state((shop, public_url))
}

async fn index(State((shop, public_url)): State<(Shop, PublicUrl)>) -> Response {
    let written = async {
        let mut xml = head("sitemapindex", "");
        let mut any = false;
        for (name, kind) in KINDS {
            for number in 1..=sitemap::pages(&shop, kind).await? {
                let url = public_url.absolute(&format!("/sitemaps/{name}-{number}.xml"));
                let _ = writeln!(xml, "<sitemap><loc>{}</loc></sitemap>", escaped(&url));
                any = true;
            }
        }
        xml.push_str("</sitemapindex>\n");
        Result::Ok(any.then_some(xml))
    };
    answer(shop.db.late(None, written).await)
}

async fn page(State((shop, _)): State<(Shop, PublicUrl)>, Path(file): Path<String>) -> Response {
    let named = file.strip_suffix(".xml").and_then(|name| name.rsplit_once('-'));
    let kind = |name| KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    let found = named.and_then(|(name, number)| Some((kind(name)?, number.parse::<u64>().ok()?)));
    let Some((kind, number)) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    answer(shop.db.late(None, urls(&shop, kind, number)).await)
}

async fn urls(shop: &Shop, kind: SlugKind, number: u64) -> Result<Option<String>> {
    if !(1..=sitemap::pages(shop, kind).await?).contains(&number) {
        return Ok(None);
    }
    let addresses = sitemap::page(shop, kind, number).await?;
    let mut xml = match addresses.iter().any(|address| !address.alternates.is_empty()) {
        true => head("urlset", ALTERNATES),
        false => head("urlset", ""),
    };
    for address in addresses {
        let _ = write!(xml, "<url><loc>{}</loc>", escaped(&address.url));
        if let Some(time) = address.updated_at {
            let _ = write!(
                xml,
                "<lastmod>{}</lastmod>",
                time.to_rfc3339_opts(SecondsFormat::Secs, true)
            );
        }
        for (language, url) in &address.alternates {
            let _ = write!(
                xml,
                "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>",
                escaped(language),
                escaped(url)
            );
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    Ok(Some(xml))
}

/// What the element of pages that are there in several languages says besides.
const ALTERNATES: &str = " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"";

fn head(element: &str, more: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{element} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"{more}>\n"
    )
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&apos;")
}

fn answer(written: Result<Option<String>>) -> Response {
    match written {
        Ok(Some(xml)) => {
            let headers = [
                (
                    header::CONTENT_TYPE,
                    HeaderValue::from_static("application/xml; charset=utf-8"),
                ),
                (header::CACHE_CONTROL, HeaderValue::from_static(CACHE)),
            ];
            (headers, xml).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the sitemap cannot be written"
            );
            let overload = error.is_transient();
            let status = if overload {
                StatusCode::SERVICE_UNAVAILABLE
            } else {
                StatusCode::INTERNAL_SERVER_ERROR
            };
            status.into_response()
        }
    }
}
