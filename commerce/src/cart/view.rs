//! A cart as it stands now: its goods, today's prices, and what is wrong with it.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{cart, cart_line, ids::CartId, picture, product, shipping_method, variant};

use super::{CartProblem, change::is_theirs, price::price};
use crate::{
    Context, Fault, Result, Shop, catalog,
    delivery::{shipping, tax},
    money::{Currency, Money},
    pricing::Totals,
};

/// A cart, priced.
#[derive(Debug, Clone)]
pub struct CartView {
    pub cart: cart::Model,
    /// In the order in which they were added.
    pub lines: Vec<CartLineView>,
    pub cost: Totals,
    /// What reaches the cart's address; empty until it has one.
    pub shipping_methods: Vec<ShippingOption>,
    pub problems: Vec<CartProblem>,
}

/// A line, priced.
#[derive(Debug, Clone)]
pub struct CartLineView {
    pub line: cart_line::Model,
    pub variant: variant::Model,
    pub product: product::Model,
    pub picture: Option<picture::Model>,
    pub unit_price: Money,
    pub compare_at: Option<Money>,
    pub subtotal: Money,
    pub tax: Money,
    pub total: Money,
    pub tax_basis_points: i32,
    /// Units that nobody has ordered.
    pub available: i64,
    /// Whether it can be bought at all: active, and with a price.
    pub for_sale: bool,
}

impl CartLineView {
    /// What the shopper calls it: the product, and what they chose of it.
    pub fn title(&self) -> String {
        match self.chosen_title() {
            "" => self.product.title.clone(),
            chosen => format!("{} ({chosen})", self.product.title),
        }
    }

    /// What the shopper chose; nothing, where there was nothing to choose.
    pub fn chosen_title(&self) -> &str {
        match self.variant.option_values.as_array() {
            Some(values) if !values.is_empty() => &self.variant.title,
            _ => "",
        }
    }
}

/// A way to ship to the cart's address.
#[derive(Debug, Clone)]
pub struct ShippingOption {
    pub method: shipping_method::Model,
    pub price: Money,
    pub selected: bool,
}

/// The cart `id`, if it exists and is the caller's.
pub async fn view(shop: &Shop, context: &Context, id: CartId) -> Result<Option<CartView>> {
    match cart::Entity::find_by_id(id).one(&shop.db).await? {
        Some(row) if is_theirs(&row, context.viewer) => Ok(Some(assemble(shop, &shop.db, row).await?)),
        _ => Ok(None),
    }
}

/// Reads what the cart names, in a fixed number of statements, and prices it.
pub(crate) async fn assemble(shop: &Shop, db: &impl ConnectionTrait, cart: cart::Model) -> Result<CartView> {
    let currency: Currency = cart.currency.parse().map_err(|_| corrupt("currency", &cart))?;
    let rows = cart_line::Entity::find()
        .filter(cart_line::Column::CartId.eq(cart.id))
        .order_by_asc(cart_line::Column::Id)
        .all(db)
        .await?;
    let variant_ids: Vec<_> = rows.iter().map(|row| row.variant_id).collect();
    let goods = catalog::goods::goods_on(db, shop, &variant_ids).await?;
    let country = cart
        .shipping_address
        .as_ref()
        .map_or(&shop.settings.country, |address| &address.country);
    let rates = tax::rates_of(db, country).await?;
    let methods = match &cart.shipping_address {
        Some(address) => shipping::methods_to(db, shop, &address.country).await?,
        None => Vec::new(),
    };
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let good = goods
            .get(&row.variant_id)
            .ok_or_else(|| corrupt("line", &cart))?
            .clone();
        lines.push((row, good));
    }
    Ok(price(shop, currency, cart, lines, &rates, methods)?)
}

fn corrupt(column: &'static str, cart: &cart::Model) -> Fault {
    Fault::Corrupt {
        table: "cart",
        column,
        id: cart.id.to_string(),
    }
}
