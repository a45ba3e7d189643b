//! The definitions of attributes, which are few and read whole.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{attribute_choice as choice, attribute_definition as definition, ids::AttributeDefinitionId};

use crate::{
    Context, Result, Shop,
    staff::{
        Permission,
        permission::{self, require},
    },
};

/// A definition with the values that it allows; none where any will do.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    pub row: definition::Model,
    /// In display order.
    pub choices: Vec<choice::Model>,
}

/// Definitions in display order; deleted ones instead, for staff who would restore one.
///
/// # Errors
/// Refuses shoppers the deleted ones.
pub async fn all(shop: &Shop, context: &Context, deleted: bool) -> Result<Vec<Definition>> {
    if deleted {
        require(context, Permission::Catalog)?;
    }
    let mut definitions = read(&shop.db, deleted).await?;
    if !permission::allowed(context, Permission::Catalog) {
        definitions.retain(|definition| definition.row.visible);
    }
    Ok(definitions)
}

pub async fn by_id(shop: &Shop, id: AttributeDefinitionId) -> Result<Option<Definition>> {
    Ok(load(shop, &[id]).await?.remove(&id))
}

/// Those with these ids, deleted ones too.
pub async fn load(shop: &Shop, ids: &[AttributeDefinitionId]) -> Result<HashMap<AttributeDefinitionId, Definition>> {
    let rows = definition::Entity::find()
        .filter(definition::Column::Id.is_in(ids.iter().copied()))
        .all(&shop.db)
        .await?;
    let definitions = with_choices(&shop.db, rows).await?;
    Ok(definitions
        .into_iter()
        .map(|definition| (definition.row.id, definition))
        .collect())
}

/// All that are not deleted, in display order; or all that are.
pub(crate) async fn read(db: &impl ConnectionTrait, deleted: bool) -> Result<Vec<Definition>> {
    let condition = if deleted {
        definition::Column::DeletedAt.is_not_null()
    } else {
        definition::Column::DeletedAt.is_null()
    };
    let rows = definition::Entity::find()
        .filter(condition)
        .order_by_asc(definition::Column::Position)
        .order_by_asc(definition::Column::Id)
        .all(db)
        .await?;
    with_choices(db, rows).await
}

async fn with_choices(db: &impl ConnectionTrait, rows: Vec<definition::Model>) -> Result<Vec<Definition>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let found = choice::Entity::find()
        .filter(choice::Column::DefinitionId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(choice::Column::Position)
        .all(db)
        .await?;
    let mut choices: HashMap<_, Vec<_>> = HashMap::new();
    for row in found {
        choices.entry(row.definition_id).or_default().push(row);
    }
    let with = |row: definition::Model| Definition {
        choices: choices.remove(&row.id).unwrap_or_default(),
        row,
    };
    Ok(rows.into_iter().map(with).collect())
}
