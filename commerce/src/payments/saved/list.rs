//! The cards that a customer has saved.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    ids::CustomerId,
    saved_payment_method::{self, Column},
};

use crate::{Result, Shop};

/// More than there may be.
const LISTED_MAX: u64 = 100;

/// The cards of a customer, their default first, then the newest. Unscoped: the caller must have asked who may see them.
pub async fn list(shop: &Shop, customer: CustomerId) -> Result<Vec<saved_payment_method::Model>> {
    Ok(saved_by(&shop.db, customer).await?)
}

pub(super) async fn saved_by(
    db: &impl ConnectionTrait,
    customer: CustomerId,
) -> Result<Vec<saved_payment_method::Model>, DbErr> {
    saved_payment_method::Entity::find()
        .filter(Column::CustomerId.eq(customer))
        .filter(Column::RemovedAt.is_null())
        .order_by_desc(Column::IsDefault)
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(LISTED_MAX)
        .all(db)
        .await
}
