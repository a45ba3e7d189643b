//! Pages that end mails: where the links lead that stand in them. Whoever mounts the pages knows what a link is good for,
//! and ends them.

use axum::{
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::Response,
};
use minijinja::context;

use super::problem;
use crate::{plain::plain, problem::Problem, site::Site, visit::Visit};

/// Which mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mails {
    StockAlerts,
    Marketing,
}

/// What the page says of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Whether they shall end: programs that look at mails follow their links, and press no button.
    Ask(Mails),
    Done(Mails),
    /// The link is none.
    Missing,
    /// It may be tried again.
    Overloaded,
    Broken,
}

impl Mails {
    fn name(self) -> &'static str {
        match self {
            Self::StockAlerts => "stock_alerts",
            Self::Marketing => "marketing",
        }
    }
}

/// The page, for whoever sent a request with this head.
pub async fn stop(site: &Site, parts: &Parts, what: Stop) -> Response {
    let visit = Visit::of(site, parts);
    let (status, step, mails) = match what {
        Stop::Ask(mails) => (StatusCode::OK, "ask", mails.name()),
        Stop::Done(mails) => (StatusCode::OK, "done", mails.name()),
        Stop::Missing => (StatusCode::NOT_FOUND, "missing", ""),
        Stop::Overloaded => return problem::show(visit, Problem::Overloaded).await,
        Stop::Broken => return problem::show(visit, Problem::Broken).await,
    };
    let language = visit.language.clone();
    let shown = context! { step, mails, is_indexed => false };
    let shown = visit.show_as(status, "storefront/stop/page.html", shown).await;
    let mut response = shown.unwrap_or_else(|problem| plain(site, &language, problem));
    // What its address opens is nobody else's.
    let no_store = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, no_store);
    response
}
