use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::cart;

use super::cart_ref::cart_ref;
use crate::{
    graphql::{
        cart::object::Cart,
        shared::{ContextExt, MailingAddressInput, Result, payload},
    },
    ids,
};

/// Who buys.
#[derive(Debug, InputObject)]
pub struct CartContactUpdateInput {
    /// The cart's id.
    pub cart_id: ID,
    /// Where the order's mails go: one mail address.
    pub email: String,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// Where the goods and the bill go.
#[derive(Debug, InputObject)]
pub struct CartAddressesUpdateInput {
    /// The cart's id.
    pub cart_id: ID,
    /// Where the goods go.
    pub shipping_address: MailingAddressInput,
    /// Where the bill goes; to the shipping address unless given.
    pub billing_address: Option<MailingAddressInput>,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// How the goods are sent.
#[derive(Debug, InputObject)]
pub struct CartShippingMethodSelectInput {
    /// The cart's id.
    pub cart_id: ID,
    /// The id of one of the cart's `shippingMethods`.
    pub shipping_method_id: ID,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// What the shopper wants the shop to know.
#[derive(Debug, InputObject)]
pub struct CartNoteUpdateInput {
    /// The cart's id.
    pub cart_id: ID,
    /// At most 2000 characters; null takes the note away.
    pub note: Option<String>,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `cartContactUpdate` answers.
    CartContactUpdatePayload {
        /// The cart as it is now.
        cart: Cart,
    }
}
payload! {
    /// What `cartAddressesUpdate` answers.
    CartAddressesUpdatePayload {
        /// The cart as it is now, with what reaches its address in `shippingMethods`.
        cart: Cart,
    }
}
payload! {
    /// What `cartShippingMethodSelect` answers.
    CartShippingMethodSelectPayload {
        /// The cart as it is now.
        cart: Cart,
    }
}
payload! {
    /// What `cartNoteUpdate` answers.
    CartNoteUpdatePayload {
        /// The cart as it is now.
        cart: Cart,
    }
}

#[derive(Debug, Default)]
pub struct CartDeliveryMutation;

#[Object]
impl CartDeliveryMutation {
    /// Sets the mail address that the order's mails go to.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_contact_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who buys.")] input: CartContactUpdateInput,
    ) -> Result<Option<CartContactUpdatePayload>> {
        CartContactUpdatePayload::of(set_contact(ctx, input).await)
    }

    /// Sets where the goods and the bill go. A chosen shipping method that does not reach the new
    /// country is released.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_addresses_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where the goods and the bill go.")] input: CartAddressesUpdateInput,
    ) -> Result<Option<CartAddressesUpdatePayload>> {
        CartAddressesUpdatePayload::of(set_addresses(ctx, input).await)
    }

    /// Chooses how the goods are sent, among the cart's `shippingMethods`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_shipping_method_select(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How the goods are sent.")] input: CartShippingMethodSelectInput,
    ) -> Result<Option<CartShippingMethodSelectPayload>> {
        CartShippingMethodSelectPayload::of(select_shipping_method(ctx, input).await)
    }

    /// Sets or takes away the shopper's note.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_note_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the shopper wants the shop to know.")] input: CartNoteUpdateInput,
    ) -> Result<Option<CartNoteUpdatePayload>> {
        CartNoteUpdatePayload::of(set_note(ctx, input).await)
    }
}

async fn set_contact(ctx: &Context<'_>, input: CartContactUpdateInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    Ok(Cart(
        cart::set_contact(ctx.shop(), ctx.caller(), cart, &input.email).await?,
    ))
}

async fn set_addresses(ctx: &Context<'_>, input: CartAddressesUpdateInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    let (shipping, billing) = (input.shipping_address.into(), input.billing_address.map(Into::into));
    Ok(Cart(
        cart::set_addresses(ctx.shop(), ctx.caller(), cart, shipping, billing).await?,
    ))
}

async fn select_shipping_method(
    ctx: &Context<'_>,
    input: CartShippingMethodSelectInput,
) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    let method = ids::input(&input.shipping_method_id, "shipping method", &["shippingMethodId"])?;
    Ok(Cart(
        cart::select_shipping_method(ctx.shop(), ctx.caller(), cart, method).await?,
    ))
}

async fn set_note(ctx: &Context<'_>, input: CartNoteUpdateInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    Ok(Cart(
        cart::set_note(ctx.shop(), ctx.caller(), cart, input.note.as_deref()).await?,
    ))
}
