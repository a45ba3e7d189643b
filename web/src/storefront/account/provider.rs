//! `/account/sign-in/{provider}` and `/account/signed-in`: a customer's way to a provider and back.

use axum::extract::Path;

use super::{
    DOOR,
    session::{after, claim_cart, refused},
};
use crate::{
    answer::Answer,
    provider,
    visit::{Form, Visit},
};

pub async fn begin(visit: Visit, Path(name): Path<String>) -> Answer {
    DOOR.begin(visit, &name).await
}

/// Where the provider has sent the browser back to. What is in the guest's cart becomes the customer's.
pub async fn end(mut visit: Visit) -> Answer {
    let asked = Form::from(visit.uri.query().unwrap_or_default());
    let back = asked.text("back");
    let refusals = match provider::failed(&asked) {
        Some(refusal) => vec![refusal],
        None => provider::redeem(&mut visit, asked.text("code"), None).await?,
    };
    if !refusals.is_empty() {
        let errors = provider::told(&visit, &refusals);
        return refused(visit, errors, "", back).await;
    }
    let told_at = claim_cart(&visit).await;
    Ok(visit.go(told_at.unwrap_or_else(|| after(back))))
}
