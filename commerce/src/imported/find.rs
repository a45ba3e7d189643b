//! Finds imported orders.

use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, Select};
use vitrine_entity::{
    ids::CustomerId,
    imported_order::{self, Column, ImportSource},
};

use crate::{
    Context, Result, Shop,
    paging::{self, Page, PageRequest},
    sql,
    staff::permission::{self, Permission},
    text,
};

/// How many words are looked for.
const WORDS_MAX: usize = 8;

/// Which of them staff want to see. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportedOrderFilter {
    /// Parts of number, mail address, names, SKUs and titles.
    pub query: Option<String>,
    pub source: Option<ImportSource>,
}

/// Imported orders, those that were placed last first. For staff.
///
/// # Errors
/// Refuses whoever may not see any order, and a page out of bounds.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &ImportedOrderFilter,
    page: &PageRequest,
) -> Result<Page<imported_order::Model>> {
    permission::require_or_system(context, Permission::Orders)?;
    let mut query = imported_order::Entity::find();
    if let Some(source) = filter.source {
        query = query.filter(Column::Source.eq(source));
    }
    let typed = filter.query.as_deref().map(text::code).unwrap_or_default();
    for word in typed.split_whitespace().take(WORDS_MAX) {
        // PostgreSQL would fail over a NUL, and no text that is kept has one.
        let visible = word.trim_start_matches('#').chars().filter(|c| !c.is_control());
        let word: String = visible.take(100).collect();
        query = query.filter(sql::contains(Column::Search, &word));
    }
    by_time(shop, query, page).await
}

/// What a customer ordered there, those that were placed last first. Unscoped: the caller must have asked who may see it.
///
/// # Errors
/// Refuses a page out of bounds.
pub async fn of_customer(shop: &Shop, customer: CustomerId, page: &PageRequest) -> Result<Page<imported_order::Model>> {
    let query = imported_order::Entity::find().filter(Column::CustomerId.eq(customer));
    by_time(shop, query, page).await
}

async fn by_time(
    shop: &Shop,
    query: Select<imported_order::Entity>,
    page: &PageRequest,
) -> Result<Page<imported_order::Model>> {
    let keys = [Column::PlacedAt, Column::Id];
    paging::by_keys(&shop.db, query, keys, Order::Desc, page, |row| (row.placed_at, row.id)).await
}
