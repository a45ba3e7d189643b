//! Looking people up by id. Unscoped: the caller must have asked who may see them.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{customer, ids::CustomerId};

use crate::{Result, Shop};

pub async fn customer(shop: &Shop, id: CustomerId) -> Result<Option<customer::Model>> {
    Ok(customer::Entity::find_by_id(id).one(&shop.db).await?)
}

/// Those of `ids` that exist; callers ask for a page's worth.
pub async fn customers(shop: &Shop, ids: &[CustomerId]) -> Result<HashMap<CustomerId, customer::Model>> {
    let wanted = customer::Column::Id.is_in(ids.iter().copied());
    let rows = customer::Entity::find().filter(wanted).all(&shop.db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
