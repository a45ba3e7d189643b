//! Cookies: none is read by scripts, and none is sent along from other sites' forms.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::api::Api;

/// The cart's id, and how many things are in it.
pub const CART: &str = "vitrine_cart";
/// A draft order whose link was opened, what opens it, and its cart while that is paid in place of the visitor's own.
pub const DRAFT: &str = "vitrine_draft";
/// The language that was chosen.
pub const LANGUAGE: &str = "vitrine_language";
/// The country that was chosen.
pub const COUNTRY: &str = "vitrine_country";
/// What opens the orders of this browser.
pub const ORDERS: &str = "vitrine_orders";
/// That the first steps in the dashboard need not be shown.
pub const TOUR: &str = "vitrine_tour";
/// What proves that whoever comes back from a provider has set out in this browser.
pub const PROVIDER: &str = "vitrine_provider";
/// The tokens of whoever is signed in.
pub const SESSION: &str = "vitrine_session";
/// The tokens of the member of staff who is signed in. It is sent to the dashboard alone, and from no other site.
pub const STAFF: &str = "vitrine_staff";
/// What each form has to bring.
const CSRF: &str = "vitrine_form";

/// What the names of all of ours begin with.
const OURS: &str = "vitrine_";

/// In seconds.
pub const YEAR: u32 = 365 * 24 * 60 * 60;

/// Longer ones are not ours.
const VALUE_BYTES_MAX: usize = 3_000;

pub struct Jar {
    is_https: bool,
    brought: Vec<(String, String)>,
    set: Vec<HeaderValue>,
}

impl Jar {
    pub fn read(headers: &HeaderMap, is_https: bool) -> Self {
        let sent = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok());
        let pairs = sent
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        let fitting = pairs.filter(|(_, value)| value.len() <= VALUE_BYTES_MAX);
        Self {
            is_https,
            brought: fitting
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            set: Vec::new(),
        }
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        let name = self.whole(name);
        let found = self.brought.iter().rev().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Whether the browser has anything of ours but the choice of a language and a country.
    pub fn is_somebodys(&self) -> bool {
        let plain = |name: &str| {
            name.trim_start_matches("__Host-")
                .trim_start_matches("__Secure-")
                .to_owned()
        };
        let mut ours = self.brought.iter().map(|(name, _)| plain(name));
        ours.any(|name| name.starts_with(OURS) && name != LANGUAGE && name != COUNTRY)
    }

    /// `seconds`: how long it is kept; 0 ends it.
    pub fn set(&mut self, name: &'static str, value: &str, seconds: u32) {
        let (whole, secure) = (self.whole(name), if self.is_https { "; Secure" } else { "" });
        let (path, site) = if name == STAFF {
            ("/admin", "Strict")
        } else {
            ("/", "Lax")
        };
        let cookie = format!("{whole}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite={site}{secure}");
        if let Ok(cookie) = HeaderValue::try_from(cookie) {
            self.set.push(cookie);
            self.brought.push((whole, value.to_owned()));
        }
    }

    /// The token of this browser's forms, or a new one.
    pub fn csrf(&self, api: &dyn Api) -> String {
        self.get(CSRF)
            .filter(|token| is_token(token))
            .map_or_else(|| api.secret(), str::to_owned)
    }

    /// The page has a form with it.
    pub fn keep_csrf(&mut self, token: &str) {
        if self.get(CSRF) != Some(token) {
            self.set(CSRF, token, YEAR);
        }
    }

    /// Whether a form brought what its browser was given. How long the comparison takes tells nothing: who could measure it
    /// has no cookie.
    pub fn is_csrf(&self, sent: Option<&str>) -> bool {
        let ours = self.get(CSRF).filter(|token| is_token(token));
        ours.is_some() && ours == sent
    }

    pub fn write(&self, headers: &mut HeaderMap) {
        for cookie in &self.set {
            headers.append(header::SET_COOKIE, cookie.clone());
        }
    }

    /// A browser takes one with this prefix only from the very host, over HTTPS: no other site of the domain plants it.
    fn whole(&self, name: &str) -> String {
        match self.is_https {
            // The other prefix allows no path.
            true if name == STAFF => format!("__Secure-{name}"),
            true => format!("__Host-{name}"),
            false => name.to_owned(),
        }
    }
}

fn is_token(token: &str) -> bool {
    (16..=100).contains(&token.len()) && token.chars().all(|letter| letter.is_ascii_alphanumeric())
}
