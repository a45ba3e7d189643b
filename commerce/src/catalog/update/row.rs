//! The product's row, which every change locks and writes at its next version.

use sea_orm::{ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};
use vitrine_entity::{ids::ProductId, product};

use crate::{
    Error, ErrorCode, Refusal, Result, Tx,
    catalog::{heading, titles},
    events::{self, EventKind},
    jobs::Job,
    language::messages,
    sql,
    transaction::is_unique_violation,
};

pub(in crate::catalog) async fn locked(tx: &Tx, product: ProductId) -> Result<product::Model> {
    let row = tx.lock::<product::Entity>(product).await?;
    row.filter(|row| row.deleted_at.is_none())
        .ok_or_else(|| Refusal::not_found("product").at(&["id"]).into())
}

/// Writes the row at its next version, provided that it is still at this one.
pub(in crate::catalog) async fn write(tx: &Tx, mut row: product::Model) -> Result<product::Model> {
    let version = row.version;
    row.version += 1;
    row.updated_at = tx.shop().now();
    row.title_key = titles::key(tx.shop(), &row.title);
    row.words = titles::words(&row.title, row.vendor.as_deref(), &row.tags);
    let written = product::Entity::update_many()
        .set(row.clone().into_active_model().reset_all())
        .filter(product::Column::Id.eq(row.id))
        .filter(product::Column::Version.eq(version))
        .exec(tx.db())
        .await
        .map_err(|error| refuse_taken(error, &row.slug))?;
    if written.rows_affected != 1 {
        let message = messages::product_just_changed();
        return Err(Refusal::new(ErrorCode::VersionConflict, message)
            .at(&["expectedVersion"])
            .into());
    }
    events::product(tx, EventKind::ProductUpdated, &row, row.version);
    tx.enqueue(None, Job::IndexProducts { products: vec![row.id] });
    Ok(row)
}

/// Tells others of products that a statement of their own has brought to their next version.
pub(crate) async fn tell_updated(tx: &Tx, products: &[ProductId]) -> Result<()> {
    if !events::is_anybody_told(tx.shop()) {
        return Ok(());
    }
    let wanted = sql::among(tx.db(), product::Column::Id, products.iter().copied());
    for row in product::Entity::find().filter(wanted).all(tx.db()).await? {
        events::product(tx, EventKind::ProductUpdated, &row, row.version);
    }
    Ok(())
}

/// Somebody took the slug between our look and our write.
fn refuse_taken(error: DbErr, slug: &str) -> Error {
    match is_unique_violation(&error) {
        true => heading::taken(slug).into(),
        false => error.into(),
    }
}
