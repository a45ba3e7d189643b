use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::cart;

use super::cart_ref::cart_ref;
use crate::{
    graphql::{
        cart::object::Cart,
        shared::{ContextExt, Result, payload},
    },
    ids,
};

/// By which gift card a cart is paid.
#[derive(Debug, InputObject)]
pub struct CartGiftCardAddInput {
    /// The cart's id.
    pub cart_id: ID,
    /// As it stands on the card: in small letters or large, with blanks or dashes or without.
    pub code: String,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// Which gift card pays a cart no longer.
#[derive(Debug, InputObject)]
pub struct CartGiftCardRemoveInput {
    /// The cart's id.
    pub cart_id: ID,
    /// The `id` of one of the cart's `credits`.
    pub gift_card_id: ID,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// Whether the customer's store credit pays their cart.
#[derive(Debug, InputObject)]
pub struct CartStoreCreditUpdateInput {
    /// The cart's id.
    pub cart_id: ID,
    /// Whether it does.
    pub r#use: bool,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// Of which cart the shopper has seen what is left to pay with.
#[derive(Debug, InputObject)]
pub struct CartCreditsAcceptInput {
    /// The cart's id.
    pub cart_id: ID,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `cartGiftCardAdd` answers.
    CartGiftCardAddPayload {
        /// The cart as it is now.
        cart: Cart,
    }
}
payload! {
    /// What `cartGiftCardRemove` answers.
    CartGiftCardRemovePayload {
        /// The cart as it is now.
        cart: Cart,
    }
}
payload! {
    /// What `cartStoreCreditUpdate` answers.
    CartStoreCreditUpdatePayload {
        /// The cart as it is now.
        cart: Cart,
    }
}
payload! {
    /// What `cartCreditsAccept` answers.
    CartCreditsAcceptPayload {
        /// The cart as it is now.
        cart: Cart,
    }
}

#[derive(Debug, Default)]
pub struct CartCreditMutation;

#[Object]
impl CartCreditMutation {
    /// Has a gift card pay the cart, as far as it goes; what is left, the payment method pays. At most 10 cards pay one
    /// cart. A code that there is not and one that was shut are answered alike, and whoever tries codes is counted as if they
    /// signed in.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_gift_card_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code.")] input: CartGiftCardAddInput,
    ) -> Result<Option<CartGiftCardAddPayload>> {
        CartGiftCardAddPayload::of(add(ctx, input).await)
    }

    /// Has a gift card pay the cart no longer.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_gift_card_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which card.")] input: CartGiftCardRemoveInput,
    ) -> Result<Option<CartGiftCardRemovePayload>> {
        CartGiftCardRemovePayload::of(remove(ctx, input).await)
    }

    /// Has the store credit of the customer who is signed in pay their cart, after its gift cards, or no longer.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_store_credit_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whether it does.")] input: CartStoreCreditUpdateInput,
    ) -> Result<Option<CartStoreCreditUpdatePayload>> {
        CartStoreCreditUpdatePayload::of(use_store_credit(ctx, input).await)
    }

    /// Says that the shopper has seen what is left on the gift cards and the store credit that pay the cart, after its
    /// problem `CREDIT_LOWER`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_credits_accept(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cart.")] input: CartCreditsAcceptInput,
    ) -> Result<Option<CartCreditsAcceptPayload>> {
        CartCreditsAcceptPayload::of(accept(ctx, input).await)
    }
}

async fn add(ctx: &Context<'_>, input: CartGiftCardAddInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    Ok(Cart(
        cart::add_gift_card(ctx.shop(), ctx.caller(), cart, &input.code).await?,
    ))
}

async fn remove(ctx: &Context<'_>, input: CartGiftCardRemoveInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    let card = ids::input(&input.gift_card_id, "gift card", &["giftCardId"])?;
    Ok(Cart(
        cart::remove_gift_card(ctx.shop(), ctx.caller(), cart, card).await?,
    ))
}

async fn use_store_credit(ctx: &Context<'_>, input: CartStoreCreditUpdateInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    Ok(Cart(
        cart::use_store_credit(ctx.shop(), ctx.caller(), cart, input.r#use).await?,
    ))
}

async fn accept(ctx: &Context<'_>, input: CartCreditsAcceptInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    Ok(Cart(cart::accept_credits(ctx.shop(), ctx.caller(), cart).await?))
}
