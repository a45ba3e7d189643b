//! Reads rules, for staff.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use vitrine_entity::{ids::SearchRuleId, search_rule, search_rule_product};

use crate::{
    Context, Result, Shop,
    catalog::list::{like, lower, words},
    paging::{Page, PageRequest, Window, write_cursor},
    staff::{Permission, permission},
    words::fold,
};

/// Restricts a list of rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchRuleFilter {
    /// What stands anywhere in the term.
    pub text: Option<String>,
    /// Those that were deleted, and no others.
    pub deleted: bool,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Position {
    rule: SearchRuleId,
}

/// A rule, deleted or not, for whoever may see it.
pub async fn by_id(shop: &Shop, context: &Context, id: SearchRuleId) -> Result<Option<search_rule::Model>> {
    if !permission::allowed(context, Permission::Catalog) {
        return Ok(None);
    }
    Ok(search_rule::Entity::find_by_id(id).one(&shop.db).await?)
}

/// A page of the rules, the newest first.
///
/// # Errors
/// Refuses those who may not change the catalogue, a page out of bounds, and a text of more than a thousand
/// characters.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &SearchRuleFilter,
    page: &PageRequest,
) -> Result<Page<search_rule::Model>> {
    permission::require_or_system(context, Permission::Catalog)?;
    let window: Window<Position> = page.window()?;
    let mut select = search_rule::Entity::find().filter(match filter.deleted {
        true => search_rule::Column::DeletedAt.is_not_null(),
        false => search_rule::Column::DeletedAt.is_null(),
    });
    for word in words(filter.text.as_deref().unwrap_or_default())? {
        let term = lower(search_rule::Entity, search_rule::Column::Term);
        select = select.filter(sea_orm::sea_query::ExprTrait::like(term, like(&fold(&word))));
    }
    if let Some(place) = window.cursor {
        select = select.filter(match window.backward {
            false => search_rule::Column::Id.lt(place.rule),
            true => search_rule::Column::Id.gt(place.rule),
        });
    }
    let order = if window.backward { Order::Asc } else { Order::Desc };
    let select = select.order_by(search_rule::Column::Id, order).limit(window.limit + 1);
    let rows = select.all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&Position { rule: row.id })))
}

/// What each rule pins, by position, and hides, in one statement.
pub async fn products_of(
    shop: &Shop,
    rules: &[SearchRuleId],
) -> Result<HashMap<SearchRuleId, Vec<search_rule_product::Model>>> {
    let rows = search_rule_product::Entity::find()
        .filter(search_rule_product::Column::RuleId.is_in(rules.iter().copied()))
        .order_by_asc(search_rule_product::Column::Position)
        .order_by_asc(search_rule_product::Column::ProductId)
        .all(&shop.db)
        .await?;
    let mut all: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        all.entry(row.rule_id).or_default().push(row);
    }
    Ok(all)
}
