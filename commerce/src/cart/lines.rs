//! Puts goods into a cart, changes how many, and takes them out.

use std::collections::{BTreeSet, HashMap, HashSet};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr};
use sha2::{Digest, Sha256};
use vitrine_entity::{
    attribute::{Attribute, Attributes},
    cart, cart_line,
    ids::{CartLineId, VariantId},
};

use super::{
    assemble::{Lines, lines_of},
    attributes::checked,
    change::{CartRef, change_lines},
    terms::by_terms,
    view::CartView,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    catalog::{self, goods::Good, own_amount},
    credit,
    language::messages,
    payments::Steps,
};

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
    change_lines(
        shop,
        context,
        cart,
        |tx, row| async move { add(&tx, &row, lines).await },
    )
    .await
}

/// Sets how many units lines hold.
pub async fn update_lines(shop: &Shop, context: &Context, cart: CartRef, updates: Vec<LineUpdate>) -> Result<CartView> {
    if updates.len() > LINES_MAX {
        return Err(too_many_lines().into());
    }
    let updates = &updates;
    change_lines(shop, context, cart, |tx, row| async move {
        let mut lines = lines_of(shop, tx.db(), &row).await?;
        let present: HashSet<_> = lines.iter().map(|(line, _)| line.id).collect();
        for (index, update) in updates.iter().enumerate() {
            check_quantity(update.quantity, 0, index)?;
            known(&present, update.line, &["lines", &index.to_string(), "lineId"])?;
            let Some(place) = lines.iter().position(|(line, _)| line.id == update.line) else {
                continue;
            };
            if update.quantity == 0 {
                cart_line::Entity::delete_by_id(update.line).exec(tx.db()).await?;
                lines.remove(place);
            } else {
                let (line, good) = &mut lines[place];
                let noted = update.attributes.as_ref();
                let noted = noted.map(|given| noted_of(shop, good, index, given)).transpose()?;
                set_quantity(shop, &row, line, good, update.quantity);
                if let Some(noted) = noted {
                    note(shop, &row, line, good, noted);
                }
                let kept = join_equal(&tx, &mut lines, place, index).await?;
                write(&tx, &lines[kept].0).await?;
            }
        }
        Ok(lines)
    })
    .await
}

/// Takes lines out; one that the cart does not have, perhaps because this was asked for before, is no error.
pub async fn remove_lines(shop: &Shop, context: &Context, cart: CartRef, ids: Vec<CartLineId>) -> Result<CartView> {
    if ids.len() > LINES_MAX {
        return Err(too_many_lines().at(&["lineIds"]).into());
    }
    let ids = &ids;
    change_lines(shop, context, cart, |tx, row| async move {
        let mut lines = lines_of(shop, tx.db(), &row).await?;
        cart_line::Entity::delete_many()
            .filter(cart_line::Column::CartId.eq(row.id))
            .filter(cart_line::Column::Id.is_in(ids.iter().copied()))
            .exec(tx.db())
            .await?;
        lines.retain(|(line, _)| !ids.contains(&line.id));
        Ok(lines)
    })
    .await
}

/// Notes that the shopper has seen today's prices.
pub async fn accept_prices(shop: &Shop, context: &Context, cart: CartRef) -> Result<CartView> {
    change_lines(shop, context, cart, |tx, row| async move {
        let mut lines = lines_of(shop, tx.db(), &row).await?;
        for (line, good) in &mut lines {
            let price = price_of(shop, &row, good, line.quantity);
            if let Some(price) = price.filter(|price| *price != line.seen_price_minor) {
                line.seen_price_minor = price;
                write(&tx, line).await?;
            }
        }
        Ok(lines)
    })
    .await
}

/// Adds goods to a cart that is locked by this transaction. Gives all its lines.
pub(crate) async fn add(tx: &Tx, cart: &cart::Model, inputs: &[LineInput]) -> Result<Lines> {
    let lines = lines_of(tx.shop(), tx.db(), cart).await?;
    add_to(tx, cart, lines, inputs).await
}

/// As [`add`], to a cart that has these lines.
pub(crate) async fn add_to(tx: &Tx, cart: &cart::Model, lines: Lines, inputs: &[LineInput]) -> Result<Lines> {
    let before = lines.len();
    let (mut lines, grown) = with_added(tx.shop(), tx.db(), cart, lines, inputs).await?;
    for place in grown {
        write(tx, &lines[place].0).await?;
    }
    let fresh: Vec<_> = lines[before..].iter().map(|(line, _)| line.clone()).collect();
    if !fresh.is_empty() {
        let fresh = fresh.into_iter().map(IntoActiveModel::into_active_model);
        cart_line::Entity::insert_many(fresh)
            .exec_without_returning(tx.db())
            .await?;
    }
    lines.sort_by_key(|(line, _)| line.id);
    Ok(lines)
}

