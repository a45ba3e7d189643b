//! Which orders wait for goods, as staff see it.

use chrono::{DateTime, Utc};
use sea_orm::Value;
use vitrine_entity::{
    backorder,
    ids::{BackorderId, VariantId},
};

use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, write_cursor},
    sql,
    staff::permission::{self, Permission},
};

/// What orders wait for of a variant, in the order in which it is given to them.
///
/// # Errors
/// Refuses whoever may not see stock.
pub async fn waiting(
    shop: &Shop,
    context: &Context,
    variant: VariantId,
    page: &PageRequest,
) -> Result<Page<backorder::Model>> {
    permission::require(context, Permission::Inventory)?;
    let window = page.window::<(DateTime<Utc>, BackorderId)>()?;
    let (beyond, order) = match window.backward {
        false => (">", "asc"),
        true => ("<", "desc"),
    };
    let mut values: Vec<Value> = vec![variant.into(), (window.limit as i64 + 1).into()];
    let after = match window.cursor {
        None => String::new(),
        Some((at, id)) => {
            values.extend([Value::from(at), id.into()]);
            format!("and (created_at, id) {beyond} ($3, $4)")
        }
    };
    let sql = format!(
        "select * from backorder where variant_id = $1 and state = 'WAITING' {after} \
         order by created_at {order}, id {order} limit $2"
    );
    let rows: Vec<backorder::Model> = sql::all(&shop.db, &sql, values).await?;
    Ok(window.page(rows, |row| write_cursor(&(row.created_at, row.id))))
}
