use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::cart;

use super::cart_ref::cart_ref;
use crate::graphql::{
    cart::object::Cart,
    shared::{ContextExt, Result, payload},
};

/// Codes of discounts that the shopper typed.
#[derive(Debug, InputObject)]
pub struct CartDiscountCodesAddInput {
    /// The cart's id.
    pub cart_id: ID,
    /// The codes, as they were typed: case, blanks and the width of letters make no difference. A cart holds at most 5.
    pub codes: Vec<String>,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// Codes that the shopper takes away again.
#[derive(Debug, InputObject)]
pub struct CartDiscountCodesRemoveInput {
    /// The cart's id.
    pub cart_id: ID,
    /// The codes. One that the cart does not have is no error.
    pub codes: Vec<String>,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `cartDiscountCodesAdd` answers.
    CartDiscountCodesAddPayload {
        /// The cart as it is now: `discountCodes` says what each code takes off, or what is missing.
        cart: Cart,
    }
}

payload! {
    /// What `cartDiscountCodesRemove` answers.
    CartDiscountCodesRemovePayload {
        /// The cart as it is now.
        cart: Cart,
    }
}

#[derive(Debug, Default)]
pub struct CartDiscountMutation;

#[Object]
impl CartDiscountMutation {
    /// Adds codes of discounts. A code that does not apply to the cart yet is kept, and the cart says what is missing. One
    /// that nobody knows is refused with `NOT_FOUND`; one that has expired or is used up with `DISCOUNT_UNAVAILABLE`. How
    /// often codes may be tried is limited.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_discount_codes_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The codes.")] input: CartDiscountCodesAddInput,
    ) -> Result<Option<CartDiscountCodesAddPayload>> {
        CartDiscountCodesAddPayload::of(add(ctx, input).await)
    }

    /// Takes codes of discounts away.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_discount_codes_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The codes.")] input: CartDiscountCodesRemoveInput,
    ) -> Result<Option<CartDiscountCodesRemovePayload>> {
        CartDiscountCodesRemovePayload::of(remove(ctx, input).await)
    }
}

async fn add(ctx: &Context<'_>, input: CartDiscountCodesAddInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    Ok(Cart(
        cart::add_codes(ctx.shop(), ctx.caller(), cart, &input.codes).await?,
    ))
}

async fn remove(ctx: &Context<'_>, input: CartDiscountCodesRemoveInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    Ok(Cart(
        cart::remove_codes(ctx.shop(), ctx.caller(), cart, &input.codes).await?,
    ))
}