/// The lines of a cart, as they would be with `inputs`: what is new comes last. Where those are that have grown, too.
pub(super) async fn with_added(
    shop: &Shop,
    db: &impl ConnectionTrait,
    cart: &cart::Model,
    mut lines: Lines,
    inputs: &[LineInput],
) -> Result<(Lines, BTreeSet<usize>)> {
    if inputs.len() > LINES_MAX {
        return Err(too_many_lines().into());
    }
    for (index, input) in inputs.iter().enumerate() {
        check_quantity(input.quantity, 1, index)?;
    }
    let goods = other_goods(shop, db, cart, &lines, inputs).await?;
    let before = lines.len();
    let mut grown = BTreeSet::new();
    for (index, input) in inputs.iter().enumerate() {
        let good = good_of(&lines, &goods, input.variant).ok_or_else(|| not_for_sale(index))?;
        let noted = input.attributes.as_ref();
        let noted = noted.map(|given| noted_of(shop, good, index, given)).transpose()?;
        let detail = noted.as_ref().map_or_else(String::new, |noted| detail_of(good, noted));
        let place = match place_of(&lines, input.variant, &detail) {
            Some(place) => place,
            None => {
                let line = begin(shop, cart, good.clone(), noted.clone().unwrap_or_default());
                lines.push(line);
                lines.len() - 1
            }
        };
        let (line, good) = &mut lines[place];
        if line.quantity > QUANTITY_MAX - input.quantity {
            return Err(quantity_refusal(index, 1).into());
        }
        let quantity = line.quantity + input.quantity;
        price_of(shop, cart, good, quantity).ok_or_else(|| not_for_sale(index))?;
        set_quantity(shop, cart, line, good, quantity);
        if let Some(noted) = noted {
            note(shop, cart, line, good, noted);
        }
        if place < before {
            grown.insert(place);
        }
    }
    if lines.len() > LINES_MAX {
        return Err(too_many_lines().into());
    }
    Ok((lines, grown))
}

/// The goods of `inputs` that no line has.
async fn other_goods(
    shop: &Shop,
    db: &impl ConnectionTrait,
    cart: &cart::Model,
    lines: &Lines,
    inputs: &[LineInput],
) -> Result<HashMap<VariantId, Good>> {
    let variants = inputs.iter().map(|input| input.variant);
    let has = |id: &VariantId| lines.iter().any(|(line, _)| line.variant_id == *id);
    let others: Vec<_> = variants.filter(|id| !has(id)).collect();
    let mut goods = catalog::goods::goods_on(shop, db, cart.currency, &others).await?;
    by_terms(shop, db, cart, goods.values_mut()).await?;
    Ok(goods)
}

fn good_of<'a>(lines: &'a Lines, others: &'a HashMap<VariantId, Good>, variant: VariantId) -> Option<&'a Good> {
    let known = lines.iter().find(|(line, _)| line.variant_id == variant);
    known.map(|(_, good)| good).or_else(|| others.get(&variant))
}

fn place_of(lines: &Lines, variant: VariantId, detail: &str) -> Option<usize> {
    lines
        .iter()
        .position(|(line, _)| line.variant_id == variant && line.detail == detail)
}

/// What tells a line apart from others of its variant: of a gift card all that was noted, for each is somebody else's.
pub(super) fn detail_of(good: &Good, noted: &Attributes) -> String {
    if !good.variant.gift_card || noted.0.is_empty() {
        return String::new();
    }
    let mut said: Vec<_> = noted.0.iter().map(|said| (&said.key, &said.value)).collect();
    said.sort();
    URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{said:?}")))
}

/// Notes what was said of a line. Whoever chooses an amount has seen it.
fn note(shop: &Shop, cart: &cart::Model, line: &mut cart_line::Model, good: &mut Good, noted: Attributes) {
    let before = good.own_amount_minor;
    good.choose_amount(&noted.0);
    line.detail = detail_of(good, &noted);
    line.attributes = noted;
    if good.own_amount_minor != before {
        line.seen_price_minor = price_of(shop, cart, good, line.quantity).unwrap_or(line.seen_price_minor);
    }
}

/// Joins the line at `place` with another of which the same is noted by now. Gives where it is then.
async fn join_equal(tx: &Tx, lines: &mut Lines, place: usize, index: usize) -> Result<usize> {
    let (line, _) = &lines[place];
    let is_equal = |(other, _): &(cart_line::Model, Good)| {
        other.id != line.id && other.variant_id == line.variant_id && other.detail == line.detail
    };
    let Some(equal) = lines.iter().position(is_equal) else {
        return Ok(place);
    };
    if line.quantity > QUANTITY_MAX - lines[equal].0.quantity {
        return Err(quantity_refusal(index, 1).into());
    }
    cart_line::Entity::delete_by_id(line.id).exec(tx.db()).await?;
    lines[equal].0.quantity += line.quantity;
    lines.remove(place);
    Ok(if equal > place { equal - 1 } else { equal })
}

