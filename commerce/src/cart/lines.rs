//! Puts goods into a cart, changes how many, and takes them out.

use std::collections::HashMap;

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};
use vitrine_entity::{
    attribute::{Attribute, Attributes},
    cart, cart_line,
    ids::{CartLineId, VariantId},
};

use super::{
    attributes::checked,
    change::{CartRef, change},
    view::CartView,
};
use crate::{Context, ErrorCode, Refusal, Result, Shop, Tx, catalog};

/// The most lines that a cart holds.
pub const LINES_MAX: usize = 100;

/// The most units of one variant that a cart holds.
pub const QUANTITY_MAX: i32 = 9_999;

/// A variant, and how many of it to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineInput {
    pub variant: VariantId,
    pub quantity: i32,
    /// What the front end notes of the line; `None` leaves what is there.
    pub attributes: Option<Vec<Attribute>>,
}

/// A line, and how many it should hold; 0 removes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineUpdate {
    pub line: CartLineId,
    pub quantity: i32,
    /// What the front end notes of the line; `None` leaves what is there.
    pub attributes: Option<Vec<Attribute>>,
}

/// Adds goods; what is in the cart already grows.
pub async fn add_lines(shop: &Shop, context: &Context, cart: CartRef, lines: Vec<LineInput>) -> Result<CartView> {
    let lines = &lines;
    change(shop, context, cart, |tx, row| async move {
        add(&tx, &row, lines).await?;
        Ok(row)
    })
    .await
}

/// Sets how many units lines hold.
pub async fn update_lines(shop: &Shop, context: &Context, cart: CartRef, updates: Vec<LineUpdate>) -> Result<CartView> {
    if updates.len() > LINES_MAX {
        return Err(too_many_lines().into());
    }
    let updates = &updates;
    change(shop, context, cart, |tx, row| async move {
        let lines = of_cart(&tx, &row).await?;
        for (index, update) in updates.iter().enumerate() {
            check_quantity(update.quantity, 0, index)?;
            known(&lines, update.line, &["lines", &index.to_string(), "lineId"])?;
            if update.quantity == 0 {
                cart_line::Entity::delete_by_id(update.line).exec(tx.db()).await?;
            } else {
                set_quantity(&tx, update.line, update.quantity).await?;
                if let Some(attributes) = &update.attributes {
                    let attributes = noted(index, attributes)?;
                    set_attributes(&tx, cart_line::Column::Id.eq(update.line), attributes).await?;
                }
            }
        }
        Ok(row)
    })
    .await
}

/// Takes lines out.
pub async fn remove_lines(shop: &Shop, context: &Context, cart: CartRef, ids: Vec<CartLineId>) -> Result<CartView> {
    if ids.len() > LINES_MAX {
        return Err(too_many_lines().at(&["lineIds"]).into());
    }
    let ids = &ids;
    change(shop, context, cart, |tx, row| async move {
        let lines = of_cart(&tx, &row).await?;
        for (index, id) in ids.iter().enumerate() {
            known(&lines, *id, &["lineIds", &index.to_string()])?;
        }
        cart_line::Entity::delete_many()
            .filter(cart_line::Column::Id.is_in(ids.iter().copied()))
            .exec(tx.db())
            .await?;
        Ok(row)
    })
    .await
}

/// Notes that the shopper has seen today's prices.
pub async fn accept_prices(shop: &Shop, context: &Context, cart: CartRef) -> Result<CartView> {
    change(shop, context, cart, |tx, row| async move {
        let lines = of_cart(&tx, &row).await?;
        let variants: Vec<_> = lines.iter().map(|line| line.variant_id).collect();
        let prices = for_sale(&tx, &row, &variants).await?;
        for line in &lines {
            if let Some(price) = prices
                .get(&line.variant_id)
                .filter(|price| **price != line.seen_price_minor)
            {
                cart_line::Entity::update_many()
                    .col_expr(cart_line::Column::SeenPriceMinor, Expr::value(*price))
                    .filter(cart_line::Column::Id.eq(line.id))
                    .exec(tx.db())
                    .await?;
            }
        }
        Ok(row)
    })
    .await
}

