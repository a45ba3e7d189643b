//! Reads what is noted of orders of the older checkout.

use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, PaginatorTrait, QueryFilter, QuerySelect};
use vitrine_entity::legacy_order::{self, Column, LegacyFinding, LegacySide};

use crate::{
    Context, Result, Shop,
    paging::{self, Page, PageRequest},
    staff::{Permission, permission},
};

/// The orders of clients that know the older checkout alone, newest first.
///
/// # Errors
/// Refuses whoever may not see orders, and a page out of bounds.
pub async fn list(
    shop: &Shop,
    context: &Context,
    finding: Option<LegacyFinding>,
    page: &PageRequest,
) -> Result<Page<legacy_order::Model>> {
    permission::require_or_system(context, Permission::Orders)?;
    let wanted = Condition::all().add_option(finding.map(|finding| Column::Finding.eq(finding)));
    let query = legacy_order::Entity::find().filter(wanted);
    paging::by_keys(&shop.db, query, [Column::Id], Order::Desc, page, |row| row.id).await
}

/// Of how many both systems do not say the same, and nobody has decided; counted to a bound.
pub(crate) async fn findings_open(shop: &Shop) -> Result<u64> {
    let open = legacy_order::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Finding.eq(LegacyFinding::Open));
    Ok(paging::count(&shop.db, open).await?.rows)
}

/// Whether an order of this number was placed here, whoever asks.
///
/// # Errors
/// When the database fails.
pub async fn is_ours(shop: &Shop, number: &str) -> Result<bool> {
    let ours = legacy_order::Entity::find()
        .filter(Column::Placed.eq(LegacySide::Here))
        .filter(Column::Number.eq(number));
    Ok(ours.count(&shop.db).await? > 0)
}
