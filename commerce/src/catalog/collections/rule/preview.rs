//! What a rule would hold, before it is kept.

use sea_orm::{
    EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use vitrine_entity::{product, product_listing};

use super::{CollectionRule, check, condition, tree_of};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop,
    catalog::{access::require_catalog, fields::Refusals},
    language::messages,
    paging::PAGE_MAX,
};

/// What a rule would hold.
#[derive(Debug, Clone)]
pub struct Preview {
    pub count: u64,
    /// The newest first.
    pub products: Vec<product::Model>,
}

/// The products for which a rule holds now, the first of them. For staff.
///
/// # Errors
/// Refuses those who may not change the catalogue, and a rule that is wrong.
pub async fn preview(shop: &Shop, context: &Context, rule: CollectionRule, first: i32) -> Result<Preview> {
    require_catalog(context)?;
    let mut refusals = Refusals::default();
    let rule = check(rule, &mut refusals);
    refusals.any().map_err(Error::Refused)?;
    let limit = u64::try_from(first).ok().filter(|first| (1..=PAGE_MAX).contains(first));
    let limit = limit.ok_or_else(|| {
        let message = messages::preview_first_range(PAGE_MAX);
        Refusal::new(ErrorCode::Invalid, message).at(&["first"])
    })?;
    let tree = tree_of(&shop.db, &[&rule]).await?;
    let listing = |column| Expr::col((product_listing::Entity, column));
    let listed = listing(product_listing::Column::ProductId)
        .equals((product::Entity, product::Column::Id))
        .and(listing(product_listing::Column::Currency).eq(context.currency));
    let mut select = product::Entity::find().filter(condition(&rule, &tree));
    QuerySelect::query(&mut select).join(JoinType::InnerJoin, product_listing::Entity, listed);
    let id = Expr::col((product::Entity, product::Column::Id));
    let counted = select.clone().select_only().column_as(id.count(), "count");
    let count: Option<i64> = counted.into_tuple().one(&shop.db).await?;
    let products = select.order_by_desc(product::Column::Id).limit(limit);
    Ok(Preview {
        count: count.and_then(|count| u64::try_from(count).ok()).unwrap_or_default(),
        products: products.all(&shop.db).await?,
    })
}
