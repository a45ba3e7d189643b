//! Finds imports, for whoever may change products.

use sea_orm::{EntityTrait, Order};
use vitrine_entity::{
    ids::ProductImportId,
    product_import::{self, ImportKind},
};

use crate::{
    Context, Fault, Result, Shop,
    catalog::import::RowProblem,
    moving,
    paging::{self, Page, PageRequest},
    staff::permission::{self, Permission},
};

/// Lets those pass who may change products, and the command line.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`.
pub fn require(context: &Context) -> Result<()> {
    permission::require_or_system(context, Permission::Catalog)
}

/// As [`require`], for a file of what else there is: of whoever may write it by hand, too.
///
/// # Errors
/// The same.
pub(super) fn require_for(context: &Context, what: Option<ImportKind>) -> Result<()> {
    require(context)?;
    match what {
        Some(kind) => moving::may(context, kind),
        None => Ok(()),
    }
}

/// An import.
///
/// # Errors
/// Refuses those without the permission `CATALOG`.
pub async fn find(shop: &Shop, context: &Context, id: ProductImportId) -> Result<Option<product_import::Model>> {
    require(context)?;
    Ok(product_import::Entity::find_by_id(id).one(&shop.db).await?)
}

/// The imports, newest first.
///
/// # Errors
/// Refuses those without the permission `CATALOG`, and a page out of bounds.
pub async fn list(shop: &Shop, context: &Context, page: &PageRequest) -> Result<Page<product_import::Model>> {
    use product_import::Column as C;
    require(context)?;
    let query = product_import::Entity::find();
    paging::by_keys(&shop.db, query, [C::Id], Order::Desc, page, |row| row.id).await
}

/// What was found wrong with its file, by row: the first thousand problems, errors before warnings.
///
/// # Errors
/// A row of the table that this version cannot read.
pub fn problems(row: &product_import::Model) -> Result<Vec<RowProblem>> {
    let read = serde_json::from_value(row.problems.clone());
    Ok(read.map_err(|error| Fault::other("reading product_import.problems", error))?)
}
