//! The job `RefundPayment`.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement};
use serde_json::json;
use vitrine_entity::{
    ids::RefundId,
    payment::{self, CaptureMode},
    refund::{self, RefundStatus},
};

use super::{close, succeed};
use crate::{
    Context, Result, Shop, Tx,
    jobs::JobError,
    orders::transition,
    outbox::Lease,
    payments::{
        alert::alert,
        call::{self, LOOK_UP_TIMEOUT, MOVE_TIMEOUT},
        ledger, load,
    },
    ports::payment::{ProviderError, ProviderRefund, Refund, RefundLookup, RefundState},
};

/// How soon, and how late at the latest, a refund that is on its way is asked for again.
const PENDING_PAUSE_MIN: TimeDelta = TimeDelta::seconds(60);
const PENDING_PAUSE_MAX: TimeDelta = TimeDelta::hours(6);

/// How many of an attempt's refunds are looked at when one of them has come back.
const SENT_BACK_MAX: u64 = 20;

const OPERATION: &str = "refund";

/// Pays back, unless it was done before.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: RefundId) -> Result<(), JobError> {
    let Some(refund) = refund::Entity::find_by_id(id).one(&shop.db).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let payment = load::payment(shop, refund.payment_id).await?;
    let Some((payment, _)) = payment.filter(|_| refund.status == RefundStatus::Requested) else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let told = match ledger::sends(shop, payment.id, &refund.id.to_string()).await? > 0 {
        true => find(shop, &payment, &refund).await?,
        false => None,
    };
    let told = match told {
        Some(told) => told,
        None => send(shop, context, &payment, &refund).await?,
    };
    let by_hand = payment.capture_mode == CaptureMode::ByStaff;
    let (refund, told) = (&refund, &told);
    let is_pending = shop
        .transact(context, |tx| async move {
            ledger::refund_answer(&tx, refund, told).await?;
            match &told.state {
                RefundState::Succeeded => succeed(&tx, refund, Some(&told.reference)).await?,
                RefundState::Failed { reason } => fail(&tx, refund, told, reason).await?,
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
        let told = find(shop, payment, &refund).await?;
        if let Some(RefundState::Failed { reason }) = told.map(|told| told.state) {
            failed.push((refund, reason));
        }
    }
    Ok(failed)
}

async fn find(
    shop: &Shop,
    payment: &payment::Model,
    refund: &refund::Model,
) -> Result<Option<ProviderRefund>, JobError> {
    let lookup = RefundLookup {
        refund: refund.id,
        payment: payment.id,
        charge_reference: payment.provider_reference.clone().unwrap_or_default(),
        reference: refund.provider_reference.clone(),
    };
    let asked = async {
        let admitted = call::admit(shop, &payment.provider).await?;
        admitted
            .call(LOOK_UP_TIMEOUT, admitted.provider.find_refund(&lookup))
            .await
    };
    asked.await.map_err(|error| call::again(shop, refund.created_at, error))
}

async fn send(
    shop: &Shop,
    context: &Context,
    payment: &payment::Model,
    refund: &refund::Model,
) -> Result<ProviderRefund, JobError> {
    let admitted = match call::admit(shop, &payment.provider).await {
        Ok(admitted) => admitted,
        Err(error) => return Err(call::again(shop, refund.created_at, error)),
    };
    let request = Refund {
        refund: refund.id,
        payment: payment.id,
        reference: payment.provider_reference.clone().unwrap_or_default(),
        key: refund.id.to_string(),
        amount: load::money(payment, refund.amount_minor)?,
    };
    let body = json!({ "amountMinor": refund.amount_minor, "currency": payment.currency });
    ledger::request(shop, context, payment.id, OPERATION, &request.key, body).await?;
    match admitted.call(MOVE_TIMEOUT, admitted.provider.refund(&request)).await {
        Ok(told) => Ok(told),
        Err(error) => {
            ledger::failed(shop, context, payment.id, OPERATION, &request.key, &error).await?;
            match error {
                // A repetition may be rejected because the first call went through after all.
                ProviderError::Rejected(reason) => Ok(match find(shop, payment, refund).await? {
                    Some(told) => told,
                    None => ProviderRefund {
                        reference: String::new(),
                        state: RefundState::Failed { reason },
                        amount: request.amount,
                        request_id: None,
                    },
                }),
                error => Err(call::again(shop, refund.created_at, error)),
            }
        }
    }
}

async fn fail(tx: &Tx, refund: &refund::Model, told: &ProviderRefund, reason: &str) -> Result<()> {
    let order = transition::lock(tx, refund.order_id).await?;
    let reference = (!told.reference.is_empty()).then_some(told.reference.as_str());
    if close(tx, refund, RefundStatus::Failed, reference, Some(reason)).await? {
        let message = format!("The payment provider did not pay back {}: {reason}", refund.id);
        alert(tx, order, &message).await?;
    }
    Ok(())
}

async fn ask_staff(tx: &Tx, refund: &refund::Model) -> Result<()> {
    let order = transition::lock(tx, refund.order_id).await?;
    let message = format!("Pay {} back by hand, then confirm it.", refund.id);
    alert(tx, order, &message).await?;
    Ok(())
}

async fn remember(tx: &Tx, refund: &refund::Model, reference: &str) -> Result<()> {
    let sql = "update refund set provider_reference = $2, updated_at = $3 where id = $1 and provider_reference is null";
    let values = [refund.id.into(), reference.into(), tx.shop().now().into()];
    let statement = Statement::from_sql_and_values(tx.shop().db.get_database_backend(), sql, values);
    tx.db().execute_raw(statement).await?;
    Ok(())
}
