//! Staff put a cart together for somebody: what goes in, for how much, and all else that a cart says.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr};
use vitrine_entity::{
    attribute::Attributes,
    cart,
    cart_line::{self, OwnGoods},
    ids::{CartId, CartLineId, VariantId},
};

use super::{
    access::missing,
    assemble::{CartRow, Lines, lines_of, read_on},
    change::{CartRef, touch_any},
    draft::agree,
    lines::{LINES_MAX, LineInput, add_to, check_quantity, price_of, too_many_lines, write},
};
use crate::{
    Error, ErrorCode, Refusal, Result, Tx,
    catalog::{
        goods::{Good, goods_on},
        own_goods,
    },
    language::messages,
    money::{Currency, Money},
    text,
};

/// The greatest price of a unit, in minor units.
const PRICE_MAX: i64 = 1_000_000_000_000;

const TITLE_LENGTH_MAX: usize = 200;
const SKU_LENGTH_MAX: usize = 64;

/// Ten tonnes.
const WEIGHT_MAX: i32 = 10_000_000;

/// A line of a draft order, as staff want it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftLine {
    pub of: LineOf,
    /// 0 takes a line out that is there.
    pub quantity: i32,
    pub price: LinePrice,
}

/// Which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineOf {
    /// One that is there.
    Line(CartLineId),
    /// Of the catalogue; a line that has it already grows.
    Variant(VariantId),
    /// What the catalogue has not.
    Own { goods: OwnGoods, requires_shipping: bool },
}

/// What a unit costs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum LinePrice {
    /// What it did; of what is new what the catalogue says.
    #[default]
    Kept,
    /// What the catalogue says today.
    Catalogue,
    /// A decimal in the draft's currency.
    Own(String),
}

/// What a line is of has to be said once.
pub fn one_of() -> Refusal {
    Refusal::new(ErrorCode::Invalid, messages::draft_line_one_of())
}

/// The cart of a draft order with its lines, locked, at its next version.
pub(crate) async fn open(tx: &Tx, id: CartId) -> Result<(CartRow, Lines)> {
    let cart = CartRef {
        id,
        expected_version: None,
    };
    let found = touch_any(tx, cart).await?;
    let lines = lines_of(tx.shop(), tx.db(), &found.row).await?;
    Ok((found, lines))
}

