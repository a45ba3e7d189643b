//! Finds exports: for whoever may see what they tell of.

use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter};
use vitrine_entity::{
    data_export::{self, ExportKind},
    ids::ExportId,
};

use super::table::Table;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Viewer,
    language::messages,
    paging::{self, Page, PageRequest},
    staff::permission,
};

const KINDS: [ExportKind; 7] = [
    ExportKind::Products,
    ExportKind::Customers,
    ExportKind::Orders,
    ExportKind::Stock,
    ExportKind::DiscountCodes,
    ExportKind::DiscountUses,
    ExportKind::Returns,
];

/// What the caller may see.
///
/// # Errors
/// Refuses those who may see nothing of it.
fn visible(context: &Context) -> Result<Vec<ExportKind>, Refusal> {
    let may = |kind: &ExportKind| permission::allowed(context, Table::permission(*kind));
    let kinds: Vec<ExportKind> = KINDS.into_iter().filter(may).collect();
    match (kinds.is_empty(), context.viewer) {
        (false, _) => Ok(kinds),
        (true, Viewer::Guest) => Err(Refusal::new(ErrorCode::Unauthenticated, messages::sign_in_as_staff())),
        (true, _) => Err(Refusal::new(ErrorCode::Forbidden, messages::role_lacks())),
    }
}

/// An export, if the caller may see what it tells of.
///
/// # Errors
/// Refuses those who may see no export.
pub async fn find(shop: &Shop, context: &Context, id: ExportId) -> Result<Option<data_export::Model>> {
    let kinds = visible(context)?;
    let row = data_export::Entity::find_by_id(id).one(&shop.db).await?;
    Ok(row.filter(|row| kinds.contains(&row.kind)))
}

/// The exports that the caller may see, newest first.
///
/// # Errors
/// Refuses those who may see none, and a page out of bounds.
pub async fn list(shop: &Shop, context: &Context, page: &PageRequest) -> Result<Page<data_export::Model>> {
    use data_export::Column as C;
    let kinds = visible(context)?;
    let query = data_export::Entity::find().filter(C::Kind.is_in(kinds));
    paging::by_keys(&shop.db, query, [C::Id], Order::Desc, page, |row| row.id).await
}
