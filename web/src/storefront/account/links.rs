//! Where the links of mails about an account lead. The token stands in the link's fragment, which browsers send to nobody: a
//! script takes it into the form, and whoever has none copies it there.

use axum::extract::Path;
use minijinja::context;

use super::{Outcome, form, session::typed};
use crate::{
    answer::Answer,
    documents::{
        AccountConfirm, AccountEmailChange, AccountErase, AccountForgotten, AccountReset, account_confirm as confirm,
        account_email_change as email_change, account_erase as erase, account_forgotten as forgotten,
        account_reset as reset,
    },
    problem::Problem,
    storefront::refusals::{Refusal, errors, refusals},
    visit::{Posted, Visit},
};

/// A page: its name, and what its form wants besides the token, or in its place.
struct Link {
    name: &'static str,
    wants_email: bool,
    wants_password: bool,
}

const LINKS: [Link; 5] = [
    Link::new("confirm", false, true),
    Link::new("password-reset", false, true),
    Link::new("password-forgotten", true, false),
    Link::new("email-change", false, false),
    Link::new("erase", false, false),
];

impl Link {
    const fn new(name: &'static str, wants_email: bool, wants_password: bool) -> Self {
        Self {
            name,
            wants_email,
            wants_password,
        }
    }
}

fn find(name: &str) -> Result<&'static Link, Problem> {
    LINKS.iter().find(|link| link.name == name).ok_or(Problem::NotFound)
}

pub async fn show(visit: Visit, Path(name): Path<String>) -> Answer {
    page(visit, find(&name)?, &Outcome::Asked).await
}

pub async fn save(Path(name): Path<String>, posted: Posted) -> Answer {
    let link = find(&name)?;
    let (email, token) = (posted.text("email").to_owned(), posted.text("token").to_owned());
    let password = posted.field("password").unwrap_or_default().to_owned();
    let mut visit = posted.visit;
    let refused = send(&mut visit, link, &email, &token, password).await?;
    let outcome = match refused.is_empty() {
        true => Outcome::Done,
        false => Outcome::Refused(errors(&visit, &refused), typed(&[("email", &email), ("token", &token)])),
    };
    page(visit, link, &outcome).await
}

async fn page(visit: Visit, link: &Link, outcome: &Outcome) -> Answer {
    let more = context! { wants_email => link.wants_email, wants_password => link.wants_password };
    form(visit, "link", link.name, outcome, more).await
}

async fn send(
    visit: &mut Visit,
    link: &Link,
    email: &str,
    token: &str,
    password: String,
) -> Result<Vec<Refusal>, Problem> {
    let token = token.to_owned();
    match link.name {
        "confirm" => {
            let input = confirm::CustomerEmailConfirmInput { password, token };
            let data = visit.ask(AccountConfirm, confirm::Variables { input }).await?;
            let answered = data.customer_email_confirm.ok_or(Problem::Broken)?;
            if let Some(session) = answered.session {
                visit.sign_in(&session.access_token, &session.refresh_token);
            }
            Ok(refusals(&answered.user_errors))
        }
        "password-reset" => {
            let input = reset::CustomerPasswordResetInput { password, token };
            let data = visit.ask(AccountReset, reset::Variables { input }).await?;
            let answered = data.customer_password_reset.ok_or(Problem::Broken)?;
            if let Some(session) = answered.session {
                visit.sign_in(&session.access_token, &session.refresh_token);
            }
            Ok(refusals(&answered.user_errors))
        }
        "password-forgotten" => {
            let email = email.to_owned();
            let input = forgotten::CustomerPasswordResetRequestInput { email };
            let data = visit.ask(AccountForgotten, forgotten::Variables { input }).await?;
            Ok(refusals(
                &data.customer_password_reset_request.ok_or(Problem::Broken)?.user_errors,
            ))
        }
        "email-change" => {
            let input = email_change::CustomerEmailChangeConfirmInput { token };
            let data = visit.ask(AccountEmailChange, email_change::Variables { input }).await?;
            Ok(refusals(
                &data.customer_email_change_confirm.ok_or(Problem::Broken)?.user_errors,
            ))
        }
        _ => {
            let input = erase::CustomerEraseConfirmInput { token };
            let data = visit.ask(AccountErase, erase::Variables { input }).await?;
            Ok(refusals(
                &data.customer_erase_confirm.ok_or(Problem::Broken)?.user_errors,
            ))
        }
    }
}
