//! What every change of a cart has in common: it must exist, be the caller's, not yet be an
//! order, and have the version that the caller saw.

use std::future::Future;

use sea_orm::EntityTrait;
use vitrine_entity::{
    cart,
    ids::{CartId, OrderId},
};

use super::{
    access::{is_theirs, missing},
    assemble::assemble,
    view::CartView,
};
use crate::{Context, ErrorCode, Refusal, Result, Shop, Tx, sql};

/// A cart, and optionally the version that the caller saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CartRef {
    pub id: CartId,
    /// When given and no longer the cart's, the change is refused.
    pub expected_version: Option<i64>,
}

/// Runs `work` on the cart in a transaction, raises its version, and prices it again.
pub(super) async fn change<F, Fut>(shop: &Shop, context: &Context, cart: CartRef, work: F) -> Result<CartView>
where
    F: Fn(Tx, cart::Model) -> Fut + Send + Sync,
    Fut: Future<Output = Result<cart::Model>> + Send,
{
    let work = &work;
    shop.transact_briefly(context, |tx| async move {
        let row = touch(&tx, cart).await?;
        let row = work(tx.clone(), row).await?;
        assemble(shop, context, tx.db(), row).await
    })
    .await
}

/// Raises the version of a cart that may change; the row is locked until the transaction ends.
pub(super) async fn touch(tx: &Tx, cart: CartRef) -> Result<cart::Model> {
    update(tx, cart, None).await
}

/// Makes the cart `order`'s, after which it takes no more changes.
pub(crate) async fn complete(tx: &Tx, cart: CartRef, order: OrderId) -> Result<cart::Model> {
    update(tx, cart, Some(order)).await
}

async fn update(tx: &Tx, cart: CartRef, order: Option<OrderId>) -> Result<cart::Model> {
    let sql = "update cart set version = version + 1, updated_at = $3, order_id = $4 \
               where id = $1 and order_id is null and version = coalesce($2, version) returning *";
    let values = [
        cart.id.into(),
        cart.expected_version.into(),
        tx.shop().now().into(),
        order.into(),
    ];
    match sql::one::<cart::Model>(tx.db(), sql, values).await? {
        Some(row) if is_theirs(&row, tx.context().viewer) => Ok(row),
        Some(_) => Err(missing().into()),
        None => Err(why_not(tx, cart).await?.into()),
    }
}

/// Why a cart takes no change.
async fn why_not(tx: &Tx, cart: CartRef) -> Result<Refusal> {
    let row = cart::Entity::find_by_id(cart.id).one(tx.db()).await?;
    Ok(match row.filter(|row| is_theirs(row, tx.context().viewer)) {
        None => missing(),
        Some(row) if row.order_id.is_some() => Refusal::new(
            ErrorCode::CartCompleted,
            "This cart has become an order and takes no more changes. Create a new one.",
        )
        .at(&["cartId"]),
        Some(row) => Refusal::outdated("cart", row.version),
    })
}
