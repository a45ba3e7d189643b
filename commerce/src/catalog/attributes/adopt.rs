//! Brings the values of products that bear a name into the form that its definition wants.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use vitrine_entity::{ids::ProductId, product_attribute as attribute};

use super::{definitions::Definition, value::normalised};
use crate::{Result, Tx, jobs::Job, sql};

/// The most different values that are looked at: text that so many products have of their own stays text.
const VALUES_MAX: u64 = 10_000;
/// How many products one job brings up to date.
const PRODUCTS_A_JOB: usize = 500;

/// Gives the values that bear the definition's name its form; those that are not what it wants stay as they
/// are.
pub(super) async fn adopt(tx: &Tx, definition: &Definition) -> Result<()> {
    let name = &definition.row.name;
    let values: Vec<(String, Option<i64>)> = attribute::Entity::find()
        .select_only()
        .columns([attribute::Column::Value, attribute::Column::NumberMicro])
        .distinct()
        .filter(attribute::Column::Name.eq(name))
        .limit(VALUES_MAX)
        .into_tuple()
        .all(tx.db())
        .await?;
    for (value, number) in values {
        let (text, micro) = normalised(Some(definition), &value);
        if text != value {
            rename_value(tx, name, &value, &text).await?;
        }
        if text != value || micro != number {
            let sql = "update product_attribute set number_micro = $3 where name = $1 and value = $2";
            sql::execute(tx.db(), sql, [name.as_str().into(), text.as_str().into(), micro.into()]).await?;
        }
    }
    Ok(())
}

/// Calls a value something else on all products. A product that has both keeps one.
pub(super) async fn rename_value(tx: &Tx, name: &str, from: &str, to: &str) -> Result<()> {
    let values = || [name.into(), from.into(), to.into()];
    let both = "delete from product_attribute where name = $1 and value = $2 and product_id in \
                (select product_id from product_attribute where name = $1 and value = $3)";
    sql::execute(tx.db(), both, values()).await?;
    let sql = "update product_attribute set value = $3 where name = $1 and value = $2";
    sql::execute(tx.db(), sql, values()).await?;
    Ok(())
}

/// Calls the attribute something else on all products. A product that has a value of both names keeps one.
pub(super) async fn rename(tx: &Tx, from: &str, to: &str) -> Result<()> {
    let values = || [from.into(), to.into()];
    let both = "delete from product_attribute where name = $1 and exists (select 1 from product_attribute b \
                where b.product_id = product_attribute.product_id and b.name = $2 and b.value = product_attribute.value)";
    sql::execute(tx.db(), both, values()).await?;
    let sql = "update product_attribute set name = $2 where name = $1";
    sql::execute(tx.db(), sql, values()).await?;
    Ok(())
}

/// Has every product indexed that has a value of this name.
pub(super) async fn index(tx: &Tx, name: &str) -> Result<()> {
    let products: Vec<ProductId> = attribute::Entity::find()
        .select_only()
        .column(attribute::Column::ProductId)
        .distinct()
        .filter(attribute::Column::Name.eq(name))
        .into_tuple()
        .all(tx.db())
        .await?;
    for products in products.chunks(PRODUCTS_A_JOB) {
        let products = products.to_vec();
        tx.enqueue(None, Job::IndexProducts { products });
    }
    Ok(())
}
