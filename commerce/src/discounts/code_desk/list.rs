//! Finds codes, for those who may see discounts.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, Order, QueryFilter, QuerySelect, QueryTrait};
use vitrine_entity::{
    discount_code, discount_redemption,
    ids::{DiscountCodeId, DiscountId},
};

use super::super::codes::normal;
use crate::{
    Context, Result, Shop,
    paging::{self, Page, PageRequest},
    sql,
    staff::{Permission, permission},
    text,
};

/// Longer texts stand in no code.
const TEXT_MAX: usize = 100;

/// Which of a discount's codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeFilter {
    /// What stands anywhere in it.
    pub text: Option<String>,
    pub active: Option<bool>,
    /// Whether an order has it that counts.
    pub used: Option<bool>,
}

#[derive(FromQueryResult)]
struct Used {
    discount_code_id: DiscountCodeId,
    orders: i64,
}

/// A page of a discount's codes, the newest first.
///
/// # Errors
/// Refuses those who may not see discounts, a page out of bounds, and a text that is too long.
pub async fn list(
    shop: &Shop,
    context: &Context,
    discount: DiscountId,
    filter: &CodeFilter,
    page: &PageRequest,
) -> Result<Page<discount_code::Model>> {
    use discount_code::Column as C;
    permission::require_or_system(context, Permission::Catalog)?;
    let mut query = discount_code::Entity::find().filter(C::DiscountId.eq(discount));
    if let Some(active) = filter.active {
        query = query.filter(C::Active.eq(active));
    }
    if let Some(text) = &filter.text {
        let typed = text::optional_line(&["query"], Some(text), TEXT_MAX)?.unwrap_or_default();
        query = query.filter(sql::contains(C::Code, &normal(&typed)));
    }
    if let Some(used) = filter.used {
        let those = discount_redemption::Entity::find()
            .select_only()
            .column(discount_redemption::Column::DiscountCodeId)
            .filter(discount_redemption::Column::DiscountId.eq(discount))
            .filter(discount_redemption::Column::DiscountCodeId.is_not_null())
            .filter(discount_redemption::Column::ReleasedAt.is_null())
            .into_query();
        query = query.filter(match used {
            true => C::Id.in_subquery(those),
            false => C::Id.not_in_subquery(those),
        });
    }
    paging::by_keys(&shop.db, query, [C::Id], Order::Desc, page, |row| row.id).await
}

/// How many orders have each code, those that were cancelled left out. Unscoped: whoever shows it asks for the
/// permission.
pub async fn orders_of(shop: &Shop, codes: &[DiscountCodeId]) -> Result<HashMap<DiscountCodeId, i64>> {
    let sql = format!(
        "select discount_code_id, cast(count(*) as bigint) as orders from discount_redemption \
         where released_at is null and discount_code_id {} group by discount_code_id",
        sql::among_parameter::<DiscountCodeId>(&shop.db, 1)
    );
    let ids = sql::list(&shop.db, codes.iter().copied());
    let rows: Vec<Used> = sql::all(&shop.db, &sql, [ids]).await?;
    Ok(rows.into_iter().map(|row| (row.discount_code_id, row.orders)).collect())
}