/// Writes the columns of a cart that is locked.
pub(crate) async fn save(tx: &Tx, row: &cart::Model) -> Result<()> {
    cart::Entity::update(row.clone().into_active_model().reset_all())
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Puts lines in, changes them, and takes them out. `cart` is locked. Gives all of them.
///
/// # Errors
/// Refuses lines that are not there, goods that are not sold, and quantities and prices out of bounds.
pub(crate) async fn set_lines(tx: &Tx, cart: &cart::Model, mut lines: Lines, wanted: &[DraftLine]) -> Result<Lines> {
    if wanted.len() > LINES_MAX {
        return Err(too_many_lines().into());
    }
    for (index, line) in wanted.iter().enumerate() {
        let id = match &line.of {
            LineOf::Line(id) => *id,
            LineOf::Variant(variant) => {
                let input = LineInput {
                    variant: *variant,
                    quantity: line.quantity,
                    attributes: None,
                };
                let added = add_to(tx, cart, lines, &[input]).await;
                lines = added.map_err(|error| at_line(error, index))?;
                let of_it = lines.iter().find(|(one, _)| one.variant_id == *variant);
                match of_it {
                    Some((one, _)) => one.id,
                    None => continue,
                }
            }
            LineOf::Own {
                goods,
                requires_shipping,
            } => {
                check_quantity(line.quantity, 1, index)?;
                add_own(tx, cart, &mut lines, line, (goods, *requires_shipping), index).await?;
                continue;
            }
        };
        let field = index.to_string();
        let place = lines.iter().position(|(one, _)| one.id == id);
        let place =
            place.ok_or_else(|| Refusal::not_found("line in this draft order").at(&["lines", &field, "lineId"]))?;
        if matches!(line.of, LineOf::Line(_)) {
            check_quantity(line.quantity, 0, index)?;
            if line.quantity == 0 {
                cart_line::Entity::delete_by_id(id).exec(tx.db()).await?;
                lines.remove(place);
                continue;
            }
            lines[place].0.quantity = line.quantity;
        }
        set_price(tx, cart, &mut lines[place], &line.price, index)?;
        write_line(tx, &lines[place].0).await?;
    }
    if lines.len() > LINES_MAX {
        return Err(too_many_lines().into());
    }
    agree(cart, &mut lines);
    Ok(lines)
}

/// What a price that staff typed is.
///
/// # Errors
/// Refuses what is no amount, less than nothing, or more than a price may be.
pub(crate) fn amount(text: &str, currency: Currency, field: &[&str]) -> Result<i64, Refusal> {
    let amount = Money::parse(text.trim(), currency).map_err(|error| Refusal::from(error).at(field))?;
    match amount.minor {
        minor if (0..=PRICE_MAX).contains(&minor) => Ok(minor),
        _ => {
            let most = Money::new(PRICE_MAX, currency);
            Err(Refusal::new(ErrorCode::InvalidAmount, messages::price_amount_range(most)).at(field))
        }
    }
}

async fn add_own(
    tx: &Tx,
    cart: &cart::Model,
    lines: &mut Lines,
    line: &DraftLine,
    (own, requires_shipping): (&OwnGoods, bool),
    index: usize,
) -> Result<()> {
    let index = index.to_string();
    let LinePrice::Own(price) = &line.price else {
        let refusal = Refusal::new(ErrorCode::Invalid, messages::own_line_needs_price());
        return Err(refusal.at(&["lines", &index, "unitPrice"]).into());
    };
    let own = checked(own, &index)?;
    let seen_price_minor = amount(price, cart.currency, &["lines", &index, "unitPrice"])?;
    own_goods::make(tx).await?;
    let variant = own_goods::variant(requires_shipping);
    let mut goods = goods_on(tx.shop(), tx.db(), cart.currency, &[variant]).await?;
    let Some(good) = goods.remove(&variant) else {
        return Err(Refusal::not_found("variant").at(&["lines", &index]).into());
    };
    let id = CartLineId(tx.shop().new_id());
    let row = cart_line::Model {
        id,
        cart_id: cart.id,
        variant_id: variant,
        quantity: line.quantity,
        seen_price_minor,
        created_at: tx.shop().now(),
        attributes: Attributes::default(),
        // Each is another thing, though one variant stands for all of them.
        detail: id.to_string(),
        own_price: true,
        own_goods: Some(own),
    };
    cart_line::Entity::insert(row.clone().into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    lines.push((row, good));
    Ok(())
}

/// As it is kept.
fn checked(own: &OwnGoods, index: &str) -> Result<OwnGoods, Refusal> {
    if !(0..=WEIGHT_MAX).contains(&own.weight_grams) {
        let refusal = Refusal::new(ErrorCode::Invalid, messages::weight_range(WEIGHT_MAX));
        return Err(refusal.at(&["lines", index, "weightGrams"]));
    }
    let category = own.tax_category.as_deref();
    Ok(OwnGoods {
        title: text::line(&["lines", index, "title"], &own.title, TITLE_LENGTH_MAX)?,
        sku: text::optional_line(&["lines", index, "sku"], own.sku.as_deref(), SKU_LENGTH_MAX)?,
        tax_category: text::optional_line(&["lines", index, "taxCategory"], category, SKU_LENGTH_MAX)?,
        weight_grams: own.weight_grams,
    })
}

fn set_price(
    tx: &Tx,
    cart: &cart::Model,
    (line, good): &mut (cart_line::Model, Good),
    price: &LinePrice,
    index: usize,
) -> Result<(), Refusal> {
    let index = index.to_string();
    match price {
        LinePrice::Kept => {}
        LinePrice::Own(price) => {
            line.seen_price_minor = amount(price, cart.currency, &["lines", &index, "unitPrice"])?;
            line.own_price = true;
        }
        LinePrice::Catalogue if line.own_goods.is_some() => {
            let refusal = Refusal::new(ErrorCode::Invalid, messages::own_line_needs_price());
            return Err(refusal.at(&["lines", &index, "unitPrice"]));
        }
        LinePrice::Catalogue => {
            good.agreed_minor = None;
            let today = price_of(tx.shop(), cart, good, line.quantity);
            let gone = || Refusal::new(ErrorCode::NotForSale, messages::cart_variant_missing());
            line.seen_price_minor = today.ok_or_else(|| gone().at(&["lines", &index, "lineId"]))?;
            line.own_price = false;
        }
    }
    good.agreed_minor = Some(line.seen_price_minor);
    Ok(())
}

async fn write_line(tx: &Tx, line: &cart_line::Model) -> Result<()> {
    write(tx, line).await?;
    cart_line::Entity::update_many()
        .col_expr(cart_line::Column::OwnPrice, Expr::value(line.own_price))
        .filter(cart_line::Column::Id.eq(line.id))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// What adding one line refuses, told of the place where it was asked for.
fn at_line(error: Error, index: usize) -> Error {
    let Error::Refused(mut refusals) = error else {
        return error;
    };
    for refusal in &mut refusals {
        if let Some(place) = refusal.field.get_mut(1) {
            *place = index.to_string();
        }
    }
    Error::Refused(refusals)
}

/// Has the goods of a cart that now is in another currency cost what the catalogue says there.
///
/// # Errors
/// Refuses goods that are not sold there.
pub(crate) async fn price_anew(tx: &Tx, cart: &cart::Model) -> Result<Lines> {
    let mut lines = lines_of(tx.shop(), tx.db(), cart).await?;
    for (index, line) in lines.iter_mut().enumerate() {
        set_price(tx, cart, line, &LinePrice::Catalogue, index)?;
        write_line(tx, &line.0).await?;
    }
    Ok(lines)
}

/// A cart with its lines, as they are.
///
/// # Errors
/// Refuses one that was forgotten.
pub(crate) async fn read(tx: &Tx, id: CartId) -> Result<(cart::Model, Lines)> {
    let found = read_on(tx.shop(), tx.db(), id).await?;
    let (found, lines) = found.ok_or_else(missing)?;
    Ok((found.row, lines))
}

/// The lines of a cart that somebody else buys now.
pub(crate) async fn lines(tx: &Tx, cart: &cart::Model) -> Result<Lines> {
    lines_of(tx.shop(), tx.db(), cart).await
}
