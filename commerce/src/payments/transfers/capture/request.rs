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
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    idempotency::{self, Claim},
    jobs::Job,
    language::messages,
    orders::{due_minor, sent_on, transition},
    payments::{
        attempts::load,
        ledger::{self, Operation},
        owed, steps,
        transfers::{amount::amount, balance::Balance},
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
        let payment = to_capture(&tx, order.id).await?;
        let wanted = amount(input.amount.as_deref(), &order)?;
        let wanted = bounded(&tx, &order, &payment, wanted).await?;
        let capture = request_as(&tx, &payment, wanted, (id, true)).await?;
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

/// The payment whose money is to be taken: what the order was placed with, and then what a change has put on.
async fn to_capture(tx: &Tx, order: OrderId) -> Result<payment::Model> {
    let live = load::lock_live(tx, order).await?;
    let is_taken = live
        .as_ref()
        .is_some_and(|payment| payment.captured_minor >= payment.amount_minor);
    if let Some(payment) = live.as_ref().filter(|_| !is_taken) {
        return Ok(payment.clone());
    }
    if let Some(payment) = load::lock_awaited(tx, order).await? {
        return Ok(payment);
    }
    match live {
        Some(payment) => Ok(payment),
        None => Ok(load::lock_late(tx, order).await?.ok_or_else(nothing_held)?),
    }
}

/// How much is to be taken of what is asked for, or of all: no more than the order costs, which may be less than is held since it
/// was changed.
async fn bounded(tx: &Tx, order: &order::Model, payment: &payment::Model, wanted: Option<i64>) -> Result<Option<i64>> {
    if payment.capture_mode == CaptureMode::ByStaff {
        return Ok(wanted);
    }
    let held = Balance::read(tx, payment).await?.capturable();
    let most = owed::left_of(tx, order, payment).await?;
    match wanted {
        Some(wanted) if wanted > most && wanted <= held => {
            let refusal = Refusal::new(ErrorCode::CaptureExceedsAuthorized, messages::capture_too_much());
            Err(refusal.at(&["amount"]).into())
        }
        None if held > 0 && most == 0 => Err(nothing_held().into()),
        None if most < held => Ok(Some(most)),
        wanted => Ok(wanted),
    }
}

async fn find(tx: &Tx, id: CaptureId) -> Result<capture::Model> {
    let capture = capture::Entity::find_by_id(id).one(tx.db()).await?;
    Ok(capture.ok_or_else(|| Refusal::not_found("capture"))?)
}

/// What it means for the money of an order that some of it, or all, is on its way: what has left is taken, and no more. A
/// provider that captures once only is asked when nothing is left to be sent; and what is held beyond that is released. Gives how
/// much of what has left is neither taken nor held any more, in minor units: staff took a part, and gave up the rest.
///
/// # Errors
/// Refuses when the money that was held for it is not there any more.
pub(crate) async fn on_dispatch(tx: &Tx, order: &order::Model) -> Result<i64> {
    if due_minor(order) == 0 {
        return Ok(0);
    }
    let Some(payment) = load::lock_live(tx, order.id).await? else {
        // Credit paid it, or what changes have put on, which was taken at once.
        let paid = owed::Paid::of(tx, order).await?;
        return match paid.unpaid_minor(order.total_minor) <= order.unpaid_minor {
            true => Ok(0),
            false => Err(nothing_held().into()),
        };
    };
    let is_part_captured = payment.captured_minor > 0 && payment.captured_minor < payment.amount_minor;
    if payment.status == PaymentStatus::Refunded && !is_part_captured {
        if load::is_captured(tx, order.id).await? {
            // A change has put on more, and another has had this go back.
            return Ok(0);
        }
        let message = messages::order_paid_back();
        return Err(Refusal::new(ErrorCode::PaymentState, message).at(&["orderId"]).into());
    }
    let is_held = payment.status == PaymentStatus::Authorized || is_part_captured;
    if !is_held || payment.capture_mode != CaptureMode::OnDispatch {
        return Ok(0);
    }
    let balance = Balance::read(tx, &payment).await?;
    let sent = sent_on(tx, order).await?;
    let beside_minor = order.credit_minor + owed::taken_beside(tx, order.id).await?;
    let target_minor = (sent.minor - beside_minor).clamp(0, payment.amount_minor);
    if balance.capturable() == 0 {
        // Staff took it before; or a part is on its way, and the next follows when that has come.
        return Ok(match balance.capturing {
            0 => (target_minor - balance.captured).max(0),
            _ => 0,
        });
    }
    if payment.capture_before.is_some_and(|until| until <= tx.shop().now()) {
        let message = messages::hold_released();
        return Err(Refusal::new(ErrorCode::PaymentState, message).at(&["orderId"]).into());
    }
    if !sent.is_all && !balance.in_parts {
        return Ok(0);
    }
    let amount_minor = match target_minor - balance.captured {
        // What the provider cannot take now comes with the last part.
        part if !sent.is_all => part - part % steps::step_of(tx.shop(), &payment),
        rest => rest,
    };
    if amount_minor > 0 {
        let id = CaptureId(tx.shop().new_id());
        request_as(tx, &payment, Some(amount_minor), (id, sent.is_all)).await?;
    } else if sent.is_all && balance.captured > 0 {
        tx.enqueue(order.id, Job::VoidPayment { payment: payment.id });
    }
    Ok(0)
}

/// As [`on_dispatch`], where nothing more leaves that could be refused: staff are told otherwise of a hold that has ended.
pub(crate) async fn on_close(tx: &Tx, order: &order::Model) -> Result<()> {
    match on_dispatch(tx, order).await {
        Ok(_) | Err(Error::Refused(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What is held is about to be released: what has left the house must not go unpaid. A provider that captures once only gives all
/// of it, for whatever it does not take now nobody can ask for again; what is never sent is paid back then. What has not left is
/// taken too where the shop's settings say so. Gives `false` where nothing is taken, and staff have to decide.
pub(in crate::payments) async fn before_hold_ends(
    tx: &Tx,
    order: &order::Model,
    payment: &payment::Model,
) -> Result<bool> {
    let balance = Balance::read(tx, payment).await?;
    if balance.capturable() == 0 {
        return Ok(true);
    }
    let sent = sent_on(tx, order).await?;
    let is_owed = sent.minor > 0 && !balance.in_parts;
    if !is_owed && !tx.shop().settings.capture_before_hold_ends {
        if balance.in_parts {
            // Of a part that was rejected nobody asks again, nor for what left while it was under way.
            on_close(tx, order).await?;
        }
        return Ok(balance.in_parts && sent.is_all);
    }
    let left = owed::left_of(tx, order, payment).await?;
    if left > 0 {
        let part = (left < balance.capturable()).then_some(left);
        request(tx, payment, part).await?;
    }
    Ok(true)
}

/// Once a part has come: takes what has left the house meanwhile.
pub(in crate::payments) async fn follow(tx: &Tx, order: &order::Model, payment: &payment::Model) -> Result<()> {
    if payment.capture_mode != CaptureMode::OnDispatch || payment.captured_minor >= payment.amount_minor {
        return Ok(());
    }
    // The next parcel is refused for what is missing, and staff are told.
    on_close(tx, order).await
}

/// Records that a locked attempt's money is to be taken, and the job that does it.
pub(in crate::payments) async fn request(
    tx: &Tx,
    payment: &payment::Model,
    amount: Option<i64>,
) -> Result<capture::Model> {
    request_as(tx, payment, amount, (CaptureId(tx.shop().new_id()), true)).await
}

/// As [`request`], with its id, and whether the rest is released.
async fn request_as(
    tx: &Tx,
    payment: &payment::Model,
    amount: Option<i64>,
    (id, releases_rest): (CaptureId, bool),
) -> Result<capture::Model> {
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
        let message = messages::part_pays_no_order();
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
        releases_rest: Set(releases_rest),
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
    Refusal::new(ErrorCode::PaymentState, messages::nothing_held()).at(&["orderId"])
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
