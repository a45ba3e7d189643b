//! `/account/cards/…`: a customer's saved cards, taken away, and the one that is proposed first. They are saved where they
//! pay.

use crate::{
    answer::Answer,
    documents::{
        AccountCardDefault, AccountCardRemove, account_card_default as default_document,
        account_card_remove as remove_document,
    },
    problem::Problem,
    storefront::refusals::refusals,
    visit::Posted,
};

/// `POST /account/cards/remove`.
pub async fn remove(posted: Posted) -> Answer {
    let id = posted.some("id").ok_or(Problem::BadForm)?;
    let input = remove_document::SavedPaymentMethodRemoveInput { id };
    let visit = posted.visit;
    let data = visit
        .ask(AccountCardRemove, remove_document::Variables { input })
        .await?;
    // One that is gone already is gone.
    let refused = refusals(&data.saved_payment_method_remove.ok_or(Problem::Broken)?.user_errors);
    Ok(visit.go(match refused.is_empty() {
        true => "/account?done=card_removed",
        false => "/account",
    }))
}

/// `POST /account/cards/default`.
pub async fn make_default(posted: Posted) -> Answer {
    let id = posted.some("id").ok_or(Problem::BadForm)?;
    let input = default_document::SavedPaymentMethodMakeDefaultInput { id };
    let visit = posted.visit;
    let data = visit
        .ask(AccountCardDefault, default_document::Variables { input })
        .await?;
    let answered = data.saved_payment_method_make_default.ok_or(Problem::Broken)?;
    Ok(visit.go(match refusals(&answered.user_errors).is_empty() {
        true => "/account?done=card_default",
        false => "/account",
    }))
}
