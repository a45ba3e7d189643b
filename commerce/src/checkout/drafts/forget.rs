//! Draft orders that nobody paid and nobody will.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    cart, cart_line, draft_order,
    ids::{CartId, DraftOrderId},
};

use crate::{Context, Result, Shop, sql};

/// Deletes those, with their carts, that were taken away or have expired for `age` and became no order, a bounded number at a
/// time. Gives how many.
pub(crate) async fn forget(shop: &Shop, age: TimeDelta) -> Result<u64> {
    shop.transact(&Context::system(shop, "forget-draft-orders"), |tx| async move {
        let before = shop.now() - age;
        let over = "select cart_id from draft_order where order_id is null and (deleted_at < $1 or expires_at < $1) \
                    and updated_at < $1 order by id limit 500";
        let carts: Vec<CartId> = sql::column(tx.db(), over, [before.into()]).await?;
        if carts.is_empty() {
            return Ok(0);
        }
        // Locks them, as whoever pays or changes one does.
        for cart in &carts {
            let lock = "update cart set version = version + 1 where id = $1 and order_id is null";
            sql::execute(tx.db(), lock, [(*cart).into()]).await?;
        }
        let still = draft_order::Entity::find()
            .filter(draft_order::Column::CartId.is_in(carts))
            .filter(draft_order::Column::OrderId.is_null())
            .filter(draft_order::Column::UpdatedAt.lt(before))
            .all(tx.db())
            .await?;
        let carts: Vec<CartId> = still.iter().map(|row| row.cart_id).collect();
        let drafts: Vec<DraftOrderId> = still.iter().map(|row| row.id).collect();
        let of = draft_order::Entity::delete_many().filter(draft_order::Column::Id.is_in(drafts));
        let gone = of.exec(tx.db()).await?.rows_affected;
        let lines = cart_line::Entity::delete_many().filter(cart_line::Column::CartId.is_in(carts.iter().copied()));
        lines.exec(tx.db()).await?;
        let of = cart::Entity::delete_many().filter(cart::Column::Id.is_in(carts));
        of.exec(tx.db()).await?;
        Ok(gone)
    })
    .await
}
