//! `/account`: a customer's orders, data and password; how one signs up, in and out.

mod addresses;
mod alerts;
mod cards;
mod data;
mod language;
mod links;
mod messages;
mod password;
mod provider;
mod session;

use axum::http::StatusCode;
use minijinja::{Value, context};

pub use addresses::{remove as remove_address, restore as restore_address, save as save_address, show as address};
pub use alerts::{cancel as cancel_alert, show as alerts};
pub use cards::{make_default as make_card_default, remove as remove_card};
pub use data::{end_session, save_consent, save_email, save_name, show as data};
pub use language::save as save_language;
pub use links::{save as save_link, show as link};
pub use messages::{mark_read as mark_messages_read, show as messages};
pub use password::{save as save_password, show as password};
pub use provider::{begin as begin_at_provider, end as end_at_provider};
pub use session::{log_in, show_login, show_sign_up, sign_out, sign_up};

use super::{refusals::Errors, shown::value};
use crate::{
    answer::Answer,
    documents::{AccountPage, account_page::Variables},
    problem::Problem,
    provider::{Audience, Door},
    visit::{Form, Rows, Visit},
};

/// Where customers come in by a provider.
const DOOR: Door = Door {
    audience: Audience::Customers,
    begin: "/account/sign-in",
    end: "/account/signed-in",
};

/// How many orders a page has.
const ORDERS: i64 = 20;

/// How many returns.
const RETURNS: i64 = 10;

pub async fn show(visit: Visit) -> Answer {
    if !visit.is_signed_in() {
        return Ok(visit.go("/account/login"));
    }
    let query = Form::from(visit.uri.query().unwrap_or_default());
    let rows = Rows::read(&query, ORDERS);
    let returns = Rows::named(&query, "returns", RETURNS);
    let variables = Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        returns_first: returns.first,
        returns_after: returns.after,
        returns_last: returns.last,
        returns_before: returns.before,
        credit_after: query.some("credit_after"),
    };
    let data = visit.ask(AccountPage, variables).await?;
    let viewer = data.viewer.ok_or(Problem::SignedOut)?;
    // Whoever makes a link cannot have us say what is not so.
    let done = visit.say(&format!("account.done.{}", query.text("done")));
    let shown = context! {
        viewer => value(&viewer),
        locales => value(&data.shop.locales),
        done,
        undo => query.text("undo"),
        credit_of => query.text("credit"),
        is_indexed => false,
    };
    visit.show("storefront/account/page.html", shown).await
}

/// A page with one form: `name` is its section among the words.
async fn form(visit: Visit, template: &str, name: &str, outcome: &Outcome, more: Value) -> Answer {
    let done = matches!(outcome, Outcome::Done);
    let (errors, values) = match outcome {
        Outcome::Refused(errors, values) => (errors.clone(), values.clone()),
        Outcome::Asked | Outcome::Done => (Errors::new(), Errors::new()),
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let shown = context! {
        name,
        done,
        errors => value(&errors),
        values => value(&values),
        is_indexed => false,
    };
    let template = format!("storefront/account/{template}.html");
    visit.show_as(status, &template, context! { ..more, ..shown }).await
}

/// What became of a form.
enum Outcome {
    Asked,
    /// What was wrong, and what was typed; never a password.
    Refused(Errors, Errors),
    Done,
}
