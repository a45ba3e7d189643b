//! Begins an attempt to be paid: with the order, or again after a failure.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use vitrine_entity::{
    ids::{OrderId, PaymentId},
    order::{self, OrderStatus},
    payment::{self, PaymentStatus},
};

use super::{
    give_up,
    method::{ChosenMethod, PaymentMethod, choose},
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx, inventory,
    jobs::Job,
    orders::{access::opens, due_minor, state::Transition, transition},
    transaction::is_unique_violation,
};

/// What a new order begins with: an order that costs nothing is paid as it stands.
pub fn first_step(total_minor: i64) -> Transition {
    if total_minor == 0 {
        Transition::PaymentSucceeded
    } else {
        Transition::RequestPayment
    }
}

/// Records what follows from an order's [`first_step`]: its first attempt, or that it is paid.
pub async fn begin(tx: &Tx, order: &order::Model, method: &ChosenMethod) -> Result<()> {
    if order.status == first_step(0).to() {
        tx.enqueue(order.id, Job::DeductStock { order: order.id });
        return Ok(());
    }
    write_attempt(tx, order, method).await
}

/// Whether [`retry`] would be accepted, as long as the goods are held: the latest attempt has failed,
/// or can't reach its provider and never has.
pub fn is_retryable(status: OrderStatus, latest: Option<&payment::Model>) -> bool {
    let is_stuck = |payment: &payment::Model| payment.status == PaymentStatus::Created && payment.trouble.is_some();
    status == OrderStatus::PaymentFailed || (status == OrderStatus::PaymentPending && latest.is_some_and(is_stuck))
}

/// What is asked: which order, paid how this time.
#[derive(Debug, Clone)]
pub struct Retry {
    pub order: OrderId,
    /// For a guest.
    pub access_token: Option<String>,
    pub method: PaymentMethod,
}

/// Tries again to be paid for an order whose payment failed, while its stock is held.
///
/// # Errors
/// Refuses while an earlier attempt is not known to be dead.
pub async fn retry(shop: &Shop, context: &Context, input: Retry) -> Result<order::Model> {
    let method = &choose(shop, &input.method)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let order = open(&tx, input).await?;
        again(&tx, &order, method).await
    })
    .await
}

/// The order that is to be paid again, locked.
pub(in crate::payments) async fn open(tx: &Tx, input: &Retry) -> Result<order::Model> {
    let order = transition::lock(tx, input.order).await?;
    if !opens(tx.context(), &order, input.access_token.as_deref()) {
        return Err(Refusal::not_found("order").at(&["orderId"]).into());
    }
    Ok(order)
}

/// Opens another attempt for a locked order.
pub(in crate::payments) async fn again(tx: &Tx, order: &order::Model, method: &ChosenMethod) -> Result<order::Model> {
    let mut order = order.clone();
    if order.status == OrderStatus::PaymentPending && give_up::withdraw_unsent(tx, order.id).await? {
        let data = json!({ "declineCode": "not_sent" });
        order = transition::apply(tx, &order, Transition::PaymentFailed, data).await?;
    }
    if matches!(order.status, OrderStatus::PaymentPending | OrderStatus::PaymentSuccess) {
        return Err(in_progress("A payment of this order is under way. Wait for its outcome.").into());
    }
    let order = transition::apply(tx, &order, Transition::RequestPayment, json!({})).await?;
    supersede(tx, &order).await?;
    write_attempt(tx, &order, method).await?;
    // A transfer takes days; trying the same again and again holds nothing for longer.
    let until = tx.shop().now() + method.hold;
    if method.hold > tx.shop().settings.reservation
        && inventory::held_until(tx.db(), order.id)
            .await?
            .is_some_and(|held| held < until)
    {
        inventory::hold_until(tx, order.id, until).await?;
    }
    Ok(order)
}

/// Earlier attempts that are known to be dead make room for another.
async fn supersede(tx: &Tx, order: &order::Model) -> Result<()> {
    payment::Entity::update_many()
        .col_expr(payment::Column::Superseded, Expr::value(true))
        .filter(payment::Column::OrderId.eq(order.id))
        .filter(payment::Column::Status.is_in([PaymentStatus::Declined, PaymentStatus::Voided]))
        .exec(tx.db())
        .await?;
    Ok(())
}

async fn write_attempt(tx: &Tx, order: &order::Model, method: &ChosenMethod) -> Result<()> {
    let shop = tx.shop();
    let id = PaymentId(shop.new_id());
    let row = payment::ActiveModel {
        id: Set(id),
        order_id: Set(order.id),
        provider: Set(method.provider.name().to_owned()),
        method_token: Set(method.token.clone()),
        currency: Set(order.currency),
        amount_minor: Set(due_minor(order)),
        captured_minor: Set(0),
        refunded_minor: Set(0),
        status: Set(PaymentStatus::Created),
        provider_reference: Set(None),
        decline_code: Set(None),
        client_action: Set(None),
        superseded: Set(false),
        live: Set(method.provider.is_live()),
        capture_mode: Set(method.capture_mode),
        sent_at: Set(None),
        capture_before: Set(None),
        trouble: Set(None),
        reconciled_in: Set(None),
        created_at: Set(shop.now()),
        updated_at: Set(shop.now()),
    };
    match payment::Entity::insert(row).exec_without_returning(tx.db()).await {
        Ok(_) => {}
        Err(error) if is_unique_violation(&error) => {
            return Err(in_progress("An earlier payment of this order is not known to have failed yet.").into());
        }
        Err(error) => return Err(error.into()),
    }
    tx.enqueue(order.id, Job::ProcessPayment { payment: id });
    tx.enqueue_after(
        order.id,
        Job::SettlePayment { payment: id },
        shop.settings.payment_settle_after,
    );
    Ok(())
}

fn in_progress(message: &str) -> Refusal {
    Refusal::new(ErrorCode::PaymentInProgress, message).at(&["orderId"])
}
