//! Brings the values of products and variants that bear a name into the form that its definition wants.

use sea_orm::FromQueryResult;
use vitrine_entity::ids::ProductId;

use super::{definitions::Definition, value::normalised};
use crate::{
    Result, Tx,
    jobs::Job,
    sql,
    translations::{rename_attribute, rename_attribute_value},
};

/// The most different values that are looked at: text that so many products have of their own stays text.
const VALUES_MAX: i64 = 10_000;
/// How many products one job brings up to date.
const PRODUCTS_A_JOB: usize = 500;

/// Where values are, and whose they are.
const TABLES: [(&str, &str); 2] = [("product_attribute", "product_id"), ("variant_attribute", "variant_id")];

#[derive(Debug, FromQueryResult)]
struct Stored {
    value: String,
    number_micro: Option<i64>,
}

/// Gives the values that bear the definition's name its form; those that are not what it wants stay as they
/// are.
pub(super) async fn adopt(tx: &Tx, definition: &Definition) -> Result<()> {
    let name = &definition.row.name;
    for (table, _) in TABLES {
        let sql = format!("select distinct value, number_micro from {table} where name = $1 limit $2");
        let values: Vec<Stored> = sql::all(tx.db(), &sql, [name.as_str().into(), VALUES_MAX.into()]).await?;
        for stored in values {
            let (text, micro) = normalised(Some(definition), &stored.value);
            if text != stored.value {
                rename_value(tx, name, &stored.value, &text).await?;
            }
            if text != stored.value || micro != stored.number_micro {
                let sql = format!("update {table} set number_micro = $3 where name = $1 and value = $2");
                sql::execute(
                    tx.db(),
                    &sql,
                    [name.as_str().into(), text.as_str().into(), micro.into()],
                )
                .await?;
            }
        }
    }
    Ok(())
}

/// Calls a value something else everywhere. A thing that has both keeps one.
pub(super) async fn rename_value(tx: &Tx, name: &str, from: &str, to: &str) -> Result<()> {
    let values = || [name.into(), from.into(), to.into()];
    for (table, owner) in TABLES {
        let both = format!(
            "delete from {table} where name = $1 and value = $2 and {owner} in \
             (select {owner} from {table} where name = $1 and value = $3)"
        );
        sql::execute(tx.db(), &both, values()).await?;
        let sql = format!("update {table} set value = $3 where name = $1 and value = $2");
        sql::execute(tx.db(), &sql, values()).await?;
    }
    rename_attribute_value(tx, name, from, to).await
}

/// Calls the attribute something else everywhere. A thing that has a value of both names keeps one.
pub(super) async fn rename(tx: &Tx, from: &str, to: &str) -> Result<()> {
    let values = || [from.into(), to.into()];
    for (table, owner) in TABLES {
        let both = format!(
            "delete from {table} where name = $1 and exists (select 1 from {table} b \
             where b.{owner} = {table}.{owner} and b.name = $2 and b.value = {table}.value)"
        );
        sql::execute(tx.db(), &both, values()).await?;
        let sql = format!("update {table} set name = $2 where name = $1");
        sql::execute(tx.db(), &sql, values()).await?;
    }
    rename_attribute(tx, from, to).await
}

/// Has every product indexed that has a value of this name, or a variant that has.
pub(super) async fn index(tx: &Tx, name: &str) -> Result<()> {
    let sql = "select product_id from product_attribute where name = $1 union \
               select product_id from variant_attribute where name = $1";
    let products: Vec<ProductId> = sql::column(tx.db(), sql, [name.into()]).await?;
    for products in products.chunks(PRODUCTS_A_JOB) {
        let products = products.to_vec();
        tx.enqueue(None, Job::IndexProducts { products });
    }
    Ok(())
}
