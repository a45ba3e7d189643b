//! Applies what a provider tells of an attempt: the one place that moves an attempt, and with it
//! its order.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use serde_json::{Value as Json, json};
use vitrine_entity::{
    capture::CaptureStatus,
    ids::PaymentId,
    order::{self, OrderStatus},
    order_event::OrderEventKind,
    payment::{self, CaptureMode, PaymentStatus},
    payment_entry::PaymentEntryKind,
};

use super::{
    load,
    revivable::{give_up_first, leads_to, may_be_revived},
    state, watch,
};
use crate::{
    Fault, Result, Tx,
    jobs::Job,
    orders::{alert, state::Transition, transition},
    payments::{
        ledger,
        transfers::{balance::Balance, capture, refund},
    },
    ports::payment::{ChargeState, ProviderCharge},
};

/// The operation under which look-ups are written down. They are only where they tell something
/// new; answers to calls that move money always are.
pub(in crate::payments) const LOOK_UP: &str = "look_up";

/// The operation of giving an attempt up at the provider.
pub(super) const VOID: &str = "void";

/// The operation of giving an attempt up that the provider never heard of: our own decision.
pub(super) const GIVE_UP: &str = "give_up";

/// When an attempt that was given up is looked at for the last time.
pub(super) const LAST_LOOK: TimeDelta = TimeDelta::hours(24);

/// Moves the attempt and its order where the provider's word leads.
pub(in crate::payments) async fn apply(tx: &Tx, id: PaymentId, told: &ProviderCharge, operation: &str) -> Result<()> {
    let order_id = load::order_of(tx, id).await?;
    // Always the order first, then its payment: two appliers never wait for each other in a circle.
    let order = transition::lock(tx, order_id).await?;
    let payment = load::lock(tx, id).await?;
    let to = leads_to(&payment, &told.state);
    if to.is_some() || operation != LOOK_UP {
        let kind = match operation {
            GIVE_UP => PaymentEntryKind::Decision,
            _ => PaymentEntryKind::Answer,
        };
        ledger::write(tx, id, kind, operation, None, ledger::redacted(told)).await?;
    }
    let balance = load::balance(tx, &payment).await?;
    if let Some(difference) = difference(&payment, &balance, told) {
        let message = format!("The payment provider's record of {id} differs from ours: {difference}.");
        alert(tx, order, &message).await?;
        return Ok(());
    }
    match to {
        Some(PaymentStatus::Declined) if may_be_revived(&payment) && operation != VOID => {
            give_up_first(tx, &payment, told).await
        }
        Some(to) => {
            let payment = save(tx, &payment, to, told).await?;
            move_order(tx, order, &payment).await
        }
        None => {
            if state::is_dead(payment.status) && is_open(&told.state) && operation != VOID {
                // Given up here, and alive there.
                tx.enqueue(payment.order_id, Job::VoidPayment { payment: id });
            }
            forget_trouble(tx, &payment).await
        }
    }
}

/// The provider has answered.
pub(super) async fn forget_trouble(tx: &Tx, payment: &payment::Model) -> Result<()> {
    if payment.trouble.is_some() {
        let sql = "update payment set trouble = null where id = $1";
        let statement = Statement::from_sql_and_values(tx.shop().db.get_database_backend(), sql, [payment.id.into()]);
        tx.db().execute_raw(statement).await?;
    }
    Ok(())
}

/// Whether money is held, or may come to be.
pub(super) fn is_open(told: &ChargeState) -> bool {
    matches!(
        told,
        ChargeState::Authorized | ChargeState::ActionRequired { .. } | ChargeState::Pending
    )
}

/// In what a provider's record is not our attempt's.
fn difference(payment: &payment::Model, balance: &Balance, told: &ProviderCharge) -> Option<&'static str> {
    // Without a capture of its own, an attempt is captured wholly, with the charge.
    let expected = match (balance.captured + balance.capturing, payment.capture_mode) {
        (0, CaptureMode::AtOnce) => payment.amount_minor,
        (capture, _) => capture,
    };
    if told.payment != payment.id {
        Some("it names another attempt")
    } else if told.amount.currency != payment.currency {
        Some("its currency")
    } else if told.amount.minor != payment.amount_minor {
        Some("its amount")
    } else if told.live != payment.live {
        Some("whether real money moves")
    } else if told.state == ChargeState::Captured && told.captured_minor != expected {
        Some("what was captured is not what was asked for")
    } else if told.refunded_minor > balance.refunded + balance.refunding {
        Some("more was paid back there than was asked for")
    } else {
        None
    }
}

