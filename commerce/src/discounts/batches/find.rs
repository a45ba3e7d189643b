//! Finds batches, for those who may see discounts.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{
    discount_code_batch,
    ids::{DiscountCodeBatchId, DiscountId},
};

use crate::{
    Context, Result, Shop, sql,
    staff::{Permission, permission},
};

/// A batch, for whoever may see it.
pub async fn by_id(
    shop: &Shop,
    context: &Context,
    id: DiscountCodeBatchId,
) -> Result<Option<discount_code_batch::Model>> {
    if !permission::allowed(context, Permission::Catalog) {
        return Ok(None);
    }
    Ok(discount_code_batch::Entity::find_by_id(id).one(&shop.db).await?)
}

/// The batches of each discount, the newest first. Unscoped: whoever shows them asks for the permission.
pub async fn of_discounts(
    shop: &Shop,
    discounts: &[DiscountId],
) -> Result<HashMap<DiscountId, Vec<discount_code_batch::Model>>> {
    use discount_code_batch::Column as C;
    let query = discount_code_batch::Entity::find();
    let query = query.filter(sql::among(&shop.db, C::DiscountId, discounts.iter().copied()));
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in query.order_by_desc(C::Id).all(&shop.db).await? {
        found.entry(row.discount_id).or_default().push(row);
    }
    Ok(found)
}
