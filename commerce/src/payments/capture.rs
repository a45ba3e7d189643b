//! Takes the money that an authorization holds: when the goods go on their way, or when staff say
//! so. For a payment that staff settle (a transfer, cash) it means that the money has come.

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, Statement};
use serde_json::json;
use vitrine_entity::{
    capture::{self, CaptureStatus},
    ids::{CaptureId, OrderId, PaymentId},
    order,
    payment::{self, CaptureMode, PaymentStatus},
    payment_entry::PaymentEntryKind,
};

use super::{
    alert::alert,
    amount,
    apply::apply,
    call::{self, MOVE_TIMEOUT},
    ledger, load, look_up,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    customers::{
        permission::{self, Permission},
        staff,
    },
    idempotency::{self, Claim},
    jobs::{Job, JobError},
    orders::transition,
    outbox::Lease,
    ports::payment::{Capture, ChargeState, ProviderCharge, ProviderError},
    text,
};

/// Which order's money to take, and how much of it.
#[derive(Debug, Clone)]
pub struct CapturePayment {
    pub order: OrderId,
    /// A decimal in the order's currency; all that is held where it is not given. What is not
    /// taken is released.
    pub amount: Option<String>,
    /// Chosen by the client, once for each capture it means to make.
    pub idempotency_key: String,
}

/// Asks for a capture; the job that follows makes it. Gives the order.
///
/// # Errors
/// Refuses what is not held, more than is held, and a second capture.
pub async fn capture(shop: &Shop, context: &Context, input: CapturePayment) -> Result<order::Model> {
    permission::require(context, Permission::Orders)?;
    let key = &text::line(&["input", "idempotencyKey"], &input.idempotency_key, 255)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, input.order).await?;
        let id = shop.new_id();
        let parts = [&*order.id.to_string(), input.amount.as_deref().unwrap_or("all")];
        let request = idempotency::Request::of_staff(&tx, "payment_capture", key, &parts);
        if let Claim::Replay(_) = idempotency::claim(&tx, &request, order.id, Some(id)).await? {
            return Ok(order);
        }
        let payment = load::lock_live(&tx, order.id).await?.ok_or_else(nothing_held)?;
        let wanted = amount(input.amount.as_deref(), &order)?;
        let capture = request_as(&tx, &payment, wanted, CaptureId(id)).await?;
        let data = json!({ "amountMinor": capture.amount_minor, "payment": payment.id });
        ledger::write(
            &tx,
            payment.id,
            PaymentEntryKind::Decision,
            "capture",
            None,
            data.clone(),
        )
        .await?;
        staff::audit(&tx, "payment.capture", order.id.to_string(), data).await?;
        Ok(order)
    })
    .await
}

/// What dispatching an order means for its money.
///
/// # Errors
/// Refuses when the money that was held for it is not there any more.
pub(crate) async fn on_dispatch(tx: &Tx, order: &order::Model) -> Result<()> {
    if order.total_minor == 0 {
        return Ok(());
    }
    let Some(payment) = load::lock_live(tx, order.id).await? else {
        return Err(nothing_held().into());
    };
    let asked_for = load::live_capture(tx, payment.id).await?.is_some();
    if payment.status == PaymentStatus::Authorized && payment.capture_mode == CaptureMode::OnDispatch && !asked_for {
        request(tx, &payment, None).await?;
    }
    Ok(())
}

/// Records that a locked attempt's money is to be taken, and the job that does it.
pub(super) async fn request(tx: &Tx, payment: &payment::Model, amount: Option<i64>) -> Result<capture::Model> {
    request_as(tx, payment, amount, CaptureId(tx.shop().new_id())).await
}

