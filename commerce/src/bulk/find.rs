//! Finds bulk operations: for whoever started them, and for those who look after the jobs.

use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryTrait};
use vitrine_entity::{
    bulk_operation::{self, BulkStatus},
    ids::BulkOperationId,
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Viewer,
    language::messages,
    paging::{self, Page, PageRequest},
    staff::permission::{self, Permission},
};

/// Which bulk operations to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BulkFilter {
    pub status: Option<BulkStatus>,
}

/// Lets those pass who work here, and the command line.
///
/// # Errors
/// `UNAUTHENTICATED` for a guest, `FORBIDDEN` for everybody else.
pub fn require(context: &Context) -> Result<(), Refusal> {
    match context.viewer {
        Viewer::System => Ok(()),
        viewer if viewer.works_here() => Ok(()),
        Viewer::Guest => Err(Refusal::new(ErrorCode::Unauthenticated, messages::sign_in_as_staff())),
        _ => Err(Refusal::new(ErrorCode::Forbidden, messages::role_lacks())),
    }
}

/// A bulk operation, if the caller may see it.
///
/// # Errors
/// Refuses those who do not work here.
pub async fn find(shop: &Shop, context: &Context, id: BulkOperationId) -> Result<Option<bulk_operation::Model>> {
    require(context)?;
    let row = bulk_operation::Entity::find_by_id(id).one(&shop.db).await?;
    let actor = context.viewer.actor();
    Ok(row.filter(|row| row.actor == actor || permission::allowed(context, Permission::Jobs)))
}

/// The bulk operations that the caller may see, newest first.
///
/// # Errors
/// Refuses those who do not work here, and a page out of bounds.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &BulkFilter,
    page: &PageRequest,
) -> Result<Page<bulk_operation::Model>> {
    use bulk_operation::Column as C;
    require(context)?;
    let own = (!permission::allowed(context, Permission::Jobs)).then(|| context.viewer.actor());
    let query = bulk_operation::Entity::find()
        .apply_if(own, |query, actor| query.filter(C::Actor.eq(actor)))
        .apply_if(filter.status, |query, status| query.filter(C::Status.eq(status)));
    paging::by_keys(&shop.db, query, [C::Id], Order::Desc, page, |row| row.id).await
}
