//! Puts what an order sold into a cart again, at today's prices.

use sea_orm::ConnectionTrait;
use vitrine_entity::{cart, ids::OrderId, order_line};

use super::{
    CartRef,
    access::missing,
    assemble::read,
    create::{CartCreate, create, empty},
    lines::{LineInput, add_lines, price_of},
    terms::by_terms,
    view::CartView,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    catalog::goods::goods_on,
    flags::{self, Capability},
    language::messages,
    money::Currency,
    orders,
};

/// Which order is bought again.
#[derive(Debug, Clone)]
pub struct Reorder {
    pub order: OrderId,
    /// For a guest.
    pub access_token: Option<String>,
    /// Where its goods are added; a new cart unless given.
    pub cart: Option<CartRef>,
}

/// A cart with what is still sold of an order.
#[derive(Debug, Clone)]
pub struct Reordered {
    pub cart: CartView,
    /// What is sold no more, and gift cards: for whom each is has to be said anew.
    pub left_out: Vec<order_line::Model>,
    /// The order's.
    pub currency: Currency,
}

/// Adds what is still sold of an order to a cart, or to a new one. What there is too little of is among the cart's
/// problems, as it is for everybody.
///
/// # Errors
/// `NOT_FOUND` for an order that the caller may not open, and for a cart that is not theirs; `NOT_FOR_SALE` where nothing
/// of the order is sold any more; `RATE_LIMITED` after too many wrong tokens.
pub async fn reorder(shop: &Shop, context: &Context, input: Reorder) -> Result<Reordered> {
    flags::require(shop, context, Capability::Reorder).await?;
    let order = orders::find(shop, context, input.order, input.access_token.as_deref()).await?;
    let order = order.ok_or_else(|| Refusal::not_found("order").at(&["orderId"]))?;
    let sold = orders::load::lines_on(&shop.db, order.id).await?;
    let row = match input.cart {
        Some(cart) => read(shop, cart.id).await?.ok_or_else(missing)?.0.row,
        None => empty(shop, context),
    };
    let (lines, left_out) = part(shop, &shop.db, &row, sold).await?;
    if lines.is_empty() {
        let refusal = Refusal::new(ErrorCode::NotForSale, messages::reorder_nothing());
        return Err(refusal.at(&["orderId"]).into());
    }
    let cart = match input.cart {
        Some(cart) => add_lines(shop, context, cart, lines).await?,
        None => {
            let begun = CartCreate {
                lines,
                ..CartCreate::default()
            };
            create(shop, context, begun).await?
        }
    };
    Ok(Reordered {
        cart,
        left_out,
        currency: order.currency,
    })
}

/// What of an order's lines can be bought in a cart, and what cannot.
async fn part(
    shop: &Shop,
    db: &impl ConnectionTrait,
    cart: &cart::Model,
    sold: Vec<order_line::Model>,
) -> Result<(Vec<LineInput>, Vec<order_line::Model>)> {
    let variants: Vec<_> = sold.iter().map(|line| line.variant_id).collect();
    let mut goods = goods_on(shop, db, cart.currency, &variants).await?;
    by_terms(shop, db, cart, goods.values_mut()).await?;
    let is_sold = |line: &order_line::Model| {
        let good = goods.get(&line.variant_id).filter(|good| !good.variant.gift_card);
        good.is_some_and(|good| price_of(shop, cart, good, line.quantity).is_some())
    };
    let (again, left_out): (Vec<_>, Vec<_>) = sold.into_iter().partition(is_sold);
    let lines = again.into_iter().map(|line| LineInput {
        variant: line.variant_id,
        quantity: line.quantity,
        attributes: Some(line.attributes.0).filter(|noted| !noted.is_empty()),
    });
    Ok((lines.collect(), left_out))
}
