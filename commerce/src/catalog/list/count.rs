//! How many products a list has. What shoppers are shown first (everything, or a branch of the tree, in stock or not)
//! is counted as it changes, by triggers of the database in the transaction of the change; everything else is counted
//! when it is asked for, and not further than [`COUNT_MAX`](crate::paging::COUNT_MAX).

use sea_orm::{QuerySelect, Value};
use vitrine_entity::{ids::CategoryId, product, product::ProductStatus};

use super::{ProductFilter, Reading, filter, matching, words};
use crate::{
    Context, Result, Shop,
    catalog::{categories, find, sold_there::restriction},
    paging::{self, Count},
    sql,
};

/// How many products match, of those that the caller may see.
///
/// # Errors
/// As [`products`](super::products).
pub async fn count(shop: &Shop, context: &Context, filter: &ProductFilter) -> Result<Count> {
    filter::check(filter)?;
    let is_everybodys = restriction(shop, context).is_none() && !context.terms.changes_goods();
    if is_everybodys && is_kept(context, filter)? && !context.terms.sells_unlisted(context.shown) {
        return kept(shop, context, filter).await;
    }
    let select = matching(shop, context, filter, Reading::Number).await?.select_only();
    paging::count(&shop.db, select.column(product::Column::Id)).await
}

/// Whether it restricts nothing but what the kept counts know.
fn is_kept(context: &Context, filter: &ProductFilter) -> Result<bool> {
    let status = match filter.status {
        None => !find::sees_all(context),
        status => status == Some(ProductStatus::Active),
    };
    let text = words(filter.text.as_deref().unwrap_or_default())?;
    let known = ProductFilter {
        category_slugs: filter.category_slugs.clone(),
        in_stock: filter.in_stock,
        status: filter.status,
        text: filter.text.clone(),
        synonyms: filter.synonyms.clone(),
        language: filter.language,
        ..ProductFilter::default()
    };
    Ok(status && text.is_empty() && *filter == known)
}

async fn kept(shop: &Shop, context: &Context, filter: &ProductFilter) -> Result<Count> {
    let mut sql = "select cast(coalesce(sum(products), 0) as bigint) from product_count where currency = $1".to_owned();
    let mut values: Vec<Value> = vec![context.shown.into()];
    if let Some(in_stock) = filter.in_stock {
        values.push(in_stock.into());
        sql.push_str(" and in_stock = $2");
    }
    if !filter.category_slugs.is_empty() {
        let branch = categories::descendant_ids(shop, &filter.category_slugs).await?;
        if branch.is_empty() {
            return Ok(Count::default());
        }
        let among = sql::among_parameter::<CategoryId>(&shop.db, values.len() + 1);
        sql = format!("{sql} and category_id {among}");
        values.push(sql::list(&shop.db, branch));
    }
    let counted: Vec<i64> = sql::column(&shop.db, &sql, values).await?;
    let rows = counted.first().copied().unwrap_or_default();
    Ok(Count::exactly(u64::try_from(rows).unwrap_or_default()))
}
