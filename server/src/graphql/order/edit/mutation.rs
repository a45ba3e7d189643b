use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use vitrine_commerce::{
    Error,
    fulfilment::edits::{self, Edit, Edited, ShopperEdit},
};

use super::{
    input::{OrderEditChangesInput, OrderEditLineInput},
    policy::{self, OrderEditPolicy, OrderEditPolicyUpdateInput},
    preview::OrderEditPreview,
};
use crate::{
    graphql::{
        order::object::Order,
        shared::{ContextExt, Decimal, MailingAddressInput, Result, UserError, outcome, payload},
    },
    ids,
};

/// A change of an order that is tried.
#[derive(Debug, InputObject)]
pub struct OrderEditPreviewInput {
    /// The order's id.
    pub order_id: ID,
    /// The order's version that you saw: refuse to try it on any other.
    pub expected_version: Option<i32>,
    /// What is changed.
    pub changes: OrderEditChangesInput,
}

/// A change of an order.
#[derive(Debug, InputObject)]
pub struct OrderEditInput {
    /// The order's id.
    pub order_id: ID,
    /// The order's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What is changed.
    pub changes: OrderEditChangesInput,
    /// What the order is to cost then: refuse, where it would cost something else.
    pub expected_total: Option<Decimal>,
    /// Why, as the shopper reads it, at most 200 characters.
    pub reason: Option<String>,
    /// Made by the client, once for each change that it means to make, such as a random UUID. Sent again with the same
    /// input, it changes nothing more. At most 255 characters.
    pub idempotency_key: String,
}

/// What whoever placed an order changes of it.
#[derive(Debug, InputObject)]
pub struct OrderEditByShopperInput {
    /// The order's id.
    pub order_id: ID,
    /// Opens the order to a guest.
    #[graphql(secret)]
    pub access_token: Option<String>,
    /// The order's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// Lines of which there are to be fewer units; prices are the shop's.
    pub lines: Option<Vec<OrderEditLineInput>>,
    /// Where its goods go: the whole address. It is to cost the same to send them there, and the same taxes are to be due.
    pub shipping_address: Option<MailingAddressInput>,
    /// Made by the client, once for each change that it means to make, such as a random UUID. Sent again with the same
    /// input, it changes nothing more. At most 255 characters.
    pub idempotency_key: String,
}

payload! {
    /// What `orderEditPreview` answers.
    OrderEditPreviewPayload {
        /// What it would come to.
        preview: OrderEditPreview,
    }
}

/// What `orderEdit` answers.
#[derive(Debug, SimpleObject)]
pub struct OrderEditPayload {
    /// The order as it is now. Null where nothing was done.
    pub order: Option<Order>,
    /// Whether this repeats the answer to an earlier request with the same key.
    pub replayed: bool,
    /// Why nothing was done; empty when it was done.
    pub user_errors: Vec<UserError>,
}

/// What `orderEditByShopper` answers.
#[derive(Debug, SimpleObject)]
pub struct OrderEditByShopperPayload {
    /// The order as it is now. Null where nothing was done.
    pub order: Option<Order>,
    /// Whether this repeats the answer to an earlier request with the same key.
    pub replayed: bool,
    /// Why nothing was done; empty when it was done.
    pub user_errors: Vec<UserError>,
}

payload! {
    /// What `orderEditPolicyUpdate` answers.
    OrderEditPolicyUpdatePayload {
        /// The policy as it is now.
        order_edit_policy: OrderEditPolicy,
    }
}

#[derive(Debug, Default)]
pub struct OrderEditMutation;