/// Adds goods to a cart that is locked by this transaction.
pub(crate) async fn add(tx: &Tx, cart: &cart::Model, inputs: &[LineInput]) -> Result<()> {
    if inputs.len() > LINES_MAX {
        return Err(too_many_lines().into());
    }
    for (index, input) in inputs.iter().enumerate() {
        check_quantity(input.quantity, 1, index)?;
    }
    let variants: Vec<_> = inputs.iter().map(|input| input.variant).collect();
    let prices = for_sale(tx, cart, &variants).await?;
    let mut quantities: HashMap<VariantId, (Option<CartLineId>, i64)> = of_cart(tx, cart)
        .await?
        .iter()
        .map(|line| (line.variant_id, (Some(line.id), i64::from(line.quantity))))
        .collect();
    let mut fresh = Vec::new();
    for (index, input) in inputs.iter().enumerate() {
        if !prices.contains_key(&input.variant) {
            return Err(Refusal::new(ErrorCode::NotForSale, "There is no such variant on sale.")
                .at(&["lines", &index.to_string(), "variantId"])
                .into());
        }
        let entry = quantities.entry(input.variant).or_insert_with(|| {
            fresh.push(input.variant);
            (None, 0)
        });
        entry.1 += i64::from(input.quantity);
        if entry.1 > i64::from(QUANTITY_MAX) {
            return Err(quantity_refusal(index, 1).into());
        }
    }
    if quantities.len() > LINES_MAX {
        return Err(too_many_lines().into());
    }
    write(tx, cart, &variants, &quantities, &fresh, &prices).await?;
    for (index, input) in inputs.iter().enumerate() {
        if let Some(attributes) = &input.attributes {
            let line = cart_line::Column::CartId
                .eq(cart.id)
                .and(cart_line::Column::VariantId.eq(input.variant));
            set_attributes(tx, line, noted(index, attributes)?).await?;
        }
    }
    Ok(())
}

fn noted(index: usize, attributes: &[Attribute]) -> Result<Attributes, Refusal> {
    checked(&["lines", &index.to_string(), "attributes"], attributes.to_vec())
}

async fn set_attributes(tx: &Tx, line: SimpleExpr, attributes: Attributes) -> Result<()> {
    cart_line::Entity::update_many()
        .col_expr(cart_line::Column::Attributes, Expr::value(attributes))
        .filter(line)
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Updates the lines that grew, and inserts the new ones in one statement, in the order given.
async fn write(
    tx: &Tx,
    cart: &cart::Model,
    touched: &[VariantId],
    quantities: &HashMap<VariantId, (Option<CartLineId>, i64)>,
    fresh: &[VariantId],
    prices: &HashMap<VariantId, i64>,
) -> Result<()> {
    for (variant, (line, quantity)) in quantities {
        if let Some(line) = line.filter(|_| touched.contains(variant)) {
            set_quantity(tx, line, *quantity as i32).await?;
        }
    }
    let shop = tx.shop();
    let rows = fresh.iter().map(|variant| cart_line::ActiveModel {
        id: Set(CartLineId(shop.new_id())),
        cart_id: Set(cart.id),
        variant_id: Set(*variant),
        quantity: Set(quantities[variant].1 as i32),
        seen_price_minor: Set(prices[variant]),
        created_at: Set(shop.now()),
        attributes: Set(Attributes::default()),
    });
    if !fresh.is_empty() {
        cart_line::Entity::insert_many(rows)
            .exec_without_returning(tx.db())
            .await?;
    }
    Ok(())
}

/// Today's price of those of `variants` that are on sale.
async fn for_sale(tx: &Tx, cart: &cart::Model, variants: &[VariantId]) -> Result<HashMap<VariantId, i64>> {
    let goods = catalog::goods::goods_on(tx.shop(), tx.db(), cart.currency, variants).await?;
    let on_sale = goods.into_iter().filter(|(_, good)| good.on_sale);
    Ok(on_sale
        .filter_map(|(id, good)| Some((id, good.price?.amount_minor)))
        .collect())
}

async fn of_cart(tx: &Tx, cart: &cart::Model) -> Result<Vec<cart_line::Model>> {
    Ok(cart_line::Entity::find()
        .filter(cart_line::Column::CartId.eq(cart.id))
        .all(tx.db())
        .await?)
}

async fn set_quantity(tx: &Tx, line: CartLineId, quantity: i32) -> Result<()> {
    cart_line::Entity::update_many()
        .col_expr(cart_line::Column::Quantity, Expr::value(quantity))
        .filter(cart_line::Column::Id.eq(line))
        .exec(tx.db())
        .await?;
    Ok(())
}

fn known(lines: &[cart_line::Model], id: CartLineId, field: &[&str]) -> Result<(), Refusal> {
    if lines.iter().any(|line| line.id == id) {
        Ok(())
    } else {
        Err(Refusal::not_found("line in this cart").at(field))
    }
}

fn check_quantity(quantity: i32, least: i32, index: usize) -> Result<(), Refusal> {
    if (least..=QUANTITY_MAX).contains(&quantity) {
        Ok(())
    } else {
        Err(quantity_refusal(index, least))
    }
}

fn quantity_refusal(index: usize, least: i32) -> Refusal {
    let message = format!("A line's quantity must be between {least} and {QUANTITY_MAX}.");
    Refusal::new(ErrorCode::Invalid, message).at(&["lines", &index.to_string(), "quantity"])
}

fn too_many_lines() -> Refusal {
    Refusal::new(ErrorCode::CartLimit, format!("A cart holds at most {LINES_MAX} lines.")).at(&["lines"])
}
