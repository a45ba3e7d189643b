use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use vitrine_commerce::{
    Refusal,
    cart::{self, CartCreate, LineInput, LineUpdate},
};
use vitrine_entity::attribute::Attribute;

use super::{cart_ref::cart_ref, market::CartLineRepriced};
use crate::{
    graphql::{
        cart::object::Cart,
        shared::{AttributeInput, ContextExt, Result, UserError, outcome, payload},
    },
    ids,
};

/// A variant, and how many units of it to put into the cart.
#[derive(Debug, InputObject)]
pub struct CartLineInput {
    /// The variant's id.
    pub variant_id: ID,
    /// How many units, 1 to 9999. What is in the cart already grows by it.
    #[graphql(default = 1)]
    pub quantity: i32,
    /// What the front end notes of the line, at most 20; what is in the cart already has these from now on. A cart holds
    /// each variant in one line.
    pub attributes: Option<Vec<AttributeInput>>,
}

/// A line of the cart, and how many units it should hold.
#[derive(Debug, InputObject)]
pub struct CartLineUpdateInput {
    /// The line's id.
    pub line_id: ID,
    /// How many units, at most 9999. 0 takes the line out.
    pub quantity: i32,
    /// What the front end notes of the line, at most 20: all of it. Left out, it stays as it is.
    pub attributes: Option<Vec<AttributeInput>>,
}

/// What a new cart holds.
#[derive(Debug, InputObject)]
pub struct CartCreateInput {
    /// What is to be bought, at most 100 lines.
    pub lines: Option<Vec<CartLineInput>>,
    /// Where the order's mails will go.
    pub email: Option<String>,
    /// The shopper's language (BCP 47); the request's unless given. Where the shop has not this one, the nearest that it
    /// has is taken, and the cart's `locale` tells which.
    pub locale: Option<String>,
    /// What the shopper wants the shop to know, at most 2000 characters.
    pub note: Option<String>,
}

/// What to put into which cart.
#[derive(Debug, InputObject)]
pub struct CartLinesAddInput {
    /// The cart's id.
    pub cart_id: ID,
    /// What is to be bought.
    pub lines: Vec<CartLineInput>,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// Which lines to change.
#[derive(Debug, InputObject)]
pub struct CartLinesUpdateInput {
    /// The cart's id.
    pub cart_id: ID,
    /// The lines, and how many units they should hold.
    pub lines: Vec<CartLineUpdateInput>,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// Which lines to take out.
#[derive(Debug, InputObject)]
pub struct CartLinesRemoveInput {
    /// The cart's id.
    pub cart_id: ID,
    /// The lines' ids.
    pub line_ids: Vec<ID>,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// Whose prices were seen.
#[derive(Debug, InputObject)]
pub struct CartPricesAcceptInput {
    /// The cart's id.
    pub cart_id: ID,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// Which cart to make one's own.
#[derive(Debug, InputObject)]
pub struct CartClaimInput {
    /// The guest cart's id.
    pub cart_id: ID,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `cartCreate` answers.
    CartCreatePayload {
        /// The new cart. Keep its id: it opens the cart.
        cart: Cart,
    }
}
payload! {
    /// What `cartLinesAdd` answers.
    CartLinesAddPayload {
        /// The cart as it is now.
        cart: Cart,
    }
}
payload! {
    /// What `cartLinesUpdate` answers.
    CartLinesUpdatePayload {
        /// The cart as it is now.
        cart: Cart,
    }
}
payload! {
    /// What `cartLinesRemove` answers.
    CartLinesRemovePayload {
        /// The cart as it is now.
        cart: Cart,
    }
}
payload! {
    /// What `cartPricesAccept` answers.
    CartPricesAcceptPayload {
        /// The cart as it is now.
        cart: Cart,
    }
}
/// What `cartClaim` answers.
#[derive(Debug, SimpleObject)]
pub struct CartClaimPayload {
    /// The customer's cart.
    pub cart: Option<Cart>,
    /// What came from a cart in another currency, and is priced in this one's now: tell the shopper. What has no price in it is
    /// left out of the cart.
    pub repriced: Vec<CartLineRepriced>,
    /// Why nothing was done; empty when it was done.
    pub user_errors: Vec<UserError>,
}

#[derive(Debug, Default)]
pub struct CartMutation;

#[Object]
impl CartMutation {
    /// Begins a cart: for the signed-in customer, or for whoever will hold its id.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it holds. All of it can be added later.")] input: Option<CartCreateInput>,
    ) -> Result<Option<CartCreatePayload>> {
        CartCreatePayload::of(create(ctx, input).await)
    }