#[Object]
impl OrderEditMutation {
    /// Tries a change of an order: what it would cost, what would be paid or go back, and what it would do to stock.
    /// Nothing is written. For staff with the permission `ORDERS`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn order_edit_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order is tried to be changed, and how.")] input: OrderEditPreviewInput,
    ) -> Result<Option<OrderEditPreviewPayload>> {
        OrderEditPreviewPayload::of(within_changes(preview(ctx, input).await))
    }

    /// Changes a confirmed order before it is sent, all or nothing. What stays is priced as it was sold; what it costs more
    /// is to be paid by `orderPaymentRetry` (the shopper is sent a link), and what it costs less goes back to what it was
    /// paid with, unless it is only held. Stock follows. Lines that are packed, sent or paid back keep so many units. For
    /// staff with the permission `ORDERS`; where money goes back, they need `REFUNDS`, too.
    #[graphql(complexity = "50 + child_complexity")]
    async fn order_edit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order is changed, and how.")] input: OrderEditInput,
    ) -> Result<Option<OrderEditPayload>> {
        let (edited, user_errors) = outcome(within_changes(edit(ctx, input).await))?;
        let (order, replayed) = shown(edited);
        Ok(Some(OrderEditPayload {
            order,
            replayed,
            user_errors,
        }))
    }

    /// Changes an order for whoever placed it, as long as its `editableUntil` says: where it goes, and fewer units. What it
    /// costs less goes back. For its customer, a guest with its access token, and staff with the permission `ORDERS`; where money
    /// goes back, staff need `REFUNDS`, too.
    #[graphql(complexity = "50 + child_complexity")]
    async fn order_edit_by_shopper(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order is changed, and how.")] input: OrderEditByShopperInput,
    ) -> Result<Option<OrderEditByShopperPayload>> {
        let (edited, user_errors) = outcome(edit_by_shopper(ctx, input).await)?;
        let (order, replayed) = shown(edited);
        Ok(Some(OrderEditByShopperPayload {
            order,
            replayed,
            user_errors,
        }))
    }

    /// Says what holds of changes of orders from now on. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn order_edit_policy_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What holds from now on.")] input: OrderEditPolicyUpdateInput,
    ) -> Result<Option<OrderEditPolicyUpdatePayload>> {
        OrderEditPolicyUpdatePayload::of(policy::update(ctx, input).await)
    }
}

/// What is changed stands in an input of its own.
fn within_changes<T>(outcome: vitrine_commerce::Result<T>) -> vitrine_commerce::Result<T> {
    outcome.map_err(|error| match error {
        Error::Refused(mut refusals) => {
            for refusal in &mut refusals {
                let first = refusal.field.first().map(String::as_str);
                if matches!(
                    first,
                    Some("lines" | "added" | "shipping" | "shippingAddress" | "discount")
                ) {
                    refusal.field.insert(0, "changes".to_owned());
                }
            }
            Error::Refused(refusals)
        }
        fault => fault,
    })
}

fn shown(edited: Option<Edited>) -> (Option<Order>, bool) {
    let replayed = edited.as_ref().is_some_and(|edited| edited.replayed);
    (edited.map(|edited| Order(edited.order)), replayed)
}

async fn preview(ctx: &Context<'_>, input: OrderEditPreviewInput) -> vitrine_commerce::Result<OrderEditPreview> {
    let order = ids::input(&input.order_id, "order", &["orderId"])?;
    let changes = input.changes.read()?;
    let expected = input.expected_version.map(i64::from);
    let preview = edits::preview(ctx.shop(), ctx.caller(), order, expected, &changes).await?;
    Ok(preview.into())
}

async fn edit(ctx: &Context<'_>, input: OrderEditInput) -> vitrine_commerce::Result<Edited> {
    let edit = Edit {
        order: ids::input(&input.order_id, "order", &["orderId"])?,
        expected_version: input.expected_version.map(i64::from),
        changes: input.changes.read()?,
        expected_total: input.expected_total.map(|total| total.0),
        reason: input.reason,
        idempotency_key: input.idempotency_key,
    };
    edits::edit(ctx.shop(), ctx.caller(), edit).await
}

async fn edit_by_shopper(ctx: &Context<'_>, input: OrderEditByShopperInput) -> vitrine_commerce::Result<Edited> {
    let lines = input.lines.unwrap_or_default().into_iter().enumerate();
    let lines = lines
        .map(|(place, line)| line.read(place))
        .collect::<std::result::Result<_, vitrine_commerce::Refusal>>()?;
    let edit = ShopperEdit {
        order: ids::input(&input.order_id, "order", &["orderId"])?,
        access_token: input.access_token,
        expected_version: input.expected_version.map(i64::from),
        lines,
        shipping_address: input.shipping_address.map(Into::into),
        idempotency_key: input.idempotency_key,
    };
    edits::edit_by_shopper(ctx.shop(), ctx.caller(), edit).await
}
