//! The job `RefundPayment`.

use chrono::TimeDelta;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use vitrine_entity::{
    ids::RefundId,
    payment::{self, CaptureMode},
    refund::{self, RefundStatus},
};

use super::{
    exchanged::come_back,
    settle::{close, succeed},
};
use crate::{
    Context, Result, Shop, Tx,
    jobs::JobError,
    orders::{Alert, Purpose, alert, transition},
    outbox::Lease,
    payments::{
        attempts::load,
        ledger::{self, Operation},
        providers::{
            call::{self, LOOK_UP_TIMEOUT, MOVE_TIMEOUT},
            job::ProviderJob,
        },
    },
    ports::payment::{ProviderError, ProviderRefund, Refund, RefundLookup, RefundState},
};

/// How soon, and how late at the latest, a refund that is on its way is asked for again.
const PENDING_PAUSE_MIN: TimeDelta = TimeDelta::seconds(60);
const PENDING_PAUSE_MAX: TimeDelta = TimeDelta::hours(6);

/// How many of an attempt's refunds are looked at when one of them has come back.
const SENT_BACK_MAX: u64 = 20;

/// Pays back, unless it was done before.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: RefundId) -> Result<(), JobError> {
    let Some(refund) = refund::Entity::find_by_id(id).one(&shop.db).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let payment = load::payment(shop, refund.payment_id).await?;
    let Some(load::Loaded { payment, .. }) = payment.filter(|_| refund.status == RefundStatus::Requested) else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let job = ProviderJob {
        shop,
        context,
        payment: &payment,
        purpose: Purpose::Refund(refund.id),
        since: refund.created_at,
        in_progress: refund.provider_reference.is_some(),
    };
    let told = match ledger::sends(shop, payment.id, &refund.id.to_string()).await? > 0 {
        true => find(&job, &refund).await?,
        false => None,
    };
    let told = match told {
        Some(told) => told,
        None => send(&job, &refund).await?,
    };
    let by_hand = payment.capture_mode == CaptureMode::ByStaff;
    let is_as_asked = told.amount == load::money(&payment, refund.amount_minor);
    let (refund, told) = (&refund, &told);
    let is_pending = shop
        .transact(context, |tx| async move {
            // What differed before is not written down at every look.
            if is_as_asked || refund.provider_reference.is_none() {
                ledger::refund_answer(&tx, refund, told).await?;
            }
            match &told.state {
                RefundState::Failed { reason } => fail(&tx, refund, told, reason).await?,
                _ if !is_as_asked => {
                    differs(&tx, refund).await?;
                    remember(&tx, refund, &told.reference).await?;
                    return Ok(true);
                }
                RefundState::Succeeded => succeed(&tx, refund, Some(&told.reference)).await?,
                RefundState::Pending if by_hand => ask_staff(&tx, refund).await?,
                RefundState::Pending => {
                    remember(&tx, refund, &told.reference).await?;
                    return Ok(true);
                }
            }
            lease.finish(&tx).await?;
            Ok(false)
        })
        .await?;
    match is_pending {
        false => Ok(()),
        true => Err(JobError::Defer(
            ((shop.now() - refund.created_at) / 4).clamp(PENDING_PAUSE_MIN, PENDING_PAUSE_MAX),
        )),
    }
}

/// The refunds of an attempt that had come through and that the provider says have failed since, each
/// with the reason.
pub(in crate::payments) async fn sent_back(
    shop: &Shop,
    payment: &payment::Model,
) -> Result<Vec<(refund::Model, String)>, JobError> {
    let succeeded = refund::Entity::find()
        .filter(refund::Column::PaymentId.eq(payment.id))
        .filter(refund::Column::Status.eq(RefundStatus::Succeeded))
        .filter(refund::Column::ProviderReference.is_not_null())
        .order_by_desc(refund::Column::Id)
        .limit(SENT_BACK_MAX)
        .all(&shop.db)
        .await?;
    let mut failed = Vec::new();
    for refund in succeeded {
        let told = ask(shop, payment, &refund).await;
        let told = told.map_err(|error| call::retry(shop, refund.created_at, error))?;
        if let Some(RefundState::Failed { reason }) = told.map(|told| told.state) {
            failed.push((refund, reason));
        }
    }
    Ok(failed)
}

