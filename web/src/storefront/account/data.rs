//! `/account/data`: what a customer is called, where they are written to, what they agree to, and where they are signed in.

use axum::http::StatusCode;
use minijinja::context;

use crate::{
    answer::Answer,
    documents::{
        AccountConsent, AccountData, AccountEmail, AccountName, AccountSessionEnd, account_consent as consent_document,
        account_data as document, account_email as email_document, account_name as name_document,
        account_session_end as session_document,
    },
    problem::Problem,
    storefront::{
        refusals::{Errors, Refusal, errors, refusals},
        shown::value,
    },
    visit::{Form, Posted, Visit},
};

const PAGE: &str = "/account/data";

pub async fn show(visit: Visit) -> Answer {
    if !visit.is_signed_in() {
        return Err(Problem::SignedOut);
    }
    let query = Form::from(visit.uri.query().unwrap_or_default());
    // Whoever makes a link cannot have us say what is not so.
    let done = visit.say(&format!("account.data-done.{}", query.text("done")));
    page(visit, &done, &Errors::new(), &Errors::new()).await
}

/// `POST /account/data/name`.
pub async fn save_name(posted: Posted) -> Answer {
    let name = posted.text("name").to_owned();
    let input = name_document::CustomerUpdateInput {
        expected_version: posted.text("expectedVersion").parse().ok(),
        language: None,
        name: Some(name.clone()),
    };
    let visit = posted.visit;
    let data = visit.ask(AccountName, name_document::Variables { input }).await?;
    let refused = refusals(&data.customer_update.ok_or(Problem::Broken)?.user_errors);
    finish(visit, "name", &refused, Errors::from([("name".to_owned(), name)])).await
}

/// `POST /account/data/email`: a mail goes to the new address, whose link makes it the account's.
pub async fn save_email(posted: Posted) -> Answer {
    let email = posted.text("email").to_owned();
    let input = email_document::CustomerEmailChangeRequestInput {
        email: email.clone(),
        password: posted.field("password").unwrap_or_default().to_owned(),
    };
    let visit = posted.visit;
    let data = visit.ask(AccountEmail, email_document::Variables { input }).await?;
    let refused = refusals(&data.customer_email_change_request.ok_or(Problem::Broken)?.user_errors);
    finish(visit, "email", &refused, Errors::from([("email".to_owned(), email)])).await
}

/// `POST /account/data/marketing`: the words that they agreed to are kept with what they said.
pub async fn save_consent(posted: Posted) -> Answer {
    let granted = posted.some("granted").is_some();
    let visit = posted.visit;
    let input = consent_document::CustomerMarketingConsentSetInput {
        channel: consent_document::MarketingChannel::Email,
        granted,
        wording: visit.say("account.marketing_label"),
    };
    let data = visit.ask(AccountConsent, consent_document::Variables { input }).await?;
    let answered = data.customer_marketing_consent_set.ok_or(Problem::Broken)?;
    let done = if granted { "agreed" } else { "withdrawn" };
    finish(visit, done, &refusals(&answered.user_errors), Errors::new()).await
}

/// `POST /account/data/session`: signs out on another device.
pub async fn end_session(posted: Posted) -> Answer {
    let id = posted.some("id").ok_or(Problem::BadForm)?;
    let visit = posted.visit;
    let input = session_document::SessionEndInput { id };
    let data = visit
        .ask(AccountSessionEnd, session_document::Variables { input })
        .await?;
    let refused = refusals(&data.session_end.ok_or(Problem::Broken)?.user_errors);
    // One that has ended meanwhile has ended.
    let refused: Vec<_> = refused
        .into_iter()
        .filter(|refusal| refusal.code != "NOT_FOUND")
        .collect();
    finish(visit, "session", &refused, Errors::new()).await
}

async fn finish(visit: Visit, done: &str, refused: &[Refusal], typed: Errors) -> Answer {
    if refused.is_empty() {
        return Ok(visit.go(&format!("{PAGE}?done={done}")));
    }
    let errors = errors(&visit, refused);
    page(visit, "", &errors, &typed).await
}

/// `typed`: what a refused form had, of which nothing is kept yet.
async fn page(visit: Visit, done: &str, errors: &Errors, typed: &Errors) -> Answer {
    let data = visit.ask(AccountData, document::Variables {}).await?;
    let viewer = data.viewer.ok_or(Problem::SignedOut)?;
    let mut values = Errors::from([
        ("name".to_owned(), viewer.name.clone()),
        ("email".to_owned(), String::new()),
    ]);
    values.extend(typed.clone());
    let shown = context! {
        viewer => value(&viewer),
        values => value(&values),
        errors => value(errors),
        done,
        is_indexed => false,
    };
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    visit.show_as(status, "storefront/account/data.html", shown).await
}
