//! A definition's row, which every change locks and writes at its next version.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use vitrine_entity::{attribute_choice as choice, attribute_definition as definition, ids::AttributeDefinitionId};

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};

use super::definitions::Definition;
use crate::{
    Error, ErrorCode, Refusal, Result, Tx, error::expect_version, language::messages, transaction::is_unique_violation,
};

/// Locks the definition, provided that it is at the version that the member of staff saw.
pub(super) async fn open(tx: &Tx, id: AttributeDefinitionId, expected_version: Option<i64>) -> Result<Definition> {
    let row = tx.lock::<definition::Entity>(id).await?;
    let row = row.ok_or_else(|| Refusal::not_found("attribute").at(&["id"]))?;
    expect_version("attribute", row.version, expected_version)?;
    let choices = choice::Entity::find()
        .filter(choice::Column::DefinitionId.eq(id))
        .order_by_asc(choice::Column::Position)
        .all(tx.db())
        .await?;
    Ok(Definition { row, choices })
}

/// Writes the row at its next version.
pub(super) async fn close(tx: &Tx, row: &mut definition::Model) -> Result<()> {
    row.version += 1;
    row.updated_at = tx.shop().now();
    let written = definition::Entity::update(row.clone().into_active_model().reset_all());
    written.exec(tx.db()).await.map_err(refuse_taken)?;
    Ok(())
}

/// Somebody took the key or the name between our look and our write.
pub(super) fn refuse_taken(error: sea_orm::DbErr) -> Error {
    if is_unique_violation(&error) {
        return Refusal::new(ErrorCode::Taken, messages::attribute_taken())
            .at(&["name"])
            .into();
    }
    error.into()
}
