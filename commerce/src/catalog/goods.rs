//! What a basket must know of the variants in it, in one statement.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, FromQueryResult};
use vitrine_entity::{
    currency::Currency,
    ids::VariantId,
    picture, price,
    product::{self, ProductStatus},
    variant,
};

use crate::{
    Result, Shop,
    inventory::availability::{self, Availability},
    sql::{self, columns},
};

/// A variant with what belongs to it.
#[derive(Debug, Clone)]
pub struct Good {
    pub variant: variant::Model,
    pub product: product::Model,
    /// In the currency that was asked for.
    pub price: Option<price::Model>,
    /// The product's first.
    pub picture: Option<picture::Model>,
    /// How many of it can be had, and what they are.
    pub availability: Availability,
    /// Whether the variant and its product are active.
    pub on_sale: bool,
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
        "select {variant}, {product}, {price}, {picture}, {availability} \
         from variant v join product p on p.id = v.product_id {policy} \
         left join price r on r.variant_id = v.id and r.currency = $1 \
         left join picture i on i.id = \
         (select id from picture where product_id = p.id order by position, id limit 1) \
         where v.id {ids}",
        variant = columns::<variant::Column>("v"),
        product = columns::<product::Column>("p"),
        price = columns::<price::Column>("r"),
        picture = columns::<picture::Column>("i"),
        availability = availability::columns("v.id", "$2"),
        policy = availability::join("v.id"),
        ids = sql::among_parameter::<VariantId>(db, 3),
    );
    let today = availability::today(shop);
    let values = [currency.into(), today.into(), sql::list(db, ids.iter().copied())];
    let rows = sql::rows(db, &sql, values).await?;
    let goods = rows.iter().map(|row| {
        let variant = variant::Model::from_query_result(row, "v_")?;
        let product = product::Model::from_query_result(row, "p_")?;
        let good = Good {
            on_sale: variant.active && product.status == ProductStatus::Active,
            price: price::Model::from_query_result_optional(row, "r_")?,
            picture: picture::Model::from_query_result_optional(row, "i_")?,
            availability: Availability::read(row, today)?,
            variant,
            product,
        };
        Ok((good.variant.id, good))
    });
    goods.collect()
}
