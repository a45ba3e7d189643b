//! Takes the money that an authorization holds: when the goods go on their way, or when staff say
//! so. For a payment that staff settle (a transfer, cash) it means that the money has come.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    capture::{self, CaptureStatus},
    ids::{CaptureId, OrderId, PaymentId},
    order,
    payment::{self, CaptureMode, PaymentStatus},
    payment_entry::PaymentEntryKind,
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    idempotency::{self, Claim},
    jobs::Job,
    orders::{due_minor, transition},
    payments::{
        attempts::load,
        ledger::{self, Operation},
        steps,
        transfers::{
            amount::amount,
            balance::{Balance, live_capture},
        },
    },
    staff::{
        audit,
        permission::{self, Permission},
    },
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

/// Asks for a capture; the job that follows makes it.
///
/// # Errors
/// Refuses what is not held, more than is held, and a second capture.
pub async fn capture(shop: &Shop, context: &Context, input: CapturePayment) -> Result<capture::Model> {
    permission::require(context, Permission::Orders)?;
    let key = &text::line(&["idempotencyKey"], &input.idempotency_key, 255)?;
    let input = &input;
    shop.transact_keyed(context, |tx| async move {
        let order = transition::lock(&tx, input.order).await?;
        let id = CaptureId(shop.new_id());
        let parts = [&*order.id.to_string(), input.amount.as_deref().unwrap_or("all")];
        let request = idempotency::Request::of_staff(&tx, "payment_capture", key, &parts);
        if let Claim::Replay(id) = idempotency::claim(&tx, &request, order.id, id).await? {
            return find(&tx, id).await;
        }
        let payment = match load::lock_live(&tx, order.id).await? {
            Some(payment) => payment,
            None => load::lock_late(&tx, order.id).await?.ok_or_else(nothing_held)?,
        };
        let wanted = amount(input.amount.as_deref(), &order)?;
        let capture = request_as(&tx, &payment, wanted, id).await?;
        let data = json!({ "amountMinor": capture.amount_minor, "payment": payment.id });
        ledger::write(
            &tx,
            payment.id,
            PaymentEntryKind::Decision,
            Operation::Capture,
            None,
            data.clone(),
        );
        audit(&tx, "payment.capture", order.id.to_string(), data).await?;
        Ok(capture)
    })
    .await
}

async fn find(tx: &Tx, id: CaptureId) -> Result<capture::Model> {
    let capture = capture::Entity::find_by_id(id).one(tx.db()).await?;
    Ok(capture.ok_or_else(|| Refusal::not_found("capture"))?)
}

/// What dispatching an order means for its money.
///
/// # Errors
/// Refuses when the money that was held for it is not there any more.
pub(crate) async fn on_dispatch(tx: &Tx, order: &order::Model) -> Result<()> {
    if due_minor(order) == 0 {
        return Ok(());
    }
    let Some(payment) = load::lock_live(tx, order.id).await? else {
        return Err(nothing_held().into());
    };
    if payment.status == PaymentStatus::Refunded {
        let message = "All of the money for this order has been paid back: it is not to be sent.";
        return Err(Refusal::new(ErrorCode::PaymentState, message).at(&["orderId"]).into());
    }
    let is_held = payment.status == PaymentStatus::Authorized && payment.capture_mode == CaptureMode::OnDispatch;
    if !is_held || live_capture(tx, payment.id).await?.is_some() {
        return Ok(());
    }
    if payment.capture_before.is_some_and(|until| until <= tx.shop().now()) {
        let message = "The money that was held for this order has been released: it cannot be captured any more.";
        return Err(Refusal::new(ErrorCode::PaymentState, message).at(&["orderId"]).into());
    }
    request(tx, &payment, None).await?;
    Ok(())
}

/// Records that a locked attempt's money is to be taken, and the job that does it.
pub(in crate::payments) async fn request(
    tx: &Tx,
    payment: &payment::Model,
    amount: Option<i64>,
) -> Result<capture::Model> {
    request_as(tx, payment, amount, CaptureId(tx.shop().new_id())).await
}

async fn request_as(tx: &Tx, payment: &payment::Model, amount: Option<i64>, id: CaptureId) -> Result<capture::Model> {
    let by_staff = payment.capture_mode == CaptureMode::ByStaff;
    let may = match payment.status {
        PaymentStatus::Authorized => true,
        // Staff may say that it has come before it was promised, and after it was given up.
        PaymentStatus::ActionRequired | PaymentStatus::Pending | PaymentStatus::Voided => by_staff,
        _ => false,
    };
    if !may && payment.captured_minor == 0 {
        return Err(nothing_held().into());
    }
    if by_staff && amount.is_some_and(|amount| amount != payment.amount_minor) {
        let message = "A part does not pay the order: record the money once the whole of it has come.";
        return Err(Refusal::new(ErrorCode::PaymentState, message).at(&["amount"]).into());
    }
    let amount_minor = Balance::read(tx, payment).await?.capture(amount)?;
    steps::check_part(tx.shop(), payment, amount_minor)?;
    let now = tx.shop().now();
    let row = capture::ActiveModel {
        id: Set(id),
        payment_id: Set(payment.id),
        order_id: Set(payment.order_id),
        amount_minor: Set(amount_minor),
        status: Set(CaptureStatus::Requested),
        failure: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let capture = capture::Entity::insert(row).exec_with_returning(tx.db()).await?;
    tx.enqueue(payment.order_id, Job::CapturePayment { capture: id });
    Ok(capture)
}

fn nothing_held() -> Refusal {
    Refusal::new(
        ErrorCode::PaymentState,
        "No money is held for this order that could be captured.",
    )
    .at(&["orderId"])
}

/// Ends the capture that is asked for, if one is.
pub(in crate::payments) async fn close(
    tx: &Tx,
    payment: PaymentId,
    to: CaptureStatus,
    failure: Option<&str>,
) -> Result<()> {
    let end = capture::ActiveModel {
        status: Set(to),
        failure: Set(failure.map(str::to_owned)),
        updated_at: Set(tx.shop().now()),
        ..Default::default()
    };
    capture::Entity::update_many()
        .set(end)
        .filter(capture::Column::PaymentId.eq(payment))
        .filter(capture::Column::Status.eq(CaptureStatus::Requested))
        .exec(tx.db())
        .await?;
    Ok(())
}
