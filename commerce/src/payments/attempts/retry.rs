//! Tries again to be paid, after an attempt has failed.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
    order_event::OrderEventKind,
    payment::{self, PaymentStatus},
};

use super::{
    begin::{in_progress, write_attempt},
    give_up,
    method::{ChosenMethod, PaymentMethod, refuse_card_number, refuse_on_account},
    store::AskedFor,
};
use crate::{
    Context, Fault, Refusal, Result, Shop, Tx,
    idempotency::{self, Claim},
    inventory,
    language::messages,
    money::Money,
    orders::{
        access::{Tried, may_try, opens},
        due_minor,
        state::Transition,
        transition,
    },
    payments::{owed, saved::choose::choose},
    text,
};

/// Whether [`retry`] would be accepted, as long as the goods are held: the latest attempt has failed,
/// or can't reach its provider and never has; or a change of the order is to be paid.
pub fn is_retryable(order: &order::Model, latest: Option<&payment::Model>) -> bool {
    let is_stuck = |payment: &payment::Model| payment.status == PaymentStatus::Created && payment.trouble.is_some();
    match order.status {
        OrderStatus::PaymentFailed => true,
        OrderStatus::PaymentPending => latest.is_some_and(is_stuck),
        _ => owed::is_owed(order) && !latest.is_some_and(|latest| is_open(latest) && !is_stuck(latest)),
    }
}

/// Whether an attempt for what a change has put on may still be paid.
fn is_open(payment: &payment::Model) -> bool {
    payment.order_version.is_some()
        && !payment.superseded
        && matches!(
            payment.status,
            PaymentStatus::Created | PaymentStatus::Unknown | PaymentStatus::ActionRequired | PaymentStatus::Pending
        )
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
    refuse_card_number(&input.method)?;
    let input = &input;
    let tried = tried(shop, context, input).await?;
    let retried = shop.transact(context, |tx| async move {
        let order = open(&tx, input).await?;
        open_another(&tx, &order, &chosen(&tx, &input.method, &order).await?).await
    });
    let retried = retried.await;
    tried.judge_outcome(shop, context, &retried).await;
    retried
}

/// As [`retry`]. The key belongs to the signed-in customer, or to whoever holds the order.
///
/// # Errors
/// What [`retry`] refuses, and a key that was used for another request. A refused request
/// leaves its key free.
pub async fn retry_once(shop: &Shop, context: &Context, input: Retry, key: &str) -> Result<order::Model> {
    let key = &text::line(&["idempotencyKey"], key, 255)?;
    let input = &input;
    let tried = tried(shop, context, input).await?;
    let retried = shop.transact_keyed(context, |tx| async move {
        let order = open(&tx, input).await?;
        let (id, saved) = (order.id.to_string(), input.method.saved_parts());
        let mut parts = vec![
            id.as_str(),
            input.method.provider.as_deref().unwrap_or_default(),
            input.method.token.as_deref().unwrap_or_default(),
        ];
        parts.extend(saved.iter().map(String::as_str));
        let caller = match context.viewer.customer() {
            Some(customer) => customer.to_string(),
            None => order.id.to_string(),
        };
        let request = idempotency::Request::new("payment_retry", caller, key, &parts);
        if let Claim::Replay(_) = idempotency::claim(&tx, &request, order.id, order.id).await? {
            return Ok(order);
        }
        open_another(&tx, &order, &chosen(&tx, &input.method, &order).await?).await
    });
    let retried = retried.await;
    tried.judge_outcome(shop, context, &retried).await;
    retried
}

async fn tried(shop: &Shop, context: &Context, input: &Retry) -> Result<Tried, Refusal> {
    may_try(shop, context, &input.order.to_string(), input.access_token.as_deref()).await
}

/// The order that is to be paid again, locked.
async fn open(tx: &Tx, input: &Retry) -> Result<order::Model> {
    let order = transition::lock(tx, input.order).await?;
    if !opens(tx.shop(), tx.context(), &order, input.access_token.as_deref()) {
        return Err(Refusal::not_found("order").at(&["orderId"]).into());
    }
    Ok(order)
}

async fn chosen(tx: &Tx, method: &PaymentMethod, order: &order::Model) -> Result<ChosenMethod> {
    let chosen = choose(tx, method, due(order)).await?;
    refuse_on_account(&chosen)?;
    Ok(chosen)
}

fn due(order: &order::Model) -> Money {
    let minor = match owed::is_owed(order) {
        true => order.unpaid_minor,
        false => due_minor(order),
    };
    Money::new(minor, order.currency)
}

/// Opens an attempt for what a change of a locked order has put on.
async fn open_owed(tx: &Tx, order: &order::Model, method: &ChosenMethod) -> Result<order::Model> {
    let version = owed::version_of(tx, order.id).await?;
    let version = version.ok_or_else(|| Fault::Other(format!("{} owes for no version", order.id), None))?;
    give_up::withdraw_unsent(tx, order.id).await?;
    supersede(tx, order).await?;
    write_attempt(tx, order, method, AskedFor::Version(version)).await?;
    transition::note(tx, order, OrderEventKind::PaymentPending, true, json!({})).await
}

/// Opens another attempt for a locked order.
async fn open_another(tx: &Tx, order: &order::Model, method: &ChosenMethod) -> Result<order::Model> {
    if owed::is_owed(order) {
        return open_owed(tx, order, method).await;
    }
    let mut order = order.clone();
    if order.status == OrderStatus::PaymentPending && give_up::withdraw_unsent(tx, order.id).await? {
        let data = json!({ "declineCode": "not_sent" });
        order = transition::apply(tx, &order, Transition::PaymentFailed, data).await?;
    }
    if matches!(order.status, OrderStatus::PaymentPending | OrderStatus::PaymentSuccess) {
        return Err(in_progress(messages::payment_under_way()).into());
    }
    let order = transition::apply(tx, &order, Transition::RequestPayment, json!({})).await?;
    supersede(tx, &order).await?;
    write_attempt(tx, &order, method, AskedFor::Order).await?;
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
