//! In which language a visitor reads.

use axum::http::{HeaderMap, Uri, header};

use super::cookies::{Jar, LANGUAGE};
use crate::{
    theme::Theme,
    words::{FALLBACK, negotiate},
};

/// How much of an address's query is looked at for a language.
const QUERY_PAIRS_MAX: usize = 20;

/// The language that an address asks for, where there is one: `?language=de`.
pub fn named(uri: &Uri, theme: &Theme) -> Option<String> {
    let query = form_urlencoded::parse(uri.query()?.as_bytes());
    let (_, named) = query.take(QUERY_PAIRS_MAX).find(|(name, _)| name == "language")?;
    theme.words.languages().find(|known| *known == named).map(str::to_owned)
}

/// The one that was chosen, or else the one that the browser likes best of those that there are.
pub fn language(jar: &Jar, headers: &HeaderMap, theme: &Theme) -> String {
    let known: Vec<&str> = theme.words.languages().collect();
    let chosen = jar.get(LANGUAGE).filter(|chosen| known.contains(chosen));
    let accept = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let liked = || accept.and_then(|accept| negotiate(accept, &known));
    chosen.or_else(liked).unwrap_or(FALLBACK).to_owned()
}
