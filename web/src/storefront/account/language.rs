//! In which language whoever has an account reads.

use crate::{
    answer::Answer,
    documents::{AccountLanguage, account_language as document},
    problem::Problem,
    storefront::refusals::refusals,
    visit::{LANGUAGE, Posted, YEAR},
};

/// `POST /account/language`. The pages are in it from now on, where there are any.
pub async fn save(posted: Posted) -> Answer {
    let language = posted.text("language").to_owned();
    let mut visit = posted.visit;
    let input = document::CustomerUpdateInput {
        expected_version: None,
        language: Some(language.clone()),
        name: None,
    };
    let data = visit.ask(AccountLanguage, document::Variables { input }).await?;
    let answered = data.customer_update.ok_or(Problem::SignedOut)?;
    if !refusals(&answered.user_errors).is_empty() {
        return Err(Problem::BadForm);
    }
    if visit.theme_speaks(&language) {
        visit.set_cookie(LANGUAGE, &language, YEAR);
    }
    Ok(visit.go("/account?done=language"))
}
