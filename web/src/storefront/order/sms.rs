//! `POST /orders/{id}/sms`: the shopper wants text messages about the order, or none any more. The checkout asks for them, too.

use axum::extract::Path;

use super::show_refused;
use crate::{
    answer::Answer,
    documents::{OrderSmsConsent, order_sms_consent as document},
    problem::Problem,
    storefront::refusals::{Refusal, errors, refusals},
    visit::{Posted, Visit},
};

/// Stands behind an order's address where the number that was given at the checkout was none.
pub(in crate::storefront) const REFUSED: &str = "?mobile=refused";

pub async fn consent(Path(id): Path<String>, posted: Posted) -> Answer {
    let phone = posted.some("granted").map(|_| posted.text("mobile").to_owned());
    let Posted { visit, form } = posted;
    let token = visit.order_token(&id);
    let refused = say(&visit, &id, token, phone).await?;
    if refused.is_empty() {
        return Ok(visit.go(&format!("/orders/{id}")));
    }
    let errors = errors(&visit, &refused);
    show_refused(visit, id, errors, &form).await
}

/// Agrees for an order that was just placed. Whether that was taken: what goes wrong with it is no reason to show anything else
/// than the order.
pub(in crate::storefront) async fn agree(visit: &Visit, id: &str, token: Option<String>, phone: String) -> bool {
    say(visit, id, token, Some(phone))
        .await
        .is_ok_and(|refused| refused.is_empty())
}

/// Without a number they withdraw. The words that they agreed to are kept with what they said.
async fn say(
    visit: &Visit,
    id: &str,
    access_token: Option<String>,
    phone: Option<String>,
) -> Result<Vec<Refusal>, Problem> {
    let input = document::OrderSmsConsentSetInput {
        access_token,
        granted: phone.is_some(),
        order_id: id.to_owned(),
        phone,
        wording: visit.say("sms.label"),
    };
    let data = visit.ask(OrderSmsConsent, document::Variables { input }).await?;
    let refused = refusals(&data.order_sms_consent_set.ok_or(Problem::Broken)?.user_errors);
    let at_number = |refusal: Refusal| refusal.called(&["phone"], "mobile");
    Ok(refused.into_iter().map(at_number).collect())
}
