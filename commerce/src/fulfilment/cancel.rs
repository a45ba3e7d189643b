//! Cancels an order before it is dispatched: the goods go back, and so does the money.

use serde_json::json;
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
};

use super::parcels::unpack;
use crate::{
    Context, Refusal, Result, Shop, Tx,
    catalog::sales,
    credit, discounts,
    flags::{self, Capability},
    inventory,
    jobs::Job,
    orders::{
        CancelReason,
        access::{may_try, opens},
        load,
        state::{Transition, is_paid},
        transition,
    },
    payments, sql,
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// Which order, and why.
#[derive(Debug, Clone)]
pub struct Cancel {
    pub order: OrderId,
    /// For a guest.
    pub access_token: Option<String>,
    /// Shown in the timeline and the mail.
    pub reason: Option<String>,
}

/// Cancels for the shopper or for staff.
pub async fn cancel(shop: &Shop, context: &Context, input: Cancel) -> Result<order::Model> {
    let reason = &text::optional_line(&["reason"], input.reason.as_deref(), 200)?;
    let input = &input;
    let token = input.access_token.as_deref();
    let tried = may_try(shop, context, &input.order.to_string(), token).await?;
    let cancelled = shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, input.order).await?;
        if !opens(shop, context, &order, token) {
            return Err(Refusal::not_found("order").at(&["orderId"]).into());
        }
        if order.status == OrderStatus::Cancelled {
            // Asked again, perhaps because the answer was lost.
            return Ok(order);
        }
        flags::require_in(&tx, Capability::OrderCancellation).await?;
        require_refunds(&tx, &order).await?;
        audit(&tx, "order.cancel", order.id.to_string(), json!({ "reason": reason })).await?;
        let reason = reason.as_deref().map(CancelReason::Given);
        cancel_locked(&tx, &order, reason).await
    });
    let cancelled = cancelled.await;
    tried.judge_outcome(shop, context, &cancelled).await;
    cancelled
}

/// Cancelling pays back: who works here needs the permission to, where money of a locked order is here, or gift cards and store
/// credit have paid it.
///
/// # Errors
/// `FORBIDDEN`.
pub(crate) async fn require_refunds(tx: &Tx, order: &order::Model) -> Result<()> {
    if !tx.context().viewer.works_here() {
        return Ok(());
    }
    let by_credit = order.credit_minor > 0 && is_paid(order.status);
    if by_credit || payments::is_captured(tx, order.id).await? {
        permission::require(tx.context(), Permission::Refunds)?;
    }
    Ok(())
}

/// Cancels an order that this transaction has locked. Stock goes back at once; a payment that is
/// under way or done is given up or paid back by the jobs that follow.
pub(crate) async fn cancel_locked(
    tx: &Tx,
    order: &order::Model,
    reason: Option<CancelReason<'_>>,
) -> Result<order::Model> {
    let was_sold = order.status == OrderStatus::Confirmed;
    if was_sold {
        unpack(tx, order).await?;
        credit::withdraw_sold(tx, order).await?;
    }
    let order = transition::apply(tx, order, Transition::Cancel, CancelReason::data(reason)).await?;
    if was_sold {
        sales::note(tx, order.id, sales::Change::Returned);
    }
    discounts::release(tx, &order).await?;
    inventory::release(tx, order.id).await?;
    inventory::put_back(tx, order.id).await?;
    inventory::withdraw(tx, order.id).await?;
    let given_back = credit::give_back(tx, &order).await?;
    let mut order = order;
    for (account, amount_minor) in given_back {
        if payments::pass_on(tx, order.id, account, amount_minor).await? > 0 {
            order = credit::tell_of_shut(tx, order, account).await?;
        }
    }
    let order = forgive(tx, order).await?;
    let products = order_products(tx, &order).await?;
    tx.enqueue(None, Job::IndexProducts { products });
    payments::give_up(tx, order).await
}

/// What a change has put on is not to be paid any more.
async fn forgive(tx: &Tx, order: order::Model) -> Result<order::Model> {
    if order.unpaid_minor > 0 {
        sql::execute(
            tx.db(),
            "update orders set unpaid_minor = 0 where id = $1",
            [order.id.into()],
        )
        .await?;
    }
    Ok(order::Model {
        unpaid_minor: 0,
        ..order
    })
}

async fn order_products(tx: &Tx, order: &order::Model) -> Result<Vec<vitrine_entity::ids::ProductId>> {
    Ok(load::lines_on(tx.db(), order.id)
        .await?
        .iter()
        .map(|line| line.product_id)
        .collect())
}
