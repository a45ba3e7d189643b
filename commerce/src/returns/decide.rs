//! A return is approved, refused, or given up.

use sea_orm::EntityTrait;
use serde_json::json;
use vitrine_entity::{
    ids::{LocationId, ReturnId},
    location,
    order_event::OrderEventKind,
    order_return::{self, ReturnStatus},
    order_return_event::ReturnEventKind,
    return_policy,
};

use super::{policy, row, state::Step};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    inventory,
    language::messages,
    orders::{
        access::{may_try, opens},
        transition,
    },
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// Where goods are sent back to, and how.
#[derive(Debug, Clone)]
pub struct Approve {
    pub id: ReturnId,
    /// The version that the member of staff saw.
    pub expected_version: Option<i64>,
    /// That of the policy where none is named, else the first one.
    pub location: Option<LocationId>,
    /// Those of the policy where none are given.
    pub instructions: Option<String>,
    /// Where the shopper finds a label that the shop pays.
    pub label_url: Option<String>,
}

/// Approves a return: the shopper is told where to send the goods. Asked again it answers the same.
///
/// # Errors
/// Refuses whoever may not, a return that is decided or given up, and a place of which nobody knows where it is.
pub async fn approve(shop: &Shop, context: &Context, input: Approve) -> Result<order_return::Model> {
    permission::require(context, Permission::Orders)?;
    let instructions = &text::optional_paragraph(&["instructions"], input.instructions.as_deref(), 2_000)?;
    let label = &text::web_address(&["labelUrl"], input.label_url.as_deref())?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let (order, mut row) = row::lock(&tx, input.id).await?;
        if row.status == ReturnStatus::Approved {
            return Ok(row);
        }
        expect_version("return", row.version, input.expected_version)?;
        row::step(&tx, &mut row, Step::Approve)?;
        let policy = policy::policy_on(&tx).await?;
        row.instructions = instructions.clone().or(policy.instructions);
        row.label_url = label.clone();
        row.location_id = destination(&tx, input.location.or(policy.location_id)).await?;
        refuse_nowhere(&tx, &row).await?;
        let row = row::write(&tx, row, ReturnEventKind::Approved, json!({})).await?;
        row::tell(&tx, &order, &row, OrderEventKind::ReturnApproved).await?;
        audit(
            &tx,
            "return.approve",
            row.id.to_string(),
            json!({ "order": order.number }),
        )
        .await?;
        Ok(row)
    })
    .await
}

/// Approves a return that was just asked for, where the shop says so and it is known where the goods go.
pub(super) async fn approve_at_once(tx: &Tx, row: order_return::Model) -> Result<order_return::Model> {
    let policy = policy::policy_on(tx).await?;
    match policy.approves_at_once {
        true => approve_where_possible(tx, &policy, row).await,
        false => Ok(row),
    }
}

/// Approves a return, where it is known where the goods go; else staff have to say it.
pub(super) async fn approve_where_possible(
    tx: &Tx,
    policy: &return_policy::Model,
    mut row: order_return::Model,
) -> Result<order_return::Model> {
    row.instructions = policy.instructions.clone();
    row.location_id = destination(tx, policy.location_id).await?;
    if refuse_nowhere(tx, &row).await.is_err() {
        return Ok(row);
    }
    row::step(tx, &mut row, Step::Approve)?;
    let row = row::write(tx, row, ReturnEventKind::Approved, json!({})).await?;
    let order = transition::lock(tx, row.order_id).await?;
    row::tell(tx, &order, &row, OrderEventKind::ReturnApproved).await?;
    Ok(row)
}

async fn destination(tx: &Tx, named: Option<LocationId>) -> Result<Option<LocationId>> {
    let Some(id) = named else {
        return inventory::usual_location(tx.db()).await;
    };
    let found = location::Entity::find_by_id(id).one(tx.db()).await?;
    match found {
        Some(location) if location.deleted_at.is_none() => Ok(Some(id)),
        _ => Err(Refusal::not_found("location").at(&["locationId"]).into()),
    }
}

/// Nobody sends goods to where nobody says that it is.
async fn refuse_nowhere(tx: &Tx, row: &order_return::Model) -> Result<()> {
    if row.instructions.is_some() || row.label_url.is_some() || tx.shop().profile().address.is_some() {
        return Ok(());
    }
    let place = match row.location_id {
        Some(id) => location::Entity::find_by_id(id).one(tx.db()).await?,
        None => None,
    };
    if place.is_some_and(|place| place.address.is_some()) {
        return Ok(());
    }
    let message = messages::return_needs_address();
    Err(Refusal::new(ErrorCode::Invalid, message).at(&["locationId"]).into())
}

/// Refuses a return, with a reason that the shopper reads. Asked again it answers the same.
///
/// # Errors
/// Refuses whoever may not, and a return that is decided or given up.
pub async fn refuse(
    shop: &Shop,
    context: &Context,
    id: ReturnId,
    expected_version: Option<i64>,
    reason: &str,
) -> Result<order_return::Model> {
    permission::require(context, Permission::Orders)?;
    let reason = &text::line(&["reason"], reason, 500)?;
    shop.transact(context, |tx| async move {
        let (order, mut row) = row::lock(&tx, id).await?;
        if row.status == ReturnStatus::Refused {
            return Ok(row);
        }
        expect_version("return", row.version, expected_version)?;
        row::step(&tx, &mut row, Step::Refuse)?;
        row.refusal = Some(reason.clone());
        let row = row::write(&tx, row, ReturnEventKind::Refused, json!({})).await?;
        row::tell(&tx, &order, &row, OrderEventKind::ReturnRefused).await?;
        audit(&tx, "return.refuse", row.id.to_string(), json!({ "reason": reason })).await?;
        Ok(row)
    })
    .await
}

/// Gives a return up before any of it has come: for the shopper, and for staff. Asked again it answers the same.
///
/// # Errors
/// `NOT_FOUND` for whoever may not open its order; refuses one of which something has come.
pub async fn cancel(
    shop: &Shop,
    context: &Context,
    id: ReturnId,
    access_token: Option<&str>,
) -> Result<order_return::Model> {
    let tried = may_try(shop, context, &id.to_string(), access_token).await?;
    let cancelled = shop.transact(context, |tx| async move {
        let (order, mut row) = row::lock(&tx, id).await?;
        if !opens(shop, context, &order, access_token) {
            return Err(Refusal::not_found("return").at(&["id"]).into());
        }
        if row.status == ReturnStatus::Cancelled {
            return Ok(row);
        }
        row::step(&tx, &mut row, Step::Cancel)?;
        let row = row::write(&tx, row, ReturnEventKind::Cancelled, json!({})).await?;
        row::tell(&tx, &order, &row, OrderEventKind::ReturnCancelled).await?;
        audit(
            &tx,
            "return.cancel",
            row.id.to_string(),
            json!({ "order": order.number }),
        )
        .await?;
        Ok(row)
    });
    let cancelled = cancelled.await;
    tried.judge_outcome(shop, context, &cancelled).await;
    cancelled
}
