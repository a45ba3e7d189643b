//! Reads who answers for products.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{
    economic_operator as operator,
    ids::{EconomicOperatorId, ProductId},
    product_safety as safety,
};

use crate::{
    Context, Result, Shop, sql,
    staff::{Permission, require},
};

/// What each product's buyers are told, where anything is.
pub async fn safety_of(shop: &Shop, products: &[ProductId]) -> Result<HashMap<ProductId, safety::Model>> {
    let query = safety::Entity::find().filter(sql::among(
        &shop.db,
        safety::Column::ProductId,
        products.iter().copied(),
    ));
    let rows = query.all(&shop.db).await?;
    Ok(rows.into_iter().map(|row| (row.product_id, row)).collect())
}

/// Those with these ids.
pub async fn operators(
    shop: &Shop,
    ids: &[EconomicOperatorId],
) -> Result<HashMap<EconomicOperatorId, operator::Model>> {
    let query = operator::Entity::find().filter(sql::among(&shop.db, operator::Column::Id, ids.iter().copied()));
    let rows = query.all(&shop.db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// All that are not deleted, by name; or all that are.
///
/// # Errors
/// Refuses those who are not staff of the catalogue.
pub async fn all_operators(shop: &Shop, context: &Context, deleted: bool) -> Result<Vec<operator::Model>> {
    require(context, Permission::Catalog)?;
    let condition = match deleted {
        true => operator::Column::DeletedAt.is_not_null(),
        false => operator::Column::DeletedAt.is_null(),
    };
    let query = operator::Entity::find()
        .filter(condition)
        .order_by_asc(operator::Column::Name)
        .order_by_asc(operator::Column::Id);
    Ok(query.all(&shop.db).await?)
}
