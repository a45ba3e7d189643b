//! Draft orders that nobody paid and nobody will.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{cart, cart_line, ids::CartId};

use crate::{Context, Result, Shop, sql};

/// Of one that was taken away, or has expired, for so long, and became no order.
const IS_OVER: &str = "order_id is null and (deleted_at < $1 or expires_at < $1) and updated_at < $1";

/// Deletes those, with their carts, that were taken away or have expired for `age` and became no order, a bounded number at a
/// time. Gives how many.
pub(crate) async fn forget(shop: &Shop, age: TimeDelta) -> Result<u64> {
    shop.transact(&Context::system(shop, "forget-draft-orders"), |tx| async move {
        let before = shop.now() - age;
        let over = format!("select cart_id from draft_order where {IS_OVER} order by id limit 500");
        let carts: Vec<CartId> = sql::column(tx.db(), &over, [before.into()]).await?;
        if carts.is_empty() {
            return Ok(0);
        }
        // Locks them, as whoever pays or changes one does.
        for cart in &carts {
            let lock = "update cart set version = version + 1 where id = $1 and order_id is null";
            sql::execute(tx.db(), lock, [(*cart).into()]).await?;
        }
        // Whoever restores one meanwhile has it back: only what is over as it is deleted goes.
        let among = sql::among_parameter::<CartId>(tx.db(), 2);
        let gone = format!("delete from draft_order where {IS_OVER} and cart_id {among} returning cart_id");
        let values = [before.into(), sql::list(tx.db(), carts)];
        let carts: Vec<CartId> = sql::column(tx.db(), &gone, values).await?;
        let lines = cart_line::Entity::delete_many().filter(cart_line::Column::CartId.is_in(carts.iter().copied()));
        lines.exec(tx.db()).await?;
        let gone = carts.len() as u64;
        let of = cart::Entity::delete_many().filter(cart::Column::Id.is_in(carts));
        of.exec(tx.db()).await?;
        Ok(gone)
    })
    .await
}
