//! Carts that nobody came back to.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{cart, cart_line, ids::CartId};

use crate::{Context, Result, Shop, sql};

/// Deletes carts of guests that became no order and were not touched for `age`, a bounded number at
/// a time. Gives how many. A customer's cart waits for them, and a draft order's
/// goes with that.
pub async fn forget_abandoned(shop: &Shop, age: TimeDelta) -> Result<u64> {
    shop.transact(&Context::system(shop, "forget-carts"), |tx| async move {
        // Locks them: whoever comes back at this moment either finds the cart or finds none.
        let sql = "update cart set version = version + 1 where customer_id is null and order_id is null and draft is null \
                   and updated_at < $1 and id in (select id from cart where customer_id is null \
                   and order_id is null and draft is null and created_at < $1 and updated_at < $1 order by created_at limit 500) \
                   returning id";
        let values = [(shop.now() - age).into()];
        let ids: Vec<CartId> = sql::column(tx.db(), sql, values).await?;
        if ids.is_empty() {
            return Ok(0);
        }
        let lines = cart_line::Entity::delete_many().filter(cart_line::Column::CartId.is_in(ids.iter().copied()));
        lines.exec(tx.db()).await?;
        let carts = cart::Entity::delete_many().filter(cart::Column::Id.is_in(ids));
        Ok(carts.exec(tx.db()).await?.rows_affected)
    })
    .await
}
