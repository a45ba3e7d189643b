//! Values that are older than their definition, and are not what it wants.

use super::{definitions::Definition, value};
use crate::{
    Context, Result, Shop, sql,
    staff::{Permission, require},
};

/// The most values that are given.
const UNFIT_MAX: usize = 50;
/// How many are looked at.
const LOOKED_AT_MAX: i64 = 5_000;

/// Values of products that are not what their definition wants, as those may be that are older than it.
///
/// # Errors
/// Refuses those who are not staff of the catalogue.
pub async fn unfit_values(shop: &Shop, context: &Context, definition: &Definition) -> Result<Vec<String>> {
    require(context, Permission::Catalog)?;
    let sql = "select value from product_attribute where name = $1 union \
               select value from variant_attribute where name = $1 order by 1 limit $2";
    let values = [definition.row.name.as_str().into(), LOOKED_AT_MAX.into()];
    let values: Vec<String> = sql::column(&shop.db, sql, values).await?;
    let unfit = values.into_iter().filter(|text| value::read(definition, text).is_err());
    Ok(unfit.take(UNFIT_MAX).collect())
}