async fn find(job: &ProviderJob<'_>, refund: &refund::Model) -> Result<Option<ProviderRefund>, JobError> {
    match ask(job.shop, job.payment, refund).await {
        Ok(found) => Ok(found),
        Err(error) => Err(job.retry(error).await),
    }
}

/// The provider's record of a refund; `None` if it never heard of it.
async fn ask(
    shop: &Shop,
    payment: &payment::Model,
    refund: &refund::Model,
) -> Result<Option<ProviderRefund>, ProviderError> {
    let lookup = RefundLookup {
        refund: refund.id,
        payment: payment.id,
        charge_reference: payment.provider_reference.clone().unwrap_or_default(),
        reference: refund.provider_reference.clone(),
    };
    let admitted = call::admit(shop, &payment.provider).await?;
    admitted
        .call(LOOK_UP_TIMEOUT, admitted.provider.find_refund(&lookup))
        .await
}

async fn send(job: &ProviderJob<'_>, refund: &refund::Model) -> Result<ProviderRefund, JobError> {
    let (shop, context, payment) = (job.shop, job.context, job.payment);
    let key = job.key(&refund.id.to_string()).await?;
    let admitted = job.admit().await?;
    let request = Refund {
        refund: refund.id,
        payment: payment.id,
        reference: payment.provider_reference.clone().unwrap_or_default(),
        key,
        amount: load::money(payment, refund.amount_minor),
    };
    let body = json!({ "amountMinor": refund.amount_minor, "currency": payment.currency });
    ledger::request(shop, context, payment.id, Operation::Refund, &request.key, body).await?;
    match admitted.call(MOVE_TIMEOUT, admitted.provider.refund(&request)).await {
        Ok(told) => Ok(told),
        Err(error) => {
            ledger::failed(shop, context, payment.id, Operation::Refund, &request.key, &error).await?;
            match error {
                // A repetition may be rejected because the first call went through after all.
                ProviderError::Rejected(reason) => Ok(match find(job, refund).await? {
                    Some(told) => told,
                    None => ProviderRefund {
                        reference: String::new(),
                        state: RefundState::Failed { reason },
                        amount: request.amount,
                        request_id: None,
                    },
                }),
                error => Err(job.retry(error).await),
            }
        }
    }
}

async fn fail(tx: &Tx, refund: &refund::Model, told: &ProviderRefund, reason: &str) -> Result<()> {
    let order = transition::lock(tx, refund.order_id).await?;
    let reference = (!told.reference.is_empty()).then_some(told.reference.as_str());
    if close(tx, refund, RefundStatus::Failed, reference, Some(reason)).await? {
        let (id, reason) = (refund.id, reason.to_owned());
        alert(tx, order, &Alert::RefundRejected { refund: id, reason }).await?;
        come_back(tx, refund).await?;
    }
    Ok(())
}

/// What the provider paid back, or is about to, is not what was asked for. It is not marked as done,
/// for it is not; nor as failed, for then the whole of it could be paid back once more. It goes on
/// counting as if it had succeeded and is asked for again and again, until staff have put it right
/// at the provider.
async fn differs(tx: &Tx, refund: &refund::Model) -> Result<()> {
    let order = transition::lock(tx, refund.order_id).await?;
    alert(tx, order, &Alert::RefundDiffers { refund: refund.id }).await?;
    Ok(())
}

async fn ask_staff(tx: &Tx, refund: &refund::Model) -> Result<()> {
    let order = transition::lock(tx, refund.order_id).await?;
    alert(tx, order, &Alert::RefundByHand { refund: refund.id }).await?;
    Ok(())
}

async fn remember(tx: &Tx, refund: &refund::Model, reference: &str) -> Result<()> {
    let known = refund::ActiveModel {
        provider_reference: Set(Some(reference.to_owned())),
        updated_at: Set(tx.shop().now()),
        ..Default::default()
    };
    refund::Entity::update_many()
        .set(known)
        .filter(refund::Column::Id.eq(refund.id))
        .filter(refund::Column::ProviderReference.is_null())
        .exec(tx.db())
        .await?;
    Ok(())
}
