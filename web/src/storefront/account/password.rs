//! `/account/password`: another password.

use minijinja::context;

use super::{Outcome, form};
use crate::{
    answer::Answer,
    documents::{AccountPassword, account_password as document},
    problem::Problem,
    storefront::refusals::{Errors, errors, refusals},
    visit::{Posted, Visit},
};

pub async fn show(visit: Visit) -> Answer {
    match visit.is_signed_in() {
        true => form(visit, "password", "password-change", &Outcome::Asked, context! {}).await,
        false => Err(Problem::SignedOut),
    }
}

pub async fn save(posted: Posted) -> Answer {
    let secret = |name: &str| posted.field(name).unwrap_or_default().to_owned();
    let input = document::CustomerPasswordChangeInput {
        current_password: secret("currentPassword"),
        new_password: secret("newPassword"),
    };
    let visit = posted.visit;
    let data = visit.ask(AccountPassword, document::Variables { input }).await?;
    let refused = refusals(&data.customer_password_change.ok_or(Problem::Broken)?.user_errors);
    let outcome = match refused.is_empty() {
        true => Outcome::Done,
        false => Outcome::Refused(errors(&visit, &refused), Errors::new()),
    };
    form(visit, "password", "password-change", &outcome, context! {}).await
}
