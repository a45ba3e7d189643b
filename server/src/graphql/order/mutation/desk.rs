use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::orders::desk;

use crate::{
    graphql::{
        order::{note::OrderNote, object::Order},
        shared::{ContextExt, Result, payload},
    },
    ids,
};

/// A note about an order.
#[derive(Debug, InputObject)]
pub struct OrderNoteAddInput {
    /// The order's id.
    pub order_id: ID,
    /// What staff should know, at most 5,000 characters.
    pub text: String,
}

/// Which note changes.
#[derive(Debug, InputObject)]
pub struct OrderNoteUpdateInput {
    /// The note's id.
    pub id: ID,
    /// The note's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What staff should know, at most 5,000 characters.
    pub text: String,
}

/// Which note goes.
#[derive(Debug, InputObject)]
pub struct OrderNoteDeleteInput {
    /// The note's id.
    pub id: ID,
    /// The note's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

/// Which note comes back.
#[derive(Debug, InputObject)]
pub struct OrderNoteRestoreInput {
    /// The note's id.
    pub id: ID,
}

/// Which tags an order gets.
#[derive(Debug, InputObject)]
pub struct OrderTagsAddInput {
    /// The order's id.
    pub order_id: ID,
    /// Words of at most 40 characters; case makes no difference.
    pub tags: Vec<String>,
}

/// Which tags an order loses.
#[derive(Debug, InputObject)]
pub struct OrderTagsRemoveInput {
    /// The order's id.
    pub order_id: ID,
    /// The tags.
    pub tags: Vec<String>,
}

payload! {
    /// What `orderNoteAdd` answers.
    OrderNoteAddPayload {
        /// The new note.
        note: OrderNote,
    }
}
payload! {
    /// What `orderNoteUpdate` answers.
    OrderNoteUpdatePayload {
        /// The note as it is now.
        note: OrderNote,
    }
}
payload! {
    /// What `orderNoteDelete` answers.
    OrderNoteDeletePayload {
        /// The note as it was.
        note: OrderNote,
    }
}
payload! {
    /// What `orderNoteRestore` answers.
    OrderNoteRestorePayload {
        /// The note as it is now.
        note: OrderNote,
    }
}
payload! {
    /// What `orderTagsAdd` answers.
    OrderTagsAddPayload {
        /// The order as it is now.
        order: Order,
    }
}
payload! {
    /// What `orderTagsRemove` answers.
    OrderTagsRemovePayload {
        /// The order as it is now.
        order: Order,
    }
}

#[derive(Debug, Default)]
pub struct OrderDeskMutation;

#[Object]
impl OrderDeskMutation {
    /// Writes a note about an order, which shoppers never see. For staff with the permission `ORDERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn order_note_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A note about an order.")] input: OrderNoteAddInput,
    ) -> Result<Option<OrderNoteAddPayload>> {
        OrderNoteAddPayload::of(add(ctx, input).await)
    }

    /// Changes a note about an order. For staff with the permission `ORDERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn order_note_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which note changes.")] input: OrderNoteUpdateInput,
    ) -> Result<Option<OrderNoteUpdatePayload>> {
        OrderNoteUpdatePayload::of(update(ctx, input).await)
    }

    /// Takes a note about an order away. `orderNoteRestore` brings it back. For staff with the permission `ORDERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn order_note_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which note goes.")] input: OrderNoteDeleteInput,
    ) -> Result<Option<OrderNoteDeletePayload>> {
        OrderNoteDeletePayload::of(delete(ctx, input).await)
    }

    /// Brings a note about an order back. For staff with the permission `ORDERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn order_note_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which note comes back.")] input: OrderNoteRestoreInput,
    ) -> Result<Option<OrderNoteRestorePayload>> {
        OrderNoteRestorePayload::of(restore(ctx, input).await)
    }

    /// Gives an order tags, 30 at most, which shoppers never see. For staff with the permission `ORDERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn order_tags_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which tags an order gets.")] input: OrderTagsAddInput,
    ) -> Result<Option<OrderTagsAddPayload>> {
        OrderTagsAddPayload::of(tag(ctx, input).await)
    }

    /// Takes tags from an order; those that it does not have are no error. For staff with the permission `ORDERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn order_tags_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which tags an order loses.")] input: OrderTagsRemoveInput,
    ) -> Result<Option<OrderTagsRemovePayload>> {
        OrderTagsRemovePayload::of(untag(ctx, input).await)
    }
}

async fn add(ctx: &Context<'_>, input: OrderNoteAddInput) -> vitrine_commerce::Result<OrderNote> {
    let order = ids::input(&input.order_id, "order", &["orderId"])?;
    let note = desk::add_note(ctx.shop(), ctx.caller(), order, &input.text).await?;
    Ok(OrderNote(note))
}

async fn update(ctx: &Context<'_>, input: OrderNoteUpdateInput) -> vitrine_commerce::Result<OrderNote> {
    let id = ids::input(&input.id, "note", &["id"])?;
    let expected = input.expected_version.map(i64::from);
    let note = desk::update_note(ctx.shop(), ctx.caller(), id, expected, &input.text).await?;
    Ok(OrderNote(note))
}

async fn delete(ctx: &Context<'_>, input: OrderNoteDeleteInput) -> vitrine_commerce::Result<OrderNote> {
    let id = ids::input(&input.id, "note", &["id"])?;
    let expected = input.expected_version.map(i64::from);
    let note = desk::delete_note(ctx.shop(), ctx.caller(), id, expected).await?;
    Ok(OrderNote(note))
}

async fn restore(ctx: &Context<'_>, input: OrderNoteRestoreInput) -> vitrine_commerce::Result<OrderNote> {
    let id = ids::input(&input.id, "note", &["id"])?;
    Ok(OrderNote(desk::restore_note(ctx.shop(), ctx.caller(), id).await?))
}

async fn tag(ctx: &Context<'_>, input: OrderTagsAddInput) -> vitrine_commerce::Result<Order> {
    let order = ids::input(&input.order_id, "order", &["orderId"])?;
    Ok(Order(
        desk::add_tags(ctx.shop(), ctx.caller(), order, &input.tags).await?,
    ))
}

async fn untag(ctx: &Context<'_>, input: OrderTagsRemoveInput) -> vitrine_commerce::Result<Order> {
    let order = ids::input(&input.order_id, "order", &["orderId"])?;
    let untagged = desk::remove_tags(ctx.shop(), ctx.caller(), order, &input.tags).await?;
    Ok(Order(untagged))
}
