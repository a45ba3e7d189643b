//! What became of sending an endpoint some events, and what follows for it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, Value};
use vitrine_entity::{
    ids::WebhookEndpointId,
    webhook_attempt, webhook_delivery,
    webhook_endpoint::{self, DisabledBecause},
};

use super::retry::{endpoint_pause, pause_after};
use crate::{
    Result, Tx,
    metrics::{Counted, WebhookOutcome},
    notifications,
    ports::webhook_sender::WebhookAnswer,
    sql,
    staff::removal,
};

/// By this an endpoint says that it is gone for good.
const GONE: u16 = 410;

/// One try.
pub(super) struct Attempt {
    /// As it was claimed.
    pub(super) delivery: webhook_delivery::Model,
    pub(super) at: DateTime<Utc>,
    pub(super) took: Duration,
    pub(super) answer: Option<WebhookAnswer>,
    /// Why it did not arrive; `None` where it did.
    pub(super) error: Option<String>,
}

/// Writes down what became of each, and what it says of the endpoint. What another worker has claimed meanwhile is its own.
pub(super) async fn record(tx: &Tx, id: WebhookEndpointId, attempts: &[Attempt]) -> Result<()> {
    let endpoint = tx.lock::<webhook_endpoint::Entity>(id).await?;
    let (mut has_arrived, mut has_failed) = (false, false);
    for attempt in attempts {
        if settle(tx, attempt).await? {
            has_arrived |= attempt.error.is_none();
            has_failed |= attempt.error.is_some();
        }
    }
    let Some(mut endpoint) = endpoint else { return Ok(()) };
    let now = tx.shop().now();
    if has_arrived {
        let sql = "update webhook_endpoint set failures = 0, failing_since = null, paused_until = null, delivered_at = $2 \
                   where id = $1";
        sql::execute(tx.db(), sql, [id.into(), now.into()]).await?;
    } else if has_failed {
        let failures = endpoint.failures.saturating_add(1);
        let since = endpoint.failing_since.unwrap_or(now);
        let paused_until = now + endpoint_pause(failures);
        let sql = "update webhook_endpoint set failures = $2, failing_since = $3, paused_until = $4 where id = $1";
        let values = [id.into(), failures.into(), since.into(), paused_until.into()];
        sql::execute(tx.db(), sql, values).await?;
        endpoint.failures = failures;
        endpoint.failing_since = Some(since);
        endpoint.paused_until = Some(paused_until);
        let is_gone = attempts.iter().any(|attempt| status(attempt) == Some(GONE));
        let is_given_up = since + tx.shop().settings.webhooks.disabled_after <= now;
        match (is_gone, is_given_up) {
            (true, _) => disable(tx, endpoint, DisabledBecause::Gone).await?,
            (false, true) => disable(tx, endpoint, DisabledBecause::Failing).await?,
            (false, false) => {}
        }
    }
    Ok(())
}

fn status(attempt: &Attempt) -> Option<u16> {
    attempt.answer.as_ref().map(|answer| answer.status)
}

/// Gives `false` where it is another worker's by now.
async fn settle(tx: &Tx, attempt: &Attempt) -> Result<bool> {
    let (delivery, now) = (&attempt.delivery, tx.shop().now());
    let number = delivery.attempts + 1;
    let mut jitter = [0u8; 1];
    tx.shop().ids.fill(&mut jitter);
    let (state, outcome, next) = match (&attempt.error, pause_after(number, jitter[0])) {
        (None, _) => ("DELIVERED", WebhookOutcome::Delivered, now),
        (Some(_), Some(pause)) => ("PENDING", WebhookOutcome::Retried, now + pause),
        (Some(_), None) => ("FAILED", WebhookOutcome::Failed, now),
    };
    let finished_at = (state != "PENDING").then_some(now);
    let response_status = status(attempt).map(i32::from);
    let sql = "update webhook_delivery set state = $3, attempts = $4, next_attempt_at = $5, response_status = $6, error = $7, \
               finished_at = $8, claimed_until = null where id = $1 and claimed_until = $2 and state = 'PENDING'";
    let values: [Value; 8] = [
        delivery.id.into(),
        delivery.claimed_until.into(),
        state.into(),
        number.into(),
        next.into(),
        response_status.into(),
        attempt.error.clone().into(),
        finished_at.into(),
    ];
    if sql::execute(tx.db(), sql, values).await? != 1 {
        return Ok(false);
    }
    tx.write_later::<webhook_attempt::Entity>([webhook_attempt::ActiveModel {
        delivery_id: Set(delivery.id),
        number: Set(number),
        attempted_at: Set(attempt.at),
        duration_ms: Set(i64::try_from(attempt.took.as_millis()).unwrap_or(i64::MAX)),
        response_status: Set(response_status),
        error: Set(attempt.error.clone()),
        response_body: Set(attempt.answer.as_ref().map(|answer| answer.body.clone())),
    }]);
    tx.count(Counted::Webhook(outcome, attempt.took));
    Ok(true)
}

/// Nothing is sent to it any more, and the shop itself is told.
async fn disable(tx: &Tx, endpoint: webhook_endpoint::Model, because: DisabledBecause) -> Result<()> {
    if !endpoint.enabled || endpoint.deleted_at.is_some() {
        return Ok(());
    }
    let id = endpoint.id;
    let disabled = webhook_endpoint::Model {
        enabled: false,
        disabled_because: Some(because),
        disabled_at: Some(tx.shop().now()),
        ..endpoint
    };
    removal::write::<webhook_endpoint::Entity>(tx, disabled, "disable").await?;
    notifications::tell_of_webhook_disabled(tx, id);
    tx.count(Counted::WebhookDisabled);
    Ok(())
}
