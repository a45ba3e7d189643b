use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use vitrine_commerce::cart::{self, LineRepriced, Moved};

use super::cart_ref::cart_ref;
use crate::{
    graphql::{
        cart::object::Cart,
        shared::{ContextExt, CountryCode, CurrencyCode, Money, Result, UserError, outcome},
    },
    ids,
};

/// Where the shopper is.
#[derive(Debug, InputObject)]
pub struct CartMarketUpdateInput {
    /// The cart's id.
    pub cart_id: ID,
    /// The country.
    pub country_code: CountryCode,
    /// The currency; the country's unless given.
    pub currency_code: Option<CurrencyCode>,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// A line whose price is another since the cart was moved: tell the shopper.
#[derive(Debug, SimpleObject)]
pub struct CartLineRepriced {
    /// The line's id.
    pub line_id: ID,
    /// The product's title.
    pub title: String,
    /// What a unit cost as the shopper saw it last.
    pub before: Money,
    /// What it costs now; null where it is not sold there, which is one of the cart's `problems`.
    pub after: Option<Money>,
}

impl From<LineRepriced> for CartLineRepriced {
    fn from(line: LineRepriced) -> Self {
        Self {
            line_id: ids::public(line.line),
            title: line.title,
            before: line.before.into(),
            after: line.after.map(Into::into),
        }
    }
}

/// What `cartMarketUpdate` answers.
#[derive(Debug, SimpleObject)]
pub struct CartMarketUpdatePayload {
    /// The cart as it is now.
    pub cart: Option<Cart>,
    /// The lines whose price is another than the shopper saw last, in the cart's order.
    pub repriced: Vec<CartLineRepriced>,
    /// Why nothing was done; empty when it was done.
    pub user_errors: Vec<UserError>,
}

#[derive(Debug, Default)]
pub struct CartMarketMutation;

#[Object]
impl CartMarketMutation {
    /// Says where the shopper is, and in which currency they pay: the cart is priced anew, and the answer tells what changed.
    /// The addresses stay as they are.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_market_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where the shopper is.")] input: CartMarketUpdateInput,
    ) -> Result<Option<CartMarketUpdatePayload>> {
        let (moved, user_errors) = outcome(move_to(ctx, input).await)?;
        let (cart, repriced) = moved.map(|moved| (Cart(moved.view), moved.repriced)).unzip();
        Ok(Some(CartMarketUpdatePayload {
            cart,
            repriced: repriced.unwrap_or_default().into_iter().map(Into::into).collect(),
            user_errors,
        }))
    }
}

async fn move_to(ctx: &Context<'_>, input: CartMarketUpdateInput) -> vitrine_commerce::Result<Moved> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    let currency = input.currency_code.as_ref().map(|code| &*code.0);
    cart::move_to(ctx.shop(), ctx.caller(), cart, &input.country_code.0, currency).await
}
