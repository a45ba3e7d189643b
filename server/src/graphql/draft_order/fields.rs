use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{cart, checkout::drafts, orders, staff::Permission};

use super::object::{DraftOrder, DraftOrderStatus};
use crate::{
    graphql::{
        cart::object::Cart,
        order::object::Order,
        shared::{ContextExt, Money, Result, Url, int},
        staff::actor::name_of,
    },
    ids,
};

/// An order that staff put together for somebody, by phone or mail. Whoever has its link pays it in the checkout, of its
/// `cart`, as any other.
#[Object]
impl DraftOrder {
    /// Names the draft order.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What people read and say, as in `D-7K3M-9QXT`.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// Where it stands.
    async fn status(&self, ctx: &Context<'_>) -> DraftOrderStatus {
        drafts::status(ctx.shop(), &self.0).into()
    }

    /// What it costs in all, as it was when staff last changed it; of one that is an order, what that costs. `cart.cost` is
    /// today's.
    async fn total(&self) -> Money {
        Money::new(self.0.total_minor, self.0.currency)
    }

    /// What it holds, for whom and for how much, priced at every read. Its lines cost what they did when staff put them in, or
    /// what staff say; no discount applies by itself. Null where it is forgotten.
    #[graphql(complexity = "20 + child_complexity")]
    async fn cart(&self, ctx: &Context<'_>) -> Result<Option<Cart>> {
        Ok(cart::view(ctx.shop(), ctx.caller(), self.0.cart_id).await?.map(Cart))
    }

    /// The order that it is, for a caller who may see that order without an access token.
    #[graphql(complexity = "5 + child_complexity")]
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        let Some(id) = self.0.order_id else { return Ok(None) };
        Ok(orders::find(ctx.shop(), ctx.caller(), id, None).await?.map(Order))
    }

    /// What staff write to whoever is to pay.
    async fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// What staff keep in mind about it. For staff with the permission `ORDERS`.
    async fn staff_note(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        ctx.require(Permission::Orders)?;
        Ok(self.0.staff_note.as_deref())
    }

    /// Where whoever has this address pays it, once it was sent. Keep it as you would a password. For staff with the
    /// permission `ORDERS`.
    async fn link(&self, ctx: &Context<'_>) -> Result<Option<Url>> {
        ctx.require(Permission::Orders)?;
        Ok(Some(Url(drafts::link(ctx.shop(), self.0.id))))
    }

    /// Until when it may be paid; null: as long as it is there.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.0.expires_at
    }

    /// When it was last sent.
    async fn sent_at(&self) -> Option<DateTime<Utc>> {
        self.0.sent_at
    }

    /// When it became an order.
    async fn completed_at(&self) -> Option<DateTime<Utc>> {
        self.0.completed_at
    }

    /// Grows with every change by staff: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// Who began it: an id. For staff with the permission `ORDERS`.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        ctx.require(Permission::Orders)?;
        Ok(Some(&self.0.created_by))
    }

    /// What whoever began it is called. For staff with the permission `ORDERS`.
    #[graphql(complexity = 2)]
    async fn created_by_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        ctx.require(Permission::Orders)?;
        name_of(ctx, &self.0.created_by).await
    }

    /// When it was begun.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When staff last changed it, or it became an order.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// When it was taken away; null while it is there.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}
