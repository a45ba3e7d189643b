use async_graphql::{Context, ID, InputObject, SimpleObject};
use vitrine_commerce::cart::{self, CartRef, Reorder, Reordered};

use crate::{
    graphql::{
        cart::object::Cart,
        order::line::OrderLine,
        shared::{ContextExt, Result, UserError, outcome},
    },
    ids,
};

/// Which order is bought again.
#[derive(Debug, InputObject)]
pub struct OrderReorderInput {
    /// The order's id.
    pub order_id: ID,
    /// Opens the order to a guest.
    #[graphql(secret)]
    pub access_token: Option<String>,
    /// Where its goods are added; a new cart unless given.
    pub cart_id: Option<ID>,
}

/// What `orderReorder` answers.
#[derive(Debug, SimpleObject)]
pub struct OrderReorderPayload {
    /// The cart, with what is still sold. Keep its id: it opens the cart.
    pub cart: Option<Cart>,
    /// The order's lines that are not in it: what is sold no more, and gift cards, for each of which has to be said anew
    /// whom it is for.
    pub left_out: Vec<OrderLine>,
    /// Why nothing was done; empty when it was done.
    pub user_errors: Vec<UserError>,
}

pub(super) async fn reorder(ctx: &Context<'_>, input: OrderReorderInput) -> Result<OrderReorderPayload> {
    let (done, user_errors) = outcome(fill(ctx, input).await)?;
    let Some(Reordered {
        cart,
        left_out,
        currency,
    }) = done
    else {
        return Ok(OrderReorderPayload {
            cart: None,
            left_out: Vec::new(),
            user_errors,
        });
    };
    let left_out = left_out.into_iter().map(|line| OrderLine { line, currency });
    Ok(OrderReorderPayload {
        cart: Some(Cart(cart)),
        left_out: left_out.collect(),
        user_errors,
    })
}

async fn fill(ctx: &Context<'_>, input: OrderReorderInput) -> vitrine_commerce::Result<Reordered> {
    let cart = input.cart_id.as_ref().map(|id| ids::input(id, "cart", &["cartId"]));
    let reorder = Reorder {
        order: ids::input(&input.order_id, "order", &["orderId"])?,
        access_token: input.access_token,
        cart: cart.transpose()?.map(|id| CartRef {
            id,
            expected_version: None,
        }),
    };
    cart::reorder(ctx.shop(), ctx.caller(), reorder).await
}
