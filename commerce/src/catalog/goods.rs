//! What a basket must know of the variants in it, in one statement.

use std::{collections::HashMap, sync::LazyLock};

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, FromQueryResult, QueryResult};
use vitrine_entity::{
    attribute::Attribute,
    cart_line,
    currency::Currency,
    ids::{CartId, CartLineId, VariantId},
    picture, price,
    product::{self, ProductStatus},
    variant,
};

use super::own_amount;
use crate::{
    Result, Shop,
    inventory::availability::{self, Availability},
    pricing::{Deal, Won},
    sql::{self, columns},
};

/// A variant with what belongs to it.
#[derive(Debug, Clone)]
pub struct Good {
    pub variant: variant::Model,
    pub product: product::Model,
    /// In the currency that was asked for.
    pub price: Option<price::Model>,
    /// The variant's own, else the product's first.
    pub picture: Option<picture::Model>,
    /// How many of it can be had, and what they are.
    pub availability: Availability,
    /// Whether the variant and its product are active, or sold to whoever asks all the same.
    pub on_sale: bool,
    /// What decides its price beside `price`.
    pub deal: Deal,
    /// What its buyer has chosen that a unit costs, of a gift card, in minor units.
    pub own_amount_minor: Option<i64>,
    /// What a unit costs whatever the catalogue says, in minor units: in a draft order.
    pub agreed_minor: Option<i64>,
}

impl Good {
    /// What one unit costs where so many are bought, and by which offer. Percentages come to multiples of `step_minor`.
    pub fn unit_price(&self, quantity: i32, step_minor: i64) -> Option<Won<'_>> {
        if let Some(amount_minor) = self.agreed_minor {
            return Some(Won {
                amount_minor,
                offer: None,
                is_everybodys: self
                    .price
                    .as_ref()
                    .is_some_and(|price| price.amount_minor == amount_minor),
            });
        }
        let base = self.price.as_ref().map(|price| price.amount_minor);
        if let (Some(amount_minor), Some(_)) = (self.own_amount_minor, base) {
            return Some(Won {
                amount_minor,
                offer: None,
                // Nothing else was asked for it before.
                is_everybodys: false,
            });
        }
        self.deal.unit_price(base, quantity.max(1).into(), step_minor)
    }

    /// Takes the amount that a line's buyer has chosen, where they may.
    pub(crate) fn choose_amount(&mut self, attributes: &[Attribute]) {
        let currency = self.price.as_ref().map(|price| price.currency);
        self.own_amount_minor = currency.and_then(|currency| own_amount::chosen(&self.variant, currency, attributes));
    }
}

/// The goods with these ids, whether on sale or not.
pub async fn goods_on(
    shop: &Shop,
    db: &impl ConnectionTrait,
    currency: Currency,
    ids: &[VariantId],
) -> Result<HashMap<VariantId, Good>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "select {} from {} where v.id {}",
        *SAID,
        read_from("variant v", "$1"),
        sql::among_parameter::<VariantId>(db, 3)
    );
    let today = availability::today(shop);
    let values = [currency.into(), today.into(), sql::list(db, ids.iter().copied())];
    let rows = sql::rows(db, &sql, values).await?;
    let goods = rows
        .iter()
        .map(|row| good(row, today).map(|good| (good.variant.id, good)));
    goods.collect()
}

/// The lines of a cart with their goods, in the order in which they were added.
pub(crate) async fn lines_on(
    shop: &Shop,
    db: &impl ConnectionTrait,
    currency: Currency,
    cart: CartId,
) -> Result<Vec<(cart_line::Model, Good)>> {
    let sql = format!(
        "select {}, {} from {} where c.cart_id = $3 order by c.id",
        columns::<cart_line::Column>("c"),
        *SAID,
        read_from("cart_line c join variant v on v.id = c.variant_id", "$1")
    );
    let today = availability::today(shop);
    let rows = sql::rows(db, &sql, [currency.into(), today.into(), cart.into()]).await?;
    rows.iter().map(|row| line(row, today)).collect()
}

/// As [`lines_on`], with what is `asked` of the cart itself, `b`: a row for each line, and one for a cart without any.
pub(crate) async fn cart_on(
    shop: &Shop,
    db: &impl ConnectionTrait,
    cart: CartId,
    asked: &str,
) -> Result<Vec<(QueryResult, Option<(cart_line::Model, Good)>)>> {
    let sql = format!(
        "select {asked}, {}, {} from {} where b.id = $1 order by c.id",
        columns::<cart_line::Column>("c"),
        *SAID,
        read_from(
            "cart b left join cart_line c on c.cart_id = b.id left join variant v on v.id = c.variant_id",
            "b.currency"
        )
    );
    let today = availability::today(shop);
    let rows = sql::rows(db, &sql, [cart.into(), today.into()]).await?;
    let read = |row: QueryResult| {
        let has_line = row.try_get::<Option<CartLineId>>("c_", "id")?.is_some();
        let line = has_line.then(|| line(&row, today)).transpose()?;
        Ok((row, line))
    };
    rows.into_iter().map(read).collect()
}

/// What is asked of a good; the second parameter is today.
static SAID: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{}, {}, {}, {}, {}",
        columns::<variant::Column>("v"),
        columns::<product::Column>("p"),
        columns::<price::Column>("r"),
        columns::<picture::Column>("i"),
        availability::columns("v.id", "$2")
    )
});

/// Where it is found, of the variants `v` that `variants` gives, with its price in a currency.
fn read_from(variants: &str, currency: &str) -> String {
    format!(
        "{variants} left join product p on p.id = v.product_id {} \
         left join price r on r.variant_id = v.id and r.currency = {currency} \
         left join picture i on i.id = coalesce(\
         (select id from picture where product_id = p.id and variant_id = v.id order by position, id limit 1), \
         (select id from picture where product_id = p.id order by position, id limit 1))",
        availability::join("v.id")
    )
}

fn line(row: &QueryResult, today: NaiveDate) -> Result<(cart_line::Model, Good)> {
    let line = cart_line::Model::from_query_result(row, "c_")?;
    let mut good = good(row, today)?;
    good.choose_amount(&line.attributes.0);
    Ok((line, good))
}

fn good(row: &QueryResult, today: NaiveDate) -> Result<Good> {
    let variant = variant::Model::from_query_result(row, "v_")?;
    let product = product::Model::from_query_result(row, "p_")?;
    Ok(Good {
        on_sale: variant.active && product.status == ProductStatus::Active,
        price: price::Model::from_query_result_optional(row, "r_")?,
        picture: picture::Model::from_query_result_optional(row, "i_")?,
        availability: Availability::read(row, today)?,
        deal: Deal::default(),
        own_amount_minor: None,
        agreed_minor: None,
        variant,
        product,
    })
}
