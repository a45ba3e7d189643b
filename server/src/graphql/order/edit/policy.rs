use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    flags::{self, Capability},
    fulfilment::edits::{self, EditPolicyUpdate},
    staff::Permission,
};
use vitrine_entity::{order, order_edit_policy};

use crate::graphql::shared::{ContextExt, Result, int};

/// What holds of changes of orders before they are sent.
#[derive(Debug, SimpleObject)]
pub struct OrderEditPolicy {
    /// For how many minutes after placing an order shoppers may change it themselves; 0: not at all.
    pub shopper_minutes: i32,
    /// Whether an order goes on its way although what a change has put on is not paid.
    pub dispatches_unpaid: bool,
    /// Grows with every change: send it as `expectedVersion`.
    pub version: i32,
}

impl From<order_edit_policy::Model> for OrderEditPolicy {
    fn from(row: order_edit_policy::Model) -> Self {
        Self {
            shopper_minutes: row.shopper_minutes,
            dispatches_unpaid: row.dispatches_unpaid,
            version: int(row.version),
        }
    }
}

/// What changes of what holds of changes of orders. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct OrderEditPolicyUpdateInput {
    /// The policy's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// For how many minutes after placing an order shoppers may change it themselves, 0 to 10080: a week.
    pub shopper_minutes: Option<i32>,
    /// Whether an order goes on its way although what a change has put on is not paid.
    pub dispatches_unpaid: Option<bool>,
}

pub(super) async fn update(
    ctx: &Context<'_>,
    input: OrderEditPolicyUpdateInput,
) -> vitrine_commerce::Result<OrderEditPolicy> {
    let update = EditPolicyUpdate {
        expected_version: input.expected_version.map(i64::from),
        shopper_minutes: input.shopper_minutes,
        dispatches_unpaid: input.dispatches_unpaid,
    };
    Ok(edits::update_edit_policy(ctx.shop(), ctx.caller(), update)
        .await?
        .into())
}

/// Until when whoever placed an order may change it.
pub(in crate::graphql::order) async fn editable_until(
    ctx: &Context<'_>,
    order: &order::Model,
) -> Result<Option<DateTime<Utc>>> {
    if !flags::is_on(ctx.shop(), ctx.caller(), Capability::OrderEdits).await? {
        return Ok(None);
    }
    let policy = edits::edit_policy(ctx.shop()).await?;
    Ok(edits::editable_until(order, &policy, ctx.shop().now()))
}

#[derive(Debug, Default)]
pub struct OrderEditPolicyQuery;

#[Object]
impl OrderEditPolicyQuery {
    /// What holds of changes of orders before they are sent. For staff with the permission `ORDERS`.
    async fn order_edit_policy(&self, ctx: &Context<'_>) -> Result<Option<OrderEditPolicy>> {
        ctx.require(Permission::Orders)?;
        Ok(Some(edits::edit_policy(ctx.shop()).await?.into()))
    }
}
