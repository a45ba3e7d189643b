//! `/account`: a customer's orders, data and password; how one signs up, in and out.

mod links;
mod password;
mod session;

use axum::http::StatusCode;
use minijinja::{Value, context};

pub use links::{save as save_link, show as link};
pub use password::{save as save_password, show as password};
pub use session::{log_in, show_login, show_sign_up, sign_out, sign_up};

use super::{
    refusals::{Errors, refusals},
    shown::value,
};
use crate::{
    answer::Answer,
    documents::{AccountAddressDelete, AccountPage, account_address_delete as delete, account_page::Variables},
    problem::Problem,
    visit::{Posted, Visit},
};

pub async fn show(visit: Visit) -> Answer {
    if !visit.is_signed_in() {
        return Ok(visit.go("/account/login"));
    }
    let query = form_urlencoded::parse(visit.uri.query().unwrap_or_default().as_bytes()).into_owned();
    let after = query
        .into_iter()
        .find(|(name, _)| name == "after")
        .map(|(_, after)| after);
    let data = visit.ask(AccountPage, Variables { after }).await?;
    let viewer = data.viewer.ok_or(Problem::SignedOut)?;
    let shown = context! { viewer => value(&viewer), is_indexed => false };
    visit.show("storefront/account/page.html", shown).await
}

/// `POST /account/addresses/remove`.
pub async fn remove_address(posted: Posted) -> Answer {
    let id = posted.some("id").ok_or(Problem::BadForm)?;
    let input = delete::CustomerAddressDeleteInput {
        expected_version: None,
        id,
    };
    let visit = posted.visit;
    let data = visit.ask(AccountAddressDelete, delete::Variables { input }).await?;
    // One that is gone already is gone.
    let _ = refusals(&data.customer_address_delete.ok_or(Problem::Broken)?.user_errors);
    Ok(visit.go("/account"))
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
