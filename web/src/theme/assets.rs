//! Styles, scripts and pictures of the pages, at addresses that name their content, so that browsers keep them for ever.

use std::{collections::BTreeMap, fmt::Write};

use axum::body::Bytes;
use sha2::{Digest, Sha256};

use super::{files::Files, tokens::Tokens};

/// By the ends of their names. Whatever else lies in a theme is not shown.
const TYPES: [(&str, &str); 9] = [
    (".css", "text/css; charset=utf-8"),
    (".js", "text/javascript; charset=utf-8"),
    (".svg", "image/svg+xml"),
    (".png", "image/png"),
    (".jpg", "image/jpeg"),
    (".webp", "image/webp"),
    (".avif", "image/avif"),
    (".ico", "image/x-icon"),
    (".woff2", "font/woff2"),
];

const HASH_BYTES: usize = 8;

/// A file that a page fetches.
#[derive(Debug, Clone)]
pub struct Asset {
    pub body: Bytes,
    pub content_type: &'static str,
    /// Of its content.
    pub hash: String,
}

pub(super) struct Assets(BTreeMap<String, Asset>);

impl Assets {
    /// All of `design/` and `assets/`; the styles as one file, `shop.css`, in the order of their names. Those of `admin/design/`
    /// come in a file of their own, `admin.css`, for the dashboard alone.
    pub(super) fn new(files: &Files, tokens: &Tokens) -> Self {
        let mut assets = BTreeMap::new();
        let (mut styles, mut of_admin) = (tokens.css(), String::new());
        for (name, body) in files.all() {
            let Some(short) = short(name) else { continue };
            if short.ends_with(".css") {
                let whole = if short == name { &mut of_admin } else { &mut styles };
                whole.push_str(&String::from_utf8_lossy(body));
            } else if let Some(content_type) = content_type(short) {
                assets.insert(short.to_owned(), Asset::new(body.clone(), content_type));
            }
        }
        for (name, styles) in [("shop.css", styles), ("admin.css", of_admin)] {
            assets.insert(name.to_owned(), Asset::new(Bytes::from(slim(&styles)), TYPES[0].1));
        }
        Self(assets)
    }

    pub(super) fn find(&self, name: &str) -> Option<&Asset> {
        self.0.get(name)
    }

    /// Where it is fetched.
    pub(super) fn url(&self, name: &str) -> Option<String> {
        self.find(name).map(|asset| format!("/web/{}/{name}", asset.hash))
    }
}

impl Asset {
    fn new(body: Bytes, content_type: &'static str) -> Self {
        let mut hash = String::with_capacity(2 * HASH_BYTES);
        for byte in &Sha256::digest(&body)[..HASH_BYTES] {
            let _ = write!(hash, "{byte:02x}");
        }
        Self {
            body,
            content_type,
            hash,
        }
    }
}

/// What it is called in addresses; nothing where it is not for browsers.
fn short(name: &str) -> Option<&str> {
    let is_whole = name.starts_with("assets/") || name.starts_with("admin/design/");
    name.strip_prefix("design/").or(is_whole.then_some(name))
}

fn content_type(name: &str) -> Option<&'static str> {
    let found = TYPES.iter().find(|(end, _)| name.ends_with(end));
    found.map(|(_, content_type)| *content_type)
}

/// Without comments and without the space at the lines' ends.
fn slim(css: &str) -> String {
    let mut slim = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        slim.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    slim.push_str(rest);
    let lines = slim.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
