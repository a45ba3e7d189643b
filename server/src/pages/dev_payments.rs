//! `/dev/payments/simulated/{reference}`: the page of the simulated provider on which a shopper
//! passes the second factor, or does not.

use std::sync::Arc;

use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use serde::Deserialize;
use vitrine_adapters::payment::simulated::SimulatedProvider;
use vitrine_commerce::ports::payment::{ChargeState, ProviderCharge, ProviderError};

use super::html::{escape, page};
use crate::edge::error::log_fault;

pub fn routes(provider: Arc<SimulatedProvider>) -> Router {
    Router::new()
        .route("/dev/payments/simulated/{reference}", get(show).post(decide))
        .with_state(provider)
}

async fn show(State(provider): State<Arc<SimulatedProvider>>, Path(reference): Path<String>) -> Response {
    match provider.find_by_reference(&reference).await {
        Ok(Some(charge)) => page("Confirm your payment", &body(&charge)),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => failed(error),
    }
}

fn body(charge: &ProviderCharge) -> String {
    let amount = escape(&charge.amount.to_string());
    let outcome = match &charge.state {
        ChargeState::ActionRequired { .. } => {
            return format!(
                "<p>Your bank asks whether you want to pay <strong>{amount}</strong>.</p>\
                 <p class=\"muted\">This is the simulated payment provider: no money moves.</p>\
                 <form method=\"post\"><button name=\"decision\" value=\"approve\">Approve</button>\
                 <button class=\"quiet\" name=\"decision\" value=\"decline\">Decline</button></form>"
            );
        }
        ChargeState::Captured | ChargeState::Authorized => "is approved",
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
        Ok(_) => Redirect::to(&format!("/dev/payments/simulated/{reference}")).into_response(),
        // Decided already, by another tab: the page says how.
        Err(ProviderError::Rejected(_)) => show(State(provider), Path(reference)).await,
        Err(error) => failed(error),
    }
}

fn failed(error: ProviderError) -> Response {
    log_fault(&error);
    (StatusCode::INTERNAL_SERVER_ERROR, "The simulated provider failed.").into_response()
}