async fn request_as(tx: &Tx, payment: &payment::Model, amount: Option<i64>, id: CaptureId) -> Result<capture::Model> {
    // Staff who settle a payment may say that it has come before it was promised.
    let may = match payment.capture_mode {
        CaptureMode::ByStaff => matches!(
            payment.status,
            PaymentStatus::Authorized | PaymentStatus::ActionRequired | PaymentStatus::Pending
        ),
        CaptureMode::AtOnce | CaptureMode::OnDispatch => payment.status == PaymentStatus::Authorized,
    };
    if !may && payment.captured_minor == 0 {
        return Err(nothing_held().into());
    }
    let now = tx.shop().now();
    let row = capture::ActiveModel {
        id: Set(id),
        payment_id: Set(payment.id),
        order_id: Set(payment.order_id),
        amount_minor: Set(load::balance(tx, payment).await?.capture(amount)?),
        status: Set(CaptureStatus::Requested),
        failure: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let capture = capture::Entity::insert(row).exec_with_returning(tx.db()).await?;
    tx.enqueue(Job::CapturePayment { capture: id });
    Ok(capture)
}

fn nothing_held() -> Refusal {
    Refusal::new(
        ErrorCode::PaymentState,
        "No money is held for this order that could be captured.",
    )
    .at(&["input", "orderId"])
}

/// The job `CapturePayment`.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: CaptureId) -> Result<(), JobError> {
    let Some(capture) = capture::Entity::find_by_id(id).one(&shop.db).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let payment = load::payment(shop, capture.payment_id).await?;
    let Some((payment, _)) = payment.filter(|_| capture.status == CaptureStatus::Requested) else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let outcome = take(shop, context, &payment, &capture).await?;
    let (outcome, capture) = (&outcome, &capture);
    shop.transact(context, |tx| async move {
        match outcome {
            Ok(told) => apply(&tx, capture.payment_id, told, "capture").await?,
            Err(reason) => fail(&tx, capture, reason).await?,
        }
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

/// The provider's record, or why it will never give the money.
async fn take(
    shop: &Shop,
    context: &Context,
    payment: &payment::Model,
    capture: &capture::Model,
) -> Result<Result<ProviderCharge, String>, JobError> {
    let key = capture.id.to_string();
    if ledger::was_requested(shop, payment.id, &key).await?
        && let Some(told) = look_up(shop, payment).await?.filter(is_decided)
    {
        return Ok(Ok(told));
    }
    let admitted = match call::admit(shop, &payment.provider).await {
        Ok(admitted) => admitted,
        Err(error) => return Err(call::again(shop, capture.created_at, error)),
    };
    let request = Capture {
        payment: payment.id,
        reference: payment.provider_reference.clone().unwrap_or_default(),
        key,
        amount: load::money(payment, capture.amount_minor)?,
    };
    let body = json!({ "amountMinor": capture.amount_minor, "currency": payment.currency });
    ledger::request(shop, context, payment.id, "capture", &request.key, body).await?;
    match admitted.call(MOVE_TIMEOUT, admitted.provider.capture(&request)).await {
        Ok(told) => Ok(Ok(told)),
        Err(error) => {
            ledger::failed(shop, context, payment.id, "capture", &request.key, &error).await?;
            match error {
                // A repetition is rejected because the first call went through after all; or the
                // authorization has lapsed.
                ProviderError::Rejected(reason) => Ok(look_up(shop, payment).await?.filter(is_decided).ok_or(reason)),
                error => Err(call::again(shop, capture.created_at, error)),
            }
        }
    }
}

/// Whether the capture's outcome can be seen.
fn is_decided(told: &ProviderCharge) -> bool {
    told.state != ChargeState::Authorized
}

async fn fail(tx: &Tx, capture: &capture::Model, reason: &str) -> Result<()> {
    let order = transition::lock(tx, capture.order_id).await?;
    close(tx, capture.payment_id, CaptureStatus::Failed, Some(reason)).await?;
    let message = format!("The payment provider refused to capture: {reason}");
    alert(tx, order, &message).await?;
    Ok(())
}

/// Ends the capture that is asked for, if one is.
pub(super) async fn close(tx: &Tx, payment: PaymentId, to: CaptureStatus, failure: Option<&str>) -> Result<()> {
    let sql = "update capture set status = $2, failure = $3, updated_at = $4 \
               where payment_id = $1 and status = 'REQUESTED'";
    let values = [payment.into(), to.into(), failure.into(), tx.shop().now().into()];
    let statement = Statement::from_sql_and_values(tx.shop().db.get_database_backend(), sql, values);
    tx.db().execute_raw(statement).await?;
    Ok(())
}
