//! Signing up, in and out, and how a session goes on.

use minijinja::{Value, context};

use super::{DOOR, Outcome, form};
use crate::{
    answer::Answer,
    documents::{
        AccountCartClaim, AccountLogin, AccountSignOut, AccountSignUp, account_cart_claim as claim,
        account_login as login, account_sign_out as out, account_sign_up as up,
    },
    problem::Problem,
    storefront::{
        capabilities, cart,
        refusals::{Errors, errors, refusals},
        shown::value,
    },
    visit::{Form, Posted, Visit, local},
};

/// `GET /account/login`. `back`: where somebody goes on who is signed in.
pub async fn show_login(visit: Visit) -> Answer {
    let asked = Form::from(visit.uri.query().unwrap_or_default());
    let back = asked.text("back");
    let more = door(&visit, back).await?;
    form(visit, "login", "login", &Outcome::Asked, more).await
}

/// The form again, with what was wrong.
pub(super) async fn refused(visit: Visit, errors: Errors, email: &str, back: &str) -> Answer {
    let more = door(&visit, back).await?;
    let outcome = Outcome::Refused(errors, typed(&[("email", email)]));
    form(visit, "login", "login", &outcome, more).await
}

/// What else leads in, and on.
async fn door(visit: &Visit, back: &str) -> Result<Value, Problem> {
    let providers = DOOR.buttons(visit, after(back)).await?;
    let can = capabilities::of(visit).await?;
    Ok(context! { providers => value(&providers), back => after(back), can => can.shown() })
}

/// Where a customer goes on: never to a door again.
pub(super) fn after(back: &str) -> &str {
    let doors = ["/account/login", "/account/sign-", "/account/signed-in"];
    let path = local(back);
    match back.is_empty() || doors.iter().any(|door| path.starts_with(door)) {
        true => "/account",
        false => path,
    }
}

/// `POST /account/login`. What is in the guest's cart becomes the customer's.
pub async fn log_in(posted: Posted) -> Answer {
    let (email, password) = (
        posted.text("email").to_owned(),
        posted.field("password").unwrap_or_default().to_owned(),
    );
    let back = posted.text("back").to_owned();
    let mut visit = posted.visit;
    let input = login::CustomerLoginInput {
        email: email.clone(),
        password,
    };
    let data = visit.ask(AccountLogin, login::Variables { input }).await?;
    let answered = data.customer_login.ok_or(Problem::Broken)?;
    let Some(session) = answered.session else {
        let errors = errors(&visit, &refusals(&answered.user_errors));
        return refused(visit, errors, &email, &back).await;
    };
    visit.sign_in(&session.access_token, &session.refresh_token);
    let told_at = claim_cart(&visit).await;
    Ok(visit.go(told_at.unwrap_or_else(|| after(&back))))
}

/// What is in the guest's cart becomes the customer's. Gives where that is told, where prices have changed by it. Where it cannot
/// be, it stays the guest's: nothing is lost by it.
pub(super) async fn claim_cart(visit: &Visit) -> Option<&'static str> {
    let cart_id = cart::id(visit)?;
    let input = claim::CartClaimInput {
        cart_id,
        expected_version: None,
    };
    match visit.ask(AccountCartClaim, claim::Variables { input }).await {
        Ok(data) => {
            let is_repriced = data.cart_claim.is_some_and(|claimed| !claimed.repriced.is_empty());
            is_repriced.then_some("/cart?moved")
        }
        Err(problem) => {
            tracing::warn!(?problem, "a cart was not claimed at sign-in");
            None
        }
    }
}

pub async fn show_sign_up(visit: Visit) -> Answer {
    let can = capabilities::of(&visit).await?;
    let more = context! { can => can.shown() };
    form(visit, "sign-up", "sign-up", &Outcome::Asked, more).await
}

/// `POST /account/sign-up`. The same is said whether or not the address has an account.
pub async fn sign_up(posted: Posted) -> Answer {
    let (name, email) = (posted.text("name").to_owned(), posted.text("email").to_owned());
    let input = up::CustomerSignUpInput {
        email: email.clone(),
        name: name.clone(),
        password: posted.field("password").unwrap_or_default().to_owned(),
    };
    let visit = posted.visit;
    let data = visit.ask(AccountSignUp, up::Variables { input }).await?;
    let refused = refusals(&data.customer_sign_up.ok_or(Problem::Broken)?.user_errors);
    let outcome = match refused.is_empty() {
        true => Outcome::Done,
        false => Outcome::Refused(errors(&visit, &refused), typed(&[("name", &name), ("email", &email)])),
    };
    let can = capabilities::of(&visit).await?;
    form(visit, "sign-up", "sign-up", &outcome, context! { can => can.shown() }).await
}

/// `POST /account/sign-out`.
pub async fn sign_out(posted: Posted) -> Answer {
    let mut visit = posted.visit;
    if let Some(refresh_token) = visit.refresh_token() {
        let input = out::SignOutInput { refresh_token };
        // Signed out here it is anyway; a session that could not be ended is told in the log.
        if let Err(problem) = visit.ask(AccountSignOut, out::Variables { input }).await {
            tracing::warn!(?problem, "a session was not ended at sign-out");
        }
    }
    visit.sign_out();
    cart::forget(&mut visit);
    Ok(visit.go("/"))
}

pub(super) fn typed(values: &[(&str, &str)]) -> Errors {
    values
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}
