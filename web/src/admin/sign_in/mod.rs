//! `/admin/sign-in`: with a password, and a second factor where there is one; or at a provider of OpenID Connect.

mod provider;

use std::collections::BTreeMap;

use axum::http::StatusCode;
use minijinja::context;

use crate::{
    answer::Answer,
    documents::{AdminDoor, AdminSignIn, AdminSignOut, admin_door, admin_sign_in as document, admin_sign_out as out},
    problem::Problem,
    refusals::{Errors, errors, refusals},
    shown::value,
    visit::{Form, Posted, Visit, local},
};

pub use provider::{begin as begin_at_provider, end as end_at_provider, prove as prove_after_provider};

pub async fn show(visit: Visit) -> Answer {
    let back = Form::from(visit.uri.query().unwrap_or_default())
        .text("back")
        .to_owned();
    form(visit, &back, "", Errors::new()).await
}

/// `POST /admin/sign-in`. Nobody's password is shown again.
pub async fn sign_in(posted: Posted) -> Answer {
    let (email, back) = (posted.text("email").to_owned(), posted.text("back").to_owned());
    let input = document::StaffLoginInput {
        code: posted.some("code"),
        email: email.clone(),
        password: posted.field("password").unwrap_or_default().to_owned(),
    };
    let mut visit = posted.visit;
    visit.forget_access_token();
    let data = visit.ask(AdminSignIn, document::Variables { input }).await?;
    let answered = data.staff_login.ok_or(Problem::Broken)?;
    let Some(session) = answered.session else {
        let errors = errors(&visit, &refusals(&answered.user_errors));
        return form(visit, &back, &email, errors).await;
    };
    visit.sign_in(&session.access_token, &session.refresh_token);
    Ok(visit.go(inside(&back)))
}

/// `POST /admin/sign-out`.
pub async fn sign_out(posted: Posted) -> Answer {
    let mut visit = posted.visit;
    // The other token may have run out; this one suffices.
    visit.forget_access_token();
    if let Some(refresh_token) = visit.refresh_token() {
        let input = out::SignOutInput { refresh_token };
        // Signed out here it is anyway; a session that could not be ended is told in the log.
        if let Err(problem) = visit.ask(AdminSignOut, out::Variables { input }).await {
            tracing::warn!(?problem, "a session of staff was not ended at sign-out");
        }
    }
    visit.sign_out();
    Ok(visit.go("/admin/sign-in"))
}

async fn form(mut visit: Visit, back: &str, email: &str, errors: Errors) -> Answer {
    visit.forget_access_token();
    let frame = visit.ask(AdminDoor, admin_door::Variables {}).await?;
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let providers = provider::DOOR.buttons(&visit, inside(back)).await?;
    let shown = context! {
        providers => value(&providers),
        back => inside(back),
        errors => value(&errors),
        values => value(&BTreeMap::from([("email", email)])),
        is_indexed => false,
    };
    visit.show_in(&frame, status, "admin/sign_in/page.html", shown)
}

/// A page of the dashboard, and none elsewhere.
fn inside(back: &str) -> &str {
    let path = local(back);
    let is_inside = path.starts_with("/admin") && !path.starts_with("/admin/sign");
    if is_inside { path } else { "/admin" }
}
