//! Staff decide what the rules did not: of statements that came late, of goods that are exempt, of no known order.

use serde_json::json;
use vitrine_entity::{
    ids::{OrderId, OrderLineId, WithdrawalId},
    order_event::OrderEventKind,
    withdrawal::{self, WithdrawalStatus},
    withdrawal_event::WithdrawalEventKind,
};

use super::{
    carry_out::{Exempt, Outcome, Units, carry_out},
    declare, notify, row, settle,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    language::messages,
    orders::{load, transition},
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// Which statement is accepted.
#[derive(Debug, Clone)]
pub struct Accept {
    pub id: WithdrawalId,
    /// The version that the member of staff saw.
    pub expected_version: Option<i64>,
    /// From which units, in place of those that were declared: where the shopper said it in their own words.
    pub lines: Option<Vec<(OrderLineId, i32)>>,
}

/// Accepts a statement, whatever the rules say of it: what is with the shopper comes back, or the order is cancelled where
/// nothing of it was sent. Asked again it answers the same.
///
/// # Errors
/// Refuses whoever may not, also where a paid order is cancelled by it and they may pay nothing back, a statement that was refused,
/// one of no known order, and lines that the order has not.
pub async fn accept(shop: &Shop, context: &Context, input: Accept) -> Result<withdrawal::Model> {
    permission::require(context, Permission::Orders)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let (order, row) = row::lock(&tx, input.id).await?;
        match row.status {
            WithdrawalStatus::Accepted => return Ok(row),
            WithdrawalStatus::Refused => return Err(decided().into()),
            WithdrawalStatus::Received => {}
        }
        expect_version("withdrawal", row.version, input.expected_version)?;
        let unknown = || Refusal::new(ErrorCode::OrderState, messages::withdrawal_needs_order()).at(&["id"]);
        let order = order.ok_or_else(unknown)?;
        let units = units(&tx, &order.id, &row, input.lines.as_deref()).await?;
        let outcome = carry_out(&tx, &order, &row, &units, Exempt::TakenBack).await?;
        let row = settle::accepted(&tx, row, &outcome).await?;
        if outcome.returned.is_none() && !outcome.cancelled {
            notify::tell_decision(&tx, &row);
        }
        note(&tx, &row, "withdrawal.accept", &outcome).await?;
        Ok(row)
    })
    .await
}

async fn note(tx: &Tx, row: &withdrawal::Model, action: &'static str, outcome: &Outcome) -> Result<()> {
    let data = json!({ "number": row.number, "return": outcome.returned, "cancelled": outcome.cancelled });
    audit(tx, action, row.id.to_string(), data).await
}

async fn units(
    tx: &Tx,
    order: &OrderId,
    row: &withdrawal::Model,
    given: Option<&[(OrderLineId, i32)]>,
) -> Result<Vec<Units>> {
    let Some(given) = given else {
        return Ok(row::lines(tx, row.id).await?.into_iter().map(Units::from).collect());
    };
    let chosen = declare::chosen(load::lines_on(tx.db(), *order).await?, given)?;
    let units = chosen.into_iter().map(|(line, quantity)| Units {
        line: line.id,
        quantity,
        is_exempt: false,
    });
    Ok(units.collect())
}

/// Refuses a statement, with a reason that the shopper reads. Asked again it answers the same.
///
/// # Errors
/// Refuses whoever may not, and a statement that was accepted.
pub async fn refuse(
    shop: &Shop,
    context: &Context,
    id: WithdrawalId,
    expected_version: Option<i64>,
    reason: &str,
) -> Result<withdrawal::Model> {
    permission::require(context, Permission::Orders)?;
    let reason = &text::line(&["reason"], reason, 500)?;
    shop.transact(context, |tx| async move {
        let (order, mut row) = row::lock(&tx, id).await?;
        match row.status {
            WithdrawalStatus::Refused => return Ok(row),
            WithdrawalStatus::Accepted => return Err(decided().into()),
            WithdrawalStatus::Received => {}
        }
        expect_version("withdrawal", row.version, expected_version)?;
        row.status = WithdrawalStatus::Refused;
        row.refusal = Some(reason.clone());
        let row = row::write(&tx, row, WithdrawalEventKind::Refused, json!({})).await?;
        if let Some(order) = order {
            let data = json!({ "withdrawal": id.to_string(), "number": row.number });
            transition::note(&tx, &order, OrderEventKind::WithdrawalRefused, true, data).await?;
        }
        notify::tell_decision(&tx, &row);
        audit(&tx, "withdrawal.refuse", id.to_string(), json!({ "reason": reason })).await?;
        Ok(row)
    })
    .await
}

fn decided() -> Refusal {
    Refusal::new(ErrorCode::OrderState, messages::withdrawal_is_decided()).at(&["id"])
}

/// Says which order a statement means that named none that anybody knew, and settles it by the rules. Asked again it answers
/// the same.
///
/// # Errors
/// Refuses whoever may not, also where a paid order is cancelled by it and they may pay nothing back, an order that there is not,
/// and a statement that is of another.
pub async fn match_order(
    shop: &Shop,
    context: &Context,
    id: WithdrawalId,
    order: OrderId,
) -> Result<withdrawal::Model> {
    permission::require(context, Permission::Orders)?;
    shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, order).await?;
        let row = tx.lock::<withdrawal::Entity>(id).await?;
        let mut row = row.ok_or_else(|| Refusal::not_found("withdrawal").at(&["id"]))?;
        if row.order_id == Some(order.id) {
            return Ok(row);
        }
        if row.order_id.is_some() || row.status != WithdrawalStatus::Received {
            let message = messages::withdrawal_has_order();
            return Err(Refusal::new(ErrorCode::OrderState, message).at(&["id"]).into());
        }
        row.order_id = Some(order.id);
        let data = json!({ "order": order.number });
        let row = row::write(&tx, row, WithdrawalEventKind::Matched, data.clone()).await?;
        declare::write_lines(&tx, &row, order.id, None).await?;
        let told = json!({ "withdrawal": id.to_string(), "number": row.number });
        let order = transition::note(&tx, &order, OrderEventKind::WithdrawalReceived, true, told).await?;
        audit(&tx, "withdrawal.match", id.to_string(), data).await?;
        settle::settle(&tx, &order, row).await
    })
    .await
}
