//! The job `CapturePayment`.

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use serde_json::json;
use vitrine_entity::{
    capture::{self, CaptureStatus},
    ids::CaptureId,
    payment,
};

use super::request::close;
use crate::{
    Context, Result, Shop, Tx,
    jobs::{Job, JobError},
    orders::{Alert, Purpose, alert, transition},
    outbox::Lease,
    payments::{
        attempts::{apply::apply, load},
        ledger::{self, Operation},
        providers::{call::MOVE_TIMEOUT, job::ProviderJob},
    },
    ports::payment::{Capture, ChargeState, ProviderCharge, ProviderError},
};

/// How soon a capture is looked at again that the provider has not decided.
const UNDECIDED_PAUSE: TimeDelta = TimeDelta::minutes(1);

/// Takes the money, unless it was done before.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: CaptureId) -> Result<(), JobError> {
    let Some(capture) = capture::Entity::find_by_id(id).one(&shop.db).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let payment = load::payment(shop, capture.payment_id).await?;
    let Some(load::Loaded { payment, .. }) = payment else {
        return Ok(lease.finish_alone(shop).await?);
    };
    if capture.status != CaptureStatus::Requested {
        let capture = &capture;
        shop.transact_briefly(context, |tx| async move {
            // Somebody else has heard of it before its answer came.
            if capture.status == CaptureStatus::Succeeded {
                release_rest(&tx, capture).await?;
            }
            lease.finish(&tx).await
        })
        .await?;
        return Ok(());
    }
    let job = ProviderJob {
        shop,
        context,
        payment: &payment,
        purpose: Purpose::Capture,
        since: capture.created_at,
        in_progress: false,
    };
    let outcome = take(&job, &capture).await?;
    let (outcome, capture) = (&outcome, &capture);
    let is_answered = matches!(outcome, Ok(Taken { is_answer: true, .. }));
    let is_decided = shop
        .transact(context, |tx| async move {
            match outcome {
                Ok(taken) => apply(&tx, capture.payment_id, &taken.told, Operation::Capture).await?,
                Err(reason) => fail(&tx, capture, reason).await?,
            }
            if !conclude(&tx, capture, outcome.as_ref().ok().map(|taken| &taken.told)).await? {
                return Ok(false);
            }
            if !is_answered {
                release_rest(&tx, capture).await?;
            }
            lease.finish(&tx).await?;
            Ok(true)
        })
        .await?;
    match is_decided {
        true => Ok(()),
        false => Err(JobError::Defer(UNDECIDED_PAUSE)),
    }
}

/// What has become of a capture.
struct Taken {
    told: ProviderCharge,
    /// Whether it answers the capture: then what it was to release is released. A look-up tells of the money alone.
    is_answer: bool,
}

impl Taken {
    fn looked_up(told: ProviderCharge) -> Self {
        Self { told, is_answer: false }
    }
}

/// The provider's record, or why it will never give the money.
async fn take(job: &ProviderJob<'_>, capture: &capture::Model) -> Result<Result<Taken, String>, JobError> {
    let (shop, context, payment) = (job.shop, job.context, job.payment);
    let first_key = capture.id.to_string();
    let sends = ledger::sends(shop, payment.id, &first_key).await?;
    if sends > 0
        && let Some(told) = job.look_up().await?.filter(|told| is_decided(told, payment))
    {
        return Ok(Ok(Taken::looked_up(told)));
    }
    let key = match may_act_twice(capture, payment) {
        true => job.key(&first_key).await?,
        false => job.next_key(&first_key, sends).await?,
    };
    let admitted = job.admit().await?;
    let request = Capture {
        payment: payment.id,
        reference: payment.provider_reference.clone().unwrap_or_default(),
        key,
        amount: load::money(payment, capture.amount_minor),
        releases_rest: capture.releases_rest,
    };
    let body = json!({ "amountMinor": capture.amount_minor, "currency": payment.currency });
    ledger::request(shop, context, payment.id, Operation::Capture, &request.key, body).await?;
    match admitted.call(MOVE_TIMEOUT, admitted.provider.capture(&request)).await {
        Ok(told) => Ok(Ok(Taken { told, is_answer: true })),
        Err(error) => {
            ledger::failed(shop, context, payment.id, Operation::Capture, &request.key, &error).await?;
            match error {
                // A repetition is rejected because the first call went through after all; or the
                // authorization has lapsed.
                ProviderError::Rejected(reason) => Ok(job
                    .look_up()
                    .await?
                    .filter(|told| is_decided(told, payment))
                    .map(Taken::looked_up)
                    .ok_or(reason)),
                error => Err(job.retry(error).await),
            }
        }
    }
}

/// Whether enough is held to take the same part once more, so that the provider's own state does not forbid it.
fn may_act_twice(capture: &capture::Model, payment: &payment::Model) -> bool {
    let held = payment.amount_minor - payment.captured_minor;
    payment.captures_in_parts && capture.amount_minor <= held - capture.amount_minor
}

/// Whether something has become of the authorization, beyond the parts that were captured before.
fn is_decided(told: &ProviderCharge, payment: &payment::Model) -> bool {
    match told.state {
        ChargeState::Authorized => false,
        ChargeState::Captured => payment.captured_minor == 0 || told.captured_minor > payment.captured_minor,
        _ => true,
    }
}

/// Sees to it that the capture has come to an end. Gives `false` when the provider has not decided.
async fn conclude(tx: &Tx, capture: &capture::Model, told: Option<&ProviderCharge>) -> Result<bool> {
    let open = capture::Entity::find_by_id(capture.id).one(tx.db()).await?;
    if open.is_none_or(|open| open.status != CaptureStatus::Requested) {
        return Ok(true);
    }
    match told.map(|told| &told.state) {
        Some(ChargeState::Pending | ChargeState::Authorized) => Ok(false),
        // What was told is not what was asked for: staff know of it by `apply`.
        _ => {
            fail(tx, capture, "something else has become of the payment").await?;
            Ok(true)
        }
    }
}

/// A provider that captures in parts may have done that and not released the rest, where the answer was lost between the two:
/// it is asked to. Where nothing is held any more, it says so.
async fn release_rest(tx: &Tx, capture: &capture::Model) -> Result<()> {
    let (_, payment) = load::lock_with_order(tx, capture.payment_id).await?;
    let is_left = payment.captured_minor > 0 && payment.captured_minor < payment.amount_minor;
    if capture.releases_rest && payment.captures_in_parts && is_left {
        tx.enqueue(payment.order_id, Job::VoidPayment { payment: payment.id });
    }
    Ok(())
}

async fn fail(tx: &Tx, capture: &capture::Model, reason: &str) -> Result<()> {
    let order = transition::lock(tx, capture.order_id).await?;
    close(tx, capture.payment_id, CaptureStatus::Failed, Some(reason)).await?;
    let (capture, reason) = (capture.id, reason.to_owned());
    alert(tx, order, &Alert::CaptureRejected { capture, reason }).await?;
    Ok(())
}
