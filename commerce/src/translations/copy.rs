//! Gives copies of things the translations of what they are copied from.

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use vitrine_entity::translation;

use super::thing::Thing;
use crate::{Result, Tx};

/// Copies all translations but slugs, which name one thing. What the copy says otherwise is outdated from the beginning.
pub(crate) async fn copy(tx: &Tx, from: &Thing, to: &Thing) -> Result<()> {
    use translation::Column as C;
    let rows = translation::Entity::find()
        .filter(C::Thing.eq(from.to_string()))
        .filter(C::Field.ne("slug"))
        .all(tx.db())
        .await?;
    if rows.is_empty() {
        return Ok(());
    }
    let now = tx.shop().now();
    let copied = rows.into_iter().map(|row| translation::Model {
        thing: to.to_string(),
        thing_id: to.id(),
        version: 1,
        written_at: now,
        ..row
    });
    translation::Entity::insert_many(copied.map(IntoActiveModel::into_active_model))
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}
