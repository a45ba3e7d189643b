//! Pages that everybody sees alike who has nothing of their own here: no cart, no session, no orders. Each is made once and
//! kept, by the API that knows what it is made of, for as long as that holds.
//!
//! Such a page has no token in its forms. What is sent from one ([`crate::visit::Open`]) is taken where the browser says
//! itself that it comes from here, which all have done for years.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, request::Parts},
    middleware::Next,
    response::Response,
};

use crate::{
    site::Site,
    visit::{COUNTRY, Everybodys, Jar, LANGUAGE, YEAR, language, language_named},
};

/// The capability whose door stands on pages that everybody sees alike.
pub const STOCK_ALERTS: &str = "stock_alerts";

/// Around pages that show the catalogue and nothing of their visitor's.
pub async fn keep(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Some(name) = name(&site, &parts) else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    let sent = parts.headers.clone();
    parts.extensions.insert(Everybodys);
    // Of a page that is asked for by `HEAD` the body is left out later, around this.
    parts.method = Method::GET;
    let named = language_named(&parts.uri, &site.theme());
    let make = next.run(Request::from_parts(parts, body));
    let mut response = site.api().keep(&name, &sent, Box::pin(make)).await;
    remember(named, &sent, site.is_https(), &mut response);
    response
}

/// Whoever follows a link to a language stays in it. The cookie is not the page's, which is everybody's.
fn remember(named: Option<String>, sent: &HeaderMap, is_https: bool, response: &mut Response) {
    let mut jar = Jar::read(sent, is_https);
    if let Some(named) = named.filter(|named| jar.get(LANGUAGE) != Some(named)) {
        jar.set(LANGUAGE, &named, YEAR);
        jar.write(response.headers_mut());
    }
}

/// What tells its page from all others; nothing for whoever has anything of their own.
fn name(site: &Site, parts: &Parts) -> Option<String> {
    let jar = Jar::read(&parts.headers, site.is_https());
    if !matches!(parts.method, Method::GET | Method::HEAD) || jar.is_somebodys() {
        return None;
    }
    let path = parts.uri.path();
    // Its doors are the visitor's own where they are open for some.
    let has_alerts = match path.starts_with("/products/") {
        true => site.api().has_for_all(STOCK_ALERTS)?,
        false => true,
    };
    let country = jar.get(COUNTRY).unwrap_or_default();
    if !(country.is_empty() || is_code(country)) {
        return None;
    }
    let theme = site.theme();
    let named = language_named(&parts.uri, &theme);
    let language = named.unwrap_or_else(|| language(&jar, &parts.headers, &theme));
    let here = parts.uri.path_and_query().map_or("/", |whole| whole.as_str());
    Some(format!(
        "{} {language} {country} {has_alerts} {here}",
        site.theme_version()
    ))
}

/// Whether it may be a country's: of those that there may be there are few.
fn is_code(country: &str) -> bool {
    country.len() == 2 && country.bytes().all(|letter| letter.is_ascii_uppercase())
}
