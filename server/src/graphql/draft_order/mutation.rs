//! What staff do with draft orders.

use std::time::Duration;

use async_graphql::{Context, Object, SimpleObject};
use vitrine_commerce::{
    Error,
    checkout::drafts::{self, SetLines},
    payments::{self, CapturePayment},
};
use vitrine_entity::{draft_order, order};

use super::{
    input::{
        DraftOrderCompleteInput, DraftOrderCreateInput, DraftOrderDeleteInput, DraftOrderDuplicateInput,
        DraftOrderLinesUpdateInput, DraftOrderRestoreInput, DraftOrderSendInput, DraftOrderUpdateInput, id, lines,
    },
    object::DraftOrder,
};
use crate::graphql::{
    order::object::Order,
    shared::{ContextExt, Result, UserError, outcome, payload},
};

/// How long a payment is waited for that staff say has come.
const BEGINS_WITHIN: Duration = Duration::from_secs(10);

payload! {
    /// What `draftOrderCreate` answers.
    DraftOrderCreatePayload {
        /// The draft order.
        draft_order: DraftOrder,
    }
}
payload! {
    /// What `draftOrderUpdate` answers.
    DraftOrderUpdatePayload {
        /// The draft order as it is now.
        draft_order: DraftOrder,
    }
}
payload! {
    /// What `draftOrderLinesUpdate` answers.
    DraftOrderLinesUpdatePayload {
        /// The draft order as it is now.
        draft_order: DraftOrder,
    }
}
payload! {
    /// What `draftOrderSend` answers.
    DraftOrderSendPayload {
        /// The draft order as it is now.
        draft_order: DraftOrder,
    }
}
payload! {
    /// What `draftOrderDuplicate` answers.
    DraftOrderDuplicatePayload {
        /// The new draft order.
        draft_order: DraftOrder,
    }
}
payload! {
    /// What `draftOrderDelete` answers.
    DraftOrderDeletePayload {
        /// The draft order that is taken away.
        draft_order: DraftOrder,
    }
}
payload! {
    /// What `draftOrderRestore` answers.
    DraftOrderRestorePayload {
        /// The draft order as it is now.
        draft_order: DraftOrder,
    }
}

/// What `draftOrderComplete` answers.
#[derive(Debug, SimpleObject)]
pub struct DraftOrderCompletePayload {
    /// The order that it is.
    pub order: Option<Order>,
    /// Whether it is noted that the money has come, where `paid` was said; where it could not be yet, note it with
    /// `paymentCapture`.
    pub paid: bool,
    /// Why it is no order; empty where it is one.
    pub user_errors: Vec<UserError>,
}

#[derive(Debug, Default)]
pub struct DraftOrderMutation;

