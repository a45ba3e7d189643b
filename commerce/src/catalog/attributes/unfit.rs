//! Values that are older than their definition, and are not what it wants.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::product_attribute as attribute;

use super::{definitions::Definition, value};
use crate::{
    Context, Result, Shop,
    staff::{Permission, require},
};

/// The most values that are given.
const UNFIT_MAX: usize = 50;
/// How many are looked at.
const LOOKED_AT_MAX: u64 = 5_000;

/// Values of products that are not what their definition wants, as those may be that are older than it.
///
/// # Errors
/// Refuses those who are not staff of the catalogue.
pub async fn unfit_values(shop: &Shop, context: &Context, definition: &Definition) -> Result<Vec<String>> {
    require(context, Permission::Catalog)?;
    let values: Vec<String> = attribute::Entity::find()
        .select_only()
        .column(attribute::Column::Value)
        .distinct()
        .filter(attribute::Column::Name.eq(&definition.row.name))
        .order_by_asc(attribute::Column::Value)
        .limit(LOOKED_AT_MAX)
        .into_tuple()
        .all(&shop.db)
        .await?;
    let unfit = values.into_iter().filter(|text| value::read(definition, text).is_err());
    Ok(unfit.take(UNFIT_MAX).collect())
}
