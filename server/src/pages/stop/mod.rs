//! Where the links lead by which mails are stopped that nobody has to get. A GET shows a button, for programs that look at
//! mails follow their links; a POST stops them, from the page or, as RFC 8058 has it, from the mail program itself.

mod marketing;
mod stock_alerts;

use axum::{
    Router,
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use vitrine_commerce::{Error, Shop};
use vitrine_edge::error::{FAULT_MESSAGE, OVERLOAD_MESSAGE, log_fault, overload};
use vitrine_web::{Mails, Site, Stop};

use super::html::page;

/// `site`: in whose frame they are shown, where there is a storefront.
pub fn routes(shop: Shop, site: Option<Site>) -> Router {
    let stopping = Stopping { shop, site };
    stock_alerts::routes().merge(marketing::routes()).with_state(stopping)
}

#[derive(Clone)]
struct Stopping {
    shop: Shop,
    site: Option<Site>,
}

impl Stopping {
    async fn answer(&self, parts: &Parts, what: Stop) -> Response {
        match &self.site {
            Some(site) => vitrine_web::stop(site, parts, what).await,
            None => plain(what),
        }
    }

    async fn failed(&self, parts: &Parts, error: &Error) -> Response {
        let what = match error {
            Error::Refused(_) => Stop::Missing,
            error if error.is_transient() => {
                overload(error);
                Stop::Overloaded
            }
            error => {
                log_fault(error);
                Stop::Broken
            }
        };
        self.answer(parts, what).await
    }
}

/// Of a shop without a storefront.
fn plain(what: Stop) -> Response {
    let title = "No more mails";
    match what {
        // Without an action it comes back to this very address.
        Stop::Ask(Mails::StockAlerts) => page(
            title,
            "<p>Shall we forget everything that your mail address waits for?</p>\n\
             <form method=\"post\"><button>Tell me no more</button></form>",
        ),
        Stop::Ask(Mails::Marketing) => page(
            title,
            "<p>Shall we write to you no more, but about your orders?</p>\n\
             <form method=\"post\"><button>Write no more</button></form>",
        ),
        Stop::Done(Mails::StockAlerts) => page(title, "<p>Your mail address waits for nothing any more.</p>"),
        Stop::Done(Mails::Marketing) => page(title, "<p>We write to you no more, but about your orders.</p>"),
        Stop::Missing => {
            let answer = page(
                "No such link",
                "<p>Check that the link is whole. It may also be too old.</p>",
            );
            (StatusCode::NOT_FOUND, answer).into_response()
        }
        Stop::Overloaded => (StatusCode::SERVICE_UNAVAILABLE, OVERLOAD_MESSAGE).into_response(),
        Stop::Broken => (StatusCode::INTERNAL_SERVER_ERROR, FAULT_MESSAGE).into_response(),
    }
}