/// A line without units of what is on sale.
fn begin(shop: &Shop, cart: &cart::Model, mut good: Good, noted: Attributes) -> (cart_line::Model, Good) {
    good.choose_amount(&noted.0);
    let line = cart_line::Model {
        id: CartLineId(shop.new_id()),
        cart_id: cart.id,
        variant_id: good.variant.id,
        quantity: 0,
        seen_price_minor: price_of(shop, cart, &good, 0).unwrap_or_default(),
        created_at: shop.now(),
        detail: detail_of(&good, &noted),
        attributes: noted,
        own_price: false,
        own_goods: None,
    };
    (line, good)
}

/// Today's price of one unit of what is on sale, where so many are bought.
pub(super) fn price_of(shop: &Shop, cart: &cart::Model, good: &Good, quantity: i32) -> Option<i64> {
    let step = Steps::of(shop, cart.currency).priced;
    let won = good.unit_price(quantity, step).filter(|_| good.on_sale)?;
    Some(won.amount_minor)
}

/// Whoever changes how many they want sees the price of so many; a price that has changed otherwise is still to be seen.
fn set_quantity(shop: &Shop, cart: &cart::Model, line: &mut cart_line::Model, good: &Good, quantity: i32) {
    let price = |quantity| price_of(shop, cart, good, quantity);
    if price(line.quantity).is_none_or(|price| price == line.seen_price_minor) {
        line.seen_price_minor = price(quantity).unwrap_or(line.seen_price_minor);
    }
    line.quantity = quantity;
}

/// Writes what may change of a line.
pub(super) async fn write(tx: &Tx, line: &cart_line::Model) -> Result<()> {
    cart_line::Entity::update_many()
        .col_expr(cart_line::Column::Quantity, Expr::value(line.quantity))
        .col_expr(cart_line::Column::SeenPriceMinor, Expr::value(line.seen_price_minor))
        .col_expr(cart_line::Column::Attributes, Expr::value(line.attributes.clone()))
        .col_expr(cart_line::Column::Detail, Expr::value(line.detail.clone()))
        .filter(cart_line::Column::Id.eq(line.id))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// What is noted of a line; of a gift card's, for whom it is, and of which amount.
fn noted_of(shop: &Shop, good: &Good, index: usize, attributes: &[Attribute]) -> Result<Attributes, Refusal> {
    let index = index.to_string();
    let field = ["lines", &*index, "attributes"];
    let noted = checked(&field, attributes.to_vec())?;
    if good.variant.gift_card {
        credit::check_wish(&field, &noted.0, &shop.profile(), shop.now())?;
        if let Some(price) = &good.price {
            own_amount::check(&field, &good.variant, price.currency, &noted.0)?;
        }
    }
    Ok(noted)
}

/// What was noted of a line some time ago, without what nobody could note now: a day that has passed, an amount in another
/// currency.
pub(super) fn still_noted(shop: &Shop, good: &Good, line: &cart_line::Model) -> Vec<Attribute> {
    let noted = &line.attributes.0;
    match noted_of(shop, good, 0, noted) {
        Ok(_) => noted.clone(),
        Err(_) => {
            let bound = [own_amount::AMOUNT, credit::DELIVER_ON];
            let free = noted.iter().filter(|said| !bound.contains(&said.key.as_str()));
            free.cloned().collect()
        }
    }
}

fn not_for_sale(index: usize) -> Refusal {
    let refusal = Refusal::new(ErrorCode::NotForSale, messages::cart_variant_missing());
    refusal.at(&["lines", &index.to_string(), "variantId"])
}

fn known(present: &HashSet<CartLineId>, id: CartLineId, field: &[&str]) -> Result<(), Refusal> {
    if present.contains(&id) {
        Ok(())
    } else {
        Err(Refusal::not_found("line in this cart").at(field))
    }
}

pub(super) fn check_quantity(quantity: i32, least: i32, index: usize) -> Result<(), Refusal> {
    if (least..=QUANTITY_MAX).contains(&quantity) {
        Ok(())
    } else {
        Err(quantity_refusal(index, least))
    }
}

fn quantity_refusal(index: usize, least: i32) -> Refusal {
    let message = messages::cart_quantity_range(least, QUANTITY_MAX);
    Refusal::new(ErrorCode::Invalid, message).at(&["lines", &index.to_string(), "quantity"])
}

pub(super) fn too_many_lines() -> Refusal {
    Refusal::new(ErrorCode::CartLimit, messages::cart_lines_max(LINES_MAX)).at(&["lines"])
}
