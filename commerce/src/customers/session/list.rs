//! The sessions that somebody has, so that they see who is signed in as them.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::session::{self, Column};

use super::end::{SESSIONS_MAX, holder};
use crate::{Context, Result, Shop, customers::account::Holder};

/// The live sessions of whoever asks, the newest first.
///
/// # Errors
/// `UNAUTHENTICATED`.
pub async fn list(shop: &Shop, context: &Context) -> Result<Vec<session::Model>> {
    of(shop, holder(context)?).await
}

/// Unscoped: the caller must have asked who may see them.
pub(crate) async fn of(shop: &Shop, holder: Holder) -> Result<Vec<session::Model>> {
    let theirs = match holder {
        Holder::Customer(id) => Column::CustomerId.eq(id),
        Holder::Staff(id) => Column::StaffMemberId.eq(id),
    };
    let live = session::Entity::find()
        .filter(theirs)
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ExpiresAt.gt(shop.now()))
        .order_by_desc(Column::Id)
        .limit(SESSIONS_MAX.unsigned_abs());
    Ok(live.all(&shop.db).await?)
}
