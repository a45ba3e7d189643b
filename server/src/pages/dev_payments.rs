//! `/dev/payments/simulated/{reference}`: the page of the simulated provider on which a shopper
//! passes the second factor, or does not. Whoever came from an order's page is led back there.

use std::sync::Arc;

use axum::{
    Form, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use serde::Deserialize;
use vitrine_adapters::payment::simulated::SimulatedProvider;
use vitrine_commerce::ports::payment::{ChargeState, ProviderCharge, ProviderError};
use vitrine_edge::error::log_fault;

use super::html::{escape, page};

pub fn routes(provider: Arc<SimulatedProvider>) -> Router {
    Router::new()
        .route("/dev/payments/simulated/{reference}", get(show).post(decide))
        .with_state(provider)
}

async fn show(
    State(provider): State<Arc<SimulatedProvider>>,
    Path(reference): Path<String>,
    headers: HeaderMap,
) -> Response {
    shown(&provider, &reference, &came_from(&headers)).await
}

/// The page of the order that leads here; empty where none did.
fn came_from(headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|referer| referer.to_str().ok());
    let path = referer.and_then(|referer| referer.parse::<Uri>().ok());
    path.map(|uri| uri.path().to_owned())
        .filter(|path| is_order(path))
        .unwrap_or_default()
}

fn is_order(path: &str) -> bool {
    path.strip_prefix("/orders/")
        .is_some_and(|id| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
}

/// `back`: the order's page.
async fn shown(provider: &SimulatedProvider, reference: &str, back: &str) -> Response {
    match provider.find_by_reference(reference).await {
        Ok(Some(charge)) => page("Confirm your payment", &body(&charge, back)),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => failed(error),
    }
}

fn body(charge: &ProviderCharge, back: &str) -> String {
    let amount = escape(&charge.amount.to_string());
    let outcome = match &charge.state {
        ChargeState::ActionRequired { .. } => {
            return format!(
                "<p>Your bank asks whether you want to pay <strong>{amount}</strong>.</p>\
                 <p class=\"muted\">This is the simulated payment provider: no money moves.</p>\
                 <form method=\"post\"><input type=\"hidden\" name=\"back\" value=\"{}\"><button name=\"decision\" value=\"approve\">Approve</button>\
                 <button class=\"quiet\" name=\"decision\" value=\"decline\">Decline</button></form>",
                escape(back)
            );
        }
        ChargeState::Captured | ChargeState::Authorized | ChargeState::Approved => "is approved",
        ChargeState::Declined { .. } => "was declined",
        ChargeState::Pending => "is being processed",
        ChargeState::Voided => "was given up",
    };
    format!(
        "<p>The payment of <strong>{amount}</strong> {outcome}. You can close this page: the shop knows in a moment.</p>"
    )
}

#[derive(Deserialize)]
struct Answer {
    decision: Decision,
    #[serde(default)]
    back: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Decision {
    Approve,
    Decline,
}

async fn decide(
    State(provider): State<Arc<SimulatedProvider>>,
    Path(reference): Path<String>,
    Form(answer): Form<Answer>,
) -> Response {
    let approve = matches!(answer.decision, Decision::Approve);
    match provider.complete_second_factor(&reference, approve).await {
        Ok(_) if is_order(&answer.back) => Redirect::to(&answer.back).into_response(),
        Ok(_) => Redirect::to(&format!("/dev/payments/simulated/{reference}")).into_response(),
        // Decided already, by another tab: the page says how.
        Err(ProviderError::Rejected(_)) => shown(&provider, &reference, "").await,
        Err(error) => failed(error),
    }
}

fn failed(error: ProviderError) -> Response {
    log_fault(&error);
    (StatusCode::INTERNAL_SERVER_ERROR, "The simulated provider failed.").into_response()
}
