//! `/admin/sign-in/{provider}` and `/admin/signed-in`: the way of a member of staff to a provider and back. Its second factor
//! is not taken for ours.

use axum::{extract::Path, http::StatusCode};
use minijinja::context;

use super::{form, inside};
use crate::{
    answer::Answer,
    documents::{AdminDoor, admin_door},
    provider::{self, Audience, Door},
    refusals::{Errors, Refusal},
    shown::value,
    visit::{Form, Posted, Visit},
};

pub const DOOR: Door = Door {
    audience: Audience::Staff,
    begin: "/admin/sign-in",
    end: "/admin/signed-in",
};

pub async fn begin(visit: Visit, Path(name): Path<String>) -> Answer {
    DOOR.begin(visit, &name).await
}

/// Where the provider has sent the browser back to.
pub async fn end(mut visit: Visit) -> Answer {
    let asked = Form::from(visit.uri.query().unwrap_or_default());
    let (back, code) = (asked.text("back"), asked.text("code"));
    let refusals = match provider::failed(&asked) {
        Some(refusal) => vec![refusal],
        None => provider::redeem(&mut visit, code, None).await?,
    };
    answer(visit, &refusals, back, code).await
}

/// `POST /admin/signed-in`: the second factor.
pub async fn prove(posted: Posted) -> Answer {
    let (back, code) = (posted.text("back").to_owned(), posted.text("code").to_owned());
    let factor = posted.some("secondFactor");
    let mut visit = posted.visit;
    let refusals = provider::redeem(&mut visit, &code, factor).await?;
    answer(visit, &refusals, &back, &code).await
}

async fn answer(visit: Visit, refusals: &[Refusal], back: &str, code: &str) -> Answer {
    let wants_factor =
        |refusal: &Refusal| ["SECOND_FACTOR_REQUIRED", "WRONG_SECOND_FACTOR"].contains(&refusal.code.as_str());
    let errors = provider::told(&visit, refusals);
    match refusals.first() {
        // The browser still counts this as sent by the provider, and such a request does not get the cookie of staff: a page
        // leads on.
        None => page(visit, StatusCode::OK, "done", Errors::new(), back, code).await,
        Some(refusal) if wants_factor(refusal) => {
            page(visit, StatusCode::UNPROCESSABLE_ENTITY, "factor", errors, back, code).await
        }
        Some(_) => form(visit, back, "", errors).await,
    }
}

async fn page(visit: Visit, status: StatusCode, name: &str, errors: Errors, back: &str, code: &str) -> Answer {
    let frame = visit.ask(AdminDoor, admin_door::Variables {}).await?;
    let shown = context! {
        back => inside(back),
        code,
        errors => value(&errors),
        values => value(&Errors::new()),
        is_indexed => false,
    };
    visit.show_in(&frame, status, &format!("admin/sign_in/{name}.html"), shown)
}
