//! What every change of a cart has in common: it must exist, be the caller's, not yet be an
//! order, and have the version that the caller saw.

use std::future::Future;

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{self, Set},
    ConnectionTrait, DatabaseBackend, EntityTrait, IdenStatic, Iterable,
};
use vitrine_entity::{
    cart,
    ids::{CartId, OrderId},
};

use super::{
    access::{is_theirs, missing},
    assemble::{CartRow, Lines, assemble, assemble_of},
    view::CartView,
};
use crate::{Context, ErrorCode, Refusal, Result, Shop, Tx, revision::REVISION, sql};

/// A cart, and optionally the version that the caller saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CartRef {
    pub id: CartId,
    /// When given and no longer the cart's, the change is refused.
    pub expected_version: Option<i64>,
}

/// Sets columns of the cart, raises its version, and prices it again.
pub(super) async fn set(
    shop: &Shop,
    context: &Context,
    cart: CartRef,
    change: impl Fn(&mut cart::ActiveModel) + Send + Sync,
) -> Result<CartView> {
    let mut changed = <cart::ActiveModel as Default>::default();
    change(&mut changed);
    let changed = &changed;
    shop.transact_briefly(context, |tx| async move {
        let row = update(&tx, cart, changed).await?;
        assemble(shop, context, tx.db(), row).await
    })
    .await
}

/// Runs `work` on the cart's lines in a transaction, raises its version, and prices it again.
pub(super) async fn change_lines<F, Fut>(shop: &Shop, context: &Context, cart: CartRef, work: F) -> Result<CartView>
where
    F: Fn(Tx, cart::Model) -> Fut + Send + Sync,
    Fut: Future<Output = Result<Lines>> + Send,
{
    let work = &work;
    shop.transact_briefly(context, |tx| async move {
        let row = touch(&tx, cart).await?;
        let lines = work(tx.clone(), row.row.clone()).await?;
        assemble_of(shop, context, tx.db(), row, lines).await
    })
    .await
}

/// Raises the version of a cart that may change; the row is locked until the transaction ends.
pub(super) async fn touch(tx: &Tx, cart: CartRef) -> Result<CartRow> {
    update(tx, cart, &<cart::ActiveModel as Default>::default()).await
}

/// Makes the cart `order`'s, after which it takes no more changes.
pub(crate) async fn complete(tx: &Tx, cart: CartRef, order: OrderId) -> Result<CartRow> {
    let completed = cart::ActiveModel {
        order_id: Set(Some(order)),
        ..Default::default()
    };
    let mut row = update(tx, cart, &completed).await?;
    if tx.db().get_database_backend() == DatabaseBackend::Postgres {
        // Whoever waited for the row was told the revision of before, and this is sold.
        let revisions: Vec<String> = sql::column(tx.db(), &format!("select {REVISION}"), []).await?;
        row.revision = revisions.into_iter().next().unwrap_or(row.revision);
    }
    Ok(row)
}

/// Sets what is set of `changed`, in the statement that raises the version. A shipping method that does not exist is none.
pub(super) async fn update(tx: &Tx, cart: CartRef, changed: &cart::ActiveModel) -> Result<CartRow> {
    let mut values = vec![cart.id.into(), cart.expected_version.into(), tx.shop().now().into()];
    let mut assignments = String::new();
    for column in cart::Column::iter() {
        let ActiveValue::Set(value) = changed.get(column) else {
            continue;
        };
        values.push(value);
        let (name, number) = (column.as_str(), values.len());
        assignments += &match column {
            cart::Column::ShippingMethodId => {
                format!(", {name} = (select id from shipping_method where id = ${number})")
            }
            _ => format!(", {name} = ${number}"),
        };
    }
    let sql = format!(
        "update cart set version = version + 1, updated_at = $3{assignments} \
         where id = $1 and order_id is null and version = coalesce($2, version) returning *, {REVISION}"
    );
    match sql::one::<CartRow>(tx.db(), &sql, values).await? {
        Some(found) if is_theirs(&found.row, tx.context().viewer) => Ok(found),
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
