//! How a session goes on whose access token has run out.

use axum::response::Response;

use crate::{
    answer::again,
    documents::{SessionRefresh, session_refresh as refresh},
    visit::Visit,
};

/// The browser sends its request again with a new token, forms and all; or without any, where there is none to be had.
pub async fn renew(mut visit: Visit) -> Option<Response> {
    let refresh_token = visit.refresh_token()?;
    let here = visit.here().to_owned();
    visit.forget_access_token();
    let input = refresh::TokenRefreshInput { refresh_token };
    let data = visit.ask(SessionRefresh, refresh::Variables { input }).await.ok()?;
    match data.token_refresh.and_then(|answered| answered.session) {
        Some(session) => visit.sign_in(&session.access_token, &session.refresh_token),
        None => visit.sign_out(),
    }
    Some(visit.leave(again(&here)))
}