pub(in crate::payments) async fn save(
    tx: &Tx,
    payment: &payment::Model,
    to: PaymentStatus,
    told: &ProviderCharge,
) -> Result<payment::Model> {
    let (decline_code, client_action): (Option<&str>, Option<&Json>) = match &told.state {
        ChargeState::Declined { code } => (Some(code), None),
        ChargeState::ActionRequired { client } => (None, Some(client)),
        _ => (None, None),
    };
    // Another card was taken after all.
    let forget_decline = matches!(to, PaymentStatus::Authorized | PaymentStatus::Captured);
    let reference = (!told.reference.is_empty()).then_some(told.reference.as_str());
    let sql = "update payment set status = $3, provider_reference = coalesce($4, provider_reference), captured_minor = $5, \
               decline_code = case when $10 then null else coalesce($6, decline_code) end, client_action = coalesce($7, client_action), capture_before = coalesce($8, capture_before), trouble = null, \
               updated_at = $9 where id = $1 and status = $2 returning *";
    let values = [
        payment.id.into(),
        payment.status.into(),
        to.into(),
        reference.into(),
        told.captured_minor.into(),
        decline_code.into(),
        client_action.cloned().into(),
        told.capture_before.into(),
        tx.shop().now().into(),
        forget_decline.into(),
    ];
    let statement = Statement::from_sql_and_values(tx.shop().db.get_database_backend(), sql, values);
    let saved = payment::Model::find_by_statement(statement).one(tx.db()).await?;
    let payment = saved.ok_or_else(|| Fault::Other("a locked payment moved".to_owned(), None))?;
    match payment.status {
        PaymentStatus::Captured => capture::close(tx, payment.id, CaptureStatus::Succeeded, None).await?,
        PaymentStatus::Voided => {
            // It cannot be captured any more; and one last look, for a call that was still on its way.
            capture::close(tx, payment.id, CaptureStatus::Failed, Some("it was given up")).await?;
            tx.enqueue_after(payment.order_id, Job::CheckPayment { payment: payment.id }, LAST_LOOK);
        }
        _ => {}
    }
    Ok(payment)
}

/// What the attempt's new state means for its order.
pub(in crate::payments) async fn move_order(tx: &Tx, order: order::Model, payment: &payment::Model) -> Result<()> {
    if payment.superseded || order.status == OrderStatus::Cancelled {
        return unwind(tx, order, payment).await;
    }
    let is_unpaid = matches!(
        order.status,
        OrderStatus::Created | OrderStatus::PaymentPending | OrderStatus::PaymentFailed
    );
    match payment.status {
        PaymentStatus::Captured if is_unpaid => pay(tx, &order, "captured").await,
        PaymentStatus::Captured => {
            let data = json!({ "amountMinor": payment.captured_minor, "currency": payment.currency });
            transition::note(tx, &order, OrderEventKind::PaymentCaptured, true, data).await?;
            Ok(())
        }
        PaymentStatus::Authorized if is_unpaid => {
            let paid = match payment.capture_mode {
                CaptureMode::ByStaff => "promised",
                CaptureMode::AtOnce | CaptureMode::OnDispatch => "held",
            };
            pay(tx, &order, paid).await?;
            match payment.capture_mode {
                CaptureMode::AtOnce => capture::request(tx, payment, None).await.map(|_| ()),
                CaptureMode::OnDispatch => {
                    watch::watch(tx, payment);
                    Ok(())
                }
                CaptureMode::ByStaff => Ok(()),
            }
        }
        PaymentStatus::Declined | PaymentStatus::Voided if is_unpaid => {
            if order.status == OrderStatus::PaymentPending {
                let data = json!({ "declineCode": payment.decline_code.as_deref().unwrap_or("voided") });
                transition::apply(tx, &order, Transition::PaymentFailed, data).await?;
            }
            Ok(())
        }
        PaymentStatus::Voided => {
            let message = "The money that was held for this order has been released: it cannot be captured any more.";
            alert(tx, order, message).await?;
            Ok(())
        }
        PaymentStatus::ActionRequired => {
            let instructions = payment.client_action.as_ref().and_then(|client| client.get("text"));
            let (kind, data) = match instructions {
                Some(text) => (OrderEventKind::PaymentInstructions, json!({ "instructions": text })),
                None => (OrderEventKind::PaymentActionRequired, json!({})),
            };
            transition::note(tx, &order, kind, true, data).await?;
            Ok(())
        }
        _ => Ok(()),
    }
}

/// `paid` says how the money stands: captured, held, or promised for later.
async fn pay(tx: &Tx, order: &order::Model, paid: &str) -> Result<()> {
    let order = transition::apply(tx, order, Transition::PaymentSucceeded, json!({ "paid": paid })).await?;
    tx.enqueue(order.id, Job::DeductStock { order: order.id });
    Ok(())
}

/// Nobody wants this money: the order will not be delivered, or another attempt took its place.
async fn unwind(tx: &Tx, order: order::Model, payment: &payment::Model) -> Result<()> {
    match payment.status {
        PaymentStatus::Captured => {
            refund::request(tx, order, payment, "it was not wanted any more").await?;
        }
        PaymentStatus::ActionRequired | PaymentStatus::Pending | PaymentStatus::Authorized => {
            tx.enqueue(payment.order_id, Job::VoidPayment { payment: payment.id });
        }
        PaymentStatus::Voided if payment.capture_before.is_some() => {
            transition::note(tx, &order, OrderEventKind::PaymentVoided, true, json!({})).await?;
        }
        _ => {}
    }
    Ok(())
}
