//! What a basket must know of the variants in it, in one statement.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, FromQueryResult, IdenStatic, Iterable, Value};
use vitrine_entity::{
    currency::Currency,
    ids::VariantId,
    picture, price,
    product::{self, ProductStatus},
    variant,
};

use crate::{Result, sql};

/// A variant with what belongs to it.
#[derive(Debug, Clone)]
pub struct Good {
    pub variant: variant::Model,
    pub product: product::Model,
    /// In the currency that was asked for.
    pub price: Option<price::Model>,
    /// The product's first.
    pub picture: Option<picture::Model>,
    /// Units that nobody has ordered, at all locations.
    pub available: i64,
    /// Whether the variant and its product are active.
    pub on_sale: bool,
}

/// The goods with these ids, whether on sale or not.
pub async fn goods_on(
    db: &impl ConnectionTrait,
    currency: Currency,
    ids: &[VariantId],
) -> Result<HashMap<VariantId, Good>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "select {variant}, {product}, {price}, {picture}, \
         cast(coalesce((select sum(on_hand - reserved) from stock where variant_id = v.id), 0) as bigint) as available \
         from variant v join product p on p.id = v.product_id \
         left join price r on r.variant_id = v.id and r.currency = $1 \
         left join picture i on i.id = \
         (select id from picture where product_id = p.id order by position, id limit 1) \
         where v.id in ({ids})",
        variant = columns::<variant::Column>("v"),
        product = columns::<product::Column>("p"),
        price = columns::<price::Column>("r"),
        picture = columns::<picture::Column>("i"),
        ids = (2..ids.len() + 2)
            .map(|n| format!("${n}"))
            .collect::<Vec<_>>()
            .join(", "),
    );
    let mut values: Vec<Value> = vec![currency.into()];
    values.extend(ids.iter().map(|id| Value::from(*id)));
    let rows = sql::rows(db, &sql, values).await?;
    let goods = rows.iter().map(|row| {
        let variant = variant::Model::from_query_result(row, "v_")?;
        let product = product::Model::from_query_result(row, "p_")?;
        let good = Good {
            on_sale: variant.active && product.status == ProductStatus::Active,
            price: price::Model::from_query_result_optional(row, "r_")?,
            picture: picture::Model::from_query_result_optional(row, "i_")?,
            available: row.try_get("", "available")?,
            variant,
            product,
        };
        Ok((good.variant.id, good))
    });
    goods.collect()
}

/// Every column of an entity under a table's alias, named so that its model can be read back:
/// `v.id as v_id`.
fn columns<C: Iterable + IdenStatic>(alias: &str) -> String {
    C::iter()
        .map(|column| format!("{alias}.{name} as {alias}_{name}", name = column.as_str()))
        .collect::<Vec<_>>()
        .join(", ")
}
