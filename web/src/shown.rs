//! What pages hand to their templates.

use minijinja::{Value, value::Serde};
use serde::Serialize;
use serde_json::{Value as Json, json};

/// Of what was asked: under the names that the document gives.
pub fn value(data: &impl Serialize) -> Value {
    Value::from(Serde(data))
}

/// A slug as a part of an address: it may have letters of any language.
pub fn encoded(slug: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    let letter = |byte: u8| {
        if plain(byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    slug.bytes().map(letter).collect()
}

/// A step on the way to a page.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    pub name: String,
    pub href: String,
}

impl Crumb {
    pub fn category(name: &str, slug: &str) -> Self {
        Self {
            name: name.to_owned(),
            href: format!("/categories/{slug}"),
        }
    }
}

/// schema.org's `BreadcrumbList`.
pub fn breadcrumb_list(public_url: &str, crumbs: &[Crumb]) -> Json {
    let items = crumbs.iter().enumerate().map(|(index, crumb)| {
        json!({
            "@type": "ListItem",
            "position": index + 1,
            "name": crumb.name,
            "item": format!("{public_url}{}", crumb.href),
        })
    });
    json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": items.collect::<Vec<_>>(),
    })
}
