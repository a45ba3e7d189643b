use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::legacy;

use super::object::LegacyOrder;
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// Which order is to be the same in both systems.
#[derive(Debug, InputObject)]
pub struct LegacyOrderRepairInput {
    /// The id of the `LegacyOrder`.
    pub id: ID,
}

/// Which order is left as it is in both systems, and why.
#[derive(Debug, InputObject)]
pub struct LegacyOrderDismissInput {
    /// The id of the `LegacyOrder`.
    pub id: ID,
    /// Why nothing needs to be done: at most 200 characters.
    pub reason: String,
}

payload! {
    /// What `legacyOrderRepair` answers.
    LegacyOrderRepairPayload {
        /// The order as it is now: it is compared again at once.
        legacy_order: LegacyOrder,
    }
}

payload! {
    /// What `legacyOrderDismiss` answers.
    LegacyOrderDismissPayload {
        /// The order as it is now.
        legacy_order: LegacyOrder,
    }
}

#[derive(Debug, Default)]
pub struct LegacyMutation;

#[Object]
impl LegacyMutation {
    /// Has an order be the same in both systems: one that was placed here is written to the older one anew, one that was placed
    /// there is taken as it is said now. One that is the same stays so. For staff with the permission `ORDERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn legacy_order_repair(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order.")] input: LegacyOrderRepairInput,
    ) -> Result<Option<LegacyOrderRepairPayload>> {
        LegacyOrderRepairPayload::of(repair(ctx, input).await)
    }

    /// Leaves an order as it is in both systems, until they differ in something else. For staff with the permission `ORDERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn legacy_order_dismiss(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order, and why.")] input: LegacyOrderDismissInput,
    ) -> Result<Option<LegacyOrderDismissPayload>> {
        LegacyOrderDismissPayload::of(dismiss(ctx, input).await)
    }
}

async fn repair(ctx: &Context<'_>, input: LegacyOrderRepairInput) -> vitrine_commerce::Result<LegacyOrder> {
    let id = ids::input(&input.id, "order", &["id"])?;
    Ok(LegacyOrder(legacy::repair(ctx.shop(), ctx.caller(), id).await?))
}

async fn dismiss(ctx: &Context<'_>, input: LegacyOrderDismissInput) -> vitrine_commerce::Result<LegacyOrder> {
    let id = ids::input(&input.id, "order", &["id"])?;
    let left = legacy::dismiss(ctx.shop(), ctx.caller(), id, &input.reason).await?;
    Ok(LegacyOrder(left))
}