    /// Puts goods into a cart.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_lines_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to put into which cart.")] input: CartLinesAddInput,
    ) -> Result<Option<CartLinesAddPayload>> {
        CartLinesAddPayload::of(add(ctx, input).await)
    }

    /// Sets how many units lines hold.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_lines_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which lines to change.")] input: CartLinesUpdateInput,
    ) -> Result<Option<CartLinesUpdatePayload>> {
        CartLinesUpdatePayload::of(update(ctx, input).await)
    }

    /// Takes lines out of a cart.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_lines_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which lines to take out.")] input: CartLinesRemoveInput,
    ) -> Result<Option<CartLinesRemovePayload>> {
        CartLinesRemovePayload::of(remove(ctx, input).await)
    }

    /// Notes that the shopper has seen today's prices: the problems `PRICE_CHANGED` are gone.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_prices_accept(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose prices were seen.")] input: CartPricesAcceptInput,
    ) -> Result<Option<CartPricesAcceptPayload>> {
        CartPricesAcceptPayload::of(accept_prices(ctx, input).await)
    }

    /// Gives a guest's cart to the customer who is signed in; what lay in the customer's own joins
    /// it. Call it once after signing in.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_claim(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cart to make one's own.")] input: CartClaimInput,
    ) -> Result<Option<CartClaimPayload>> {
        let (moved, user_errors) = outcome(claim(ctx, input).await)?;
        let (cart, repriced) = moved.map(|moved| (Cart(moved.view), moved.repriced)).unzip();
        Ok(Some(CartClaimPayload {
            cart,
            repriced: repriced.unwrap_or_default().into_iter().map(Into::into).collect(),
            user_errors,
        }))
    }
}

async fn create(ctx: &Context<'_>, input: Option<CartCreateInput>) -> vitrine_commerce::Result<Cart> {
    let create = match input {
        Some(CartCreateInput {
            lines: inputs,
            email,
            locale,
            note,
        }) => CartCreate {
            lines: lines(inputs.unwrap_or_default())?,
            email,
            locale,
            note,
        },
        None => CartCreate::default(),
    };
    Ok(Cart(cart::create(ctx.shop(), ctx.caller(), create).await?))
}

async fn add(ctx: &Context<'_>, input: CartLinesAddInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    Ok(Cart(
        cart::add_lines(ctx.shop(), ctx.caller(), cart, lines(input.lines)?).await?,
    ))
}

async fn update(ctx: &Context<'_>, input: CartLinesUpdateInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    let updates = input.lines.into_iter().enumerate().map(|(index, update)| {
        let field = ["lines", &index.to_string(), "lineId"];
        Ok(LineUpdate {
            line: ids::input(&update.line_id, "line in this cart", &field)?,
            quantity: update.quantity,
            attributes: attributes(update.attributes),
        })
    });
    let updates = updates.collect::<std::result::Result<_, Refusal>>()?;
    Ok(Cart(cart::update_lines(ctx.shop(), ctx.caller(), cart, updates).await?))
}

async fn remove(ctx: &Context<'_>, input: CartLinesRemoveInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    let lines = input
        .line_ids
        .iter()
        .enumerate()
        .map(|(index, id)| ids::input(id, "line in this cart", &["lineIds", &index.to_string()]));
    let lines = lines.collect::<std::result::Result<_, Refusal>>()?;
    Ok(Cart(cart::remove_lines(ctx.shop(), ctx.caller(), cart, lines).await?))
}

async fn accept_prices(ctx: &Context<'_>, input: CartPricesAcceptInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    Ok(Cart(cart::accept_prices(ctx.shop(), ctx.caller(), cart).await?))
}

async fn claim(ctx: &Context<'_>, input: CartClaimInput) -> vitrine_commerce::Result<cart::Moved> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    cart::claim(ctx.shop(), ctx.caller(), cart).await
}

fn attributes(given: Option<Vec<AttributeInput>>) -> Option<Vec<Attribute>> {
    given.map(|given| given.into_iter().map(Into::into).collect())
}

/// What is to be bought.
///
/// # Errors
/// `NOT_FOUND` at the place of the first id that is ill-formed.
pub fn lines(inputs: Vec<CartLineInput>) -> std::result::Result<Vec<LineInput>, Refusal> {
    let line = |(index, input): (usize, CartLineInput)| {
        let field = ["lines", &index.to_string(), "variantId"];
        Ok(LineInput {
            variant: ids::input(&input.variant_id, "variant", &field)?,
            quantity: input.quantity,
            attributes: attributes(input.attributes),
        })
    };
    inputs.into_iter().enumerate().map(line).collect()
}
