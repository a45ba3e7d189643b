//! Waiting for a payment's outcome before a mutation answers.

use std::time::Duration;

use async_graphql::Context;
use vitrine_commerce::{
    ErrorCode, Refusal,
    payments::{self, WAIT_MAX},
};
use vitrine_entity::order;

use crate::{graphql::request::Request, http::Drain};

/// Before anything is done: what is asked for is refused as a whole.
///
/// # Errors
/// `INVALID` for a wait that is negative or too long.
pub(super) fn check_wait(seconds: Option<i32>) -> Result<(), Refusal> {
    let is_allowed = |seconds: i32| u64::try_from(seconds).is_ok_and(|seconds| seconds <= WAIT_MAX.as_secs());
    if seconds.is_none_or(is_allowed) {
        return Ok(());
    }
    let message = format!("`waitSeconds` must be between 0 and {}.", WAIT_MAX.as_secs());
    Err(Refusal::new(ErrorCode::Invalid, message).at(&["waitSeconds"]))
}

/// The order once its payment has an outcome, the time is over, or the server stops. What was done
/// before the wait is done: if the wait fails, the order is given as it was then.
pub(super) async fn awaited(
    ctx: &Context<'_>,
    order: order::Model,
    access_token: Option<&str>,
    seconds: Option<i32>,
) -> order::Model {
    let seconds = seconds
        .and_then(|seconds| u64::try_from(seconds).ok())
        .unwrap_or_default();
    if seconds == 0 {
        return order;
    }
    let until = |within| payments::outcome(ctx.shop(), ctx.caller(), order.id, access_token, within);
    let outcome = tokio::select! {
        outcome = until(Duration::from_secs(seconds)) => outcome,
        () = stopping(ctx) => until(Duration::ZERO).await,
    };
    match outcome {
        Ok(outcome) => outcome.order,
        Err(error) => {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "a payment could not be waited for"
            );
            order
        }
    }
}

async fn stopping(ctx: &Context<'_>) {
    match ctx.data_opt::<Drain>() {
        Some(drain) => drain.begun().await,
        None => std::future::pending().await,
    }
}