#[Object]
impl DraftOrderMutation {
    /// Begins a draft order, of which nobody is told yet. No stock is held for it. For staff with the permission `ORDERS`.
    #[graphql(complexity = "30 + child_complexity")]
    async fn draft_order_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it holds.")] input: DraftOrderCreateInput,
    ) -> Result<Option<DraftOrderCreatePayload>> {
        let done = async { shown(drafts::create(ctx.shop(), ctx.caller(), input.read()?).await?.0) };
        DraftOrderCreatePayload::of(done.await)
    }

    /// Changes what staff say of a draft order beside its lines, until it is an order; one that was sent stays so, and whoever
    /// has its link sees the change. For staff with the permission `ORDERS`.
    #[graphql(complexity = "30 + child_complexity")]
    async fn draft_order_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draft order changes, and how.")] input: DraftOrderUpdateInput,
    ) -> Result<Option<DraftOrderUpdatePayload>> {
        let version = input.expected_version.map(i64::from);
        let done = async {
            let (id, fields) = (id(&input.id)?, input.draft_order.read()?);
            shown(drafts::update(ctx.shop(), ctx.caller(), id, version, fields).await?.0)
        };
        DraftOrderUpdatePayload::of(done.await)
    }

    /// Puts lines into a draft order, changes them, and takes them out, until it is an order. For staff with the permission
    /// `ORDERS`.
    #[graphql(complexity = "30 + child_complexity")]
    async fn draft_order_lines_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which lines change.")] input: DraftOrderLinesUpdateInput,
    ) -> Result<Option<DraftOrderLinesUpdatePayload>> {
        let done = async {
            let change = SetLines {
                draft: id(&input.id)?,
                expected_version: input.expected_version.map(i64::from),
                lines: lines(input.lines)?,
                idempotency_key: input.idempotency_key,
            };
            shown(drafts::set_lines(ctx.shop(), ctx.caller(), change).await?)
        };
        DraftOrderLinesUpdatePayload::of(done.await)
    }

    /// Lets whoever has its link pay a draft order, and mails it to its address. Asked again, it stays as it is, and no
    /// second mail goes out unless `again` is said. For staff with the permission `ORDERS`.
    #[graphql(complexity = "30 + child_complexity")]
    async fn draft_order_send(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draft order is sent.")] input: DraftOrderSendInput,
    ) -> Result<Option<DraftOrderSendPayload>> {
        let done = async { shown(drafts::send(ctx.shop(), ctx.caller(), input.read()?).await?) };
        DraftOrderSendPayload::of(done.await)
    }

    /// Makes a draft order an order that is paid by other means than its link, as `orderPlace` makes one: refused with whatever
    /// that refuses. It need not be sent, and may have expired. Completed again, it gives the same order. For staff with the
    /// permission `ORDERS`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn draft_order_complete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draft order becomes an order, and how it is paid.")] input: DraftOrderCompleteInput,
    ) -> Result<Option<DraftOrderCompletePayload>> {
        let (done, user_errors) = outcome(complete(ctx, input).await)?;
        let (order, paid) = done.map_or((None, false), |(order, paid)| (Some(Order(order)), paid));
        Ok(Some(DraftOrderCompletePayload {
            order,
            paid,
            user_errors,
        }))
    }

    /// Begins a draft order that holds what another does, for the same person, at the same prices. For staff with the
    /// permission `ORDERS`.
    #[graphql(complexity = "30 + child_complexity")]
    async fn draft_order_duplicate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draft order is begun once more.")] input: DraftOrderDuplicateInput,
    ) -> Result<Option<DraftOrderDuplicatePayload>> {
        let done = async { shown(drafts::duplicate(ctx.shop(), ctx.caller(), id(&input.id)?).await?.0) };
        DraftOrderDuplicatePayload::of(done.await)
    }

    /// Takes a draft order away: its link opens nothing any more. Deleted again, it stays so. For staff with the permission
    /// `ORDERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn draft_order_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draft order is taken away.")] input: DraftOrderDeleteInput,
    ) -> Result<Option<DraftOrderDeletePayload>> {
        let version = input.expected_version.map(i64::from);
        let done = async { shown(drafts::delete(ctx.shop(), ctx.caller(), id(&input.id)?, version).await?) };
        DraftOrderDeletePayload::of(done.await)
    }

    /// Brings a draft order back, with its link, until it is forgotten. For staff with the permission `ORDERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn draft_order_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draft order comes back.")] input: DraftOrderRestoreInput,
    ) -> Result<Option<DraftOrderRestorePayload>> {
        let done = async { shown(drafts::restore(ctx.shop(), ctx.caller(), id(&input.id)?).await?) };
        DraftOrderRestorePayload::of(done.await)
    }
}

fn shown(row: draft_order::Model) -> vitrine_commerce::Result<DraftOrder> {
    Ok(DraftOrder(row))
}

/// The order, and whether it is noted that its money has come.
async fn complete(ctx: &Context<'_>, input: DraftOrderCompleteInput) -> vitrine_commerce::Result<(order::Model, bool)> {
    let is_paid = input.paid.unwrap_or_default();
    let order = drafts::complete(ctx.shop(), ctx.caller(), input.read()?).await?.order;
    if !is_paid {
        return Ok((order, false));
    }
    let order = payments::outcome_of_new(ctx.shop(), order, BEGINS_WITHIN, ctx.stopping()).await?;
    let capture = CapturePayment {
        order: order.id,
        amount: None,
        idempotency_key: format!("draft-order-of:{}", order.id),
    };
    match payments::capture(ctx.shop(), ctx.caller(), capture).await {
        Ok(_) => Ok((order, true)),
        // It is an order all the same.
        Err(Error::Refused(_)) => Ok((order, false)),
        Err(error) => Err(error),
    }
}
