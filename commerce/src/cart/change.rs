//! What every change of a cart has in common: it must exist, be the caller's, not yet be an
//! order, and have the version that the caller saw.

use std::future::Future;

use sea_orm::{EntityTrait, IdenStatic, Iterable, ModelTrait, Value};
use vitrine_entity::{
    cart,
    ids::{CartId, OrderId, PurchaseRequestId},
};

use super::{
    access::{is_theirs, missing},
    assemble::{CartRow, Lines, assemble_of, lines_of, read, read_on},
    draft::locked,
    view::CartView,
};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx, Viewer, delivery::KeptDelivery, language::messages,
    revision::REVISION, sql,
};

/// That nobody is asked to approve the cart.
const FREE: &str = "and purchase_request_id is null";

/// That, and that staff have not put it together: what it holds is theirs to change then.
const FREE_OF_STAFF: &str = "and purchase_request_id is null and draft is null";

/// How often a change is tried that another one has overtaken.
const TRIES_MAX: usize = 8;

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
    change: impl Fn(&mut cart::Model) + Send + Sync,
) -> Result<CartView> {
    set_if(shop, context, cart, |row, _| change(row), |_| Ok(())).await
}

/// As [`set`], by what the shop delivers, and if `check` refuses nothing of the cart as it would be. It is read and priced
/// before anything is written, and written if nobody has changed it meanwhile: nobody waits for the pricing.
pub(super) async fn set_if(
    shop: &Shop,
    context: &Context,
    cart: CartRef,
    change: impl Fn(&mut cart::Model, &KeptDelivery) + Send + Sync,
    check: impl Fn(&CartView) -> Result<(), Refusal> + Send + Sync,
) -> Result<CartView> {
    let mut seen = 0;
    for _ in 0..TRIES_MAX {
        let found = read(shop, cart.id).await?;
        if let Some(refusal) = refusal(found.as_ref().map(|(found, _)| &found.row), context.viewer, cart) {
            return Err(refusal.into());
        }
        let Some((CartRow { row: before, revision }, lines)) = found else {
            return Err(missing().into());
        };
        seen = before.version;
        let mut row = cart::Model {
            version: before.version + 1,
            updated_at: shop.now(),
            ..before.clone()
        };
        change(&mut row, &*KeptDelivery::at(shop, &shop.db, &revision).await?);
        let (sql, values) = writing(&before, &row);
        let view = assemble_of(shop, context, &shop.db, CartRow { row, revision }, lines).await?;
        check(&view)?;
        if shop.execute_briefly(context, &sql, values).await? == 1 {
            return Ok(view);
        }
    }
    Err(Refusal::outdated("cart", seen).into())
}

/// The statement that writes what differs, if the row is still as it was before. A shipping method that is deleted
/// meanwhile is none.
fn writing(before: &cart::Model, row: &cart::Model) -> (String, Vec<Value>) {
    let mut values = vec![before.id.into(), before.version.into()];
    let mut assignments = Vec::new();
    for column in cart::Column::iter() {
        let value = row.get(column);
        if value == before.get(column) {
            continue;
        }
        values.push(value);
        let (name, number) = (column.as_str(), values.len());
        assignments.push(match column {
            cart::Column::ShippingMethodId => format!("{name} = (select id from shipping_method where id = ${number})"),
            _ => format!("{name} = ${number}"),
        });
    }
    let assignments = assignments.join(", ");
    let sql = format!("update cart set {assignments} where id = $1 and version = $2 and order_id is null {FREE}");
    (sql, values)
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
    match touch_if(tx, cart, FREE_OF_STAFF).await? {
        Some(found) => Ok(found),
        None => {
            let row = cart::Entity::find_by_id(cart.id).one(tx.db()).await?;
            let refusal = refusal(row.as_ref(), tx.context().viewer, cart);
            let is_of_staff = row.is_some_and(|row| row.draft.is_some());
            match refusal {
                None if is_of_staff => Err(locked().into()),
                _ => Err(why_not(tx, cart).await?),
            }
        }
    }
}

/// As [`touch`], whether or not staff have put it together.
pub(super) async fn touch_any(tx: &Tx, cart: CartRef) -> Result<CartRow> {
    match touch_if(tx, cart, FREE).await? {
        Some(found) => Ok(found),
        None => Err(why_not(tx, cart).await?),
    }
}

async fn touch_if(tx: &Tx, cart: CartRef, and_if: &str) -> Result<Option<CartRow>> {
    let (sql, values) = updating(tx, cart, None, and_if);
    let row = sql::one::<CartRow>(tx.db(), &format!("{sql}, {REVISION}"), values).await?;
    match row {
        Some(found) if !is_theirs(&found.row, tx.context().viewer) => Err(missing().into()),
        found => Ok(found),
    }
}

/// Keeps the cart as it is while a company is asked for its approval; gives it with its lines.
pub(crate) async fn hold(tx: &Tx, cart: CartRef, request: PurchaseRequestId) -> Result<(CartRow, Lines)> {
    let mut found = touch_any(tx, cart).await?;
    let lines = lines_of(tx.shop(), tx.db(), &found.row).await?;
    let hold = "update cart set purchase_request_id = $2 where id = $1";
    sql::execute(tx.db(), hold, [cart.id.into(), request.into()]).await?;
    found.row.purchase_request_id = Some(request);
    Ok((found, lines))
}

/// The cart may change again. Doing it twice changes nothing.
pub(crate) async fn let_go(tx: &Tx, cart: CartId, request: PurchaseRequestId) -> Result<()> {
    let let_go = "update cart set purchase_request_id = null, version = version + 1, updated_at = $3 \
                  where id = $1 and purchase_request_id = $2";
    let values = [cart.into(), request.into(), tx.shop().now().into()];
    sql::execute(tx.db(), let_go, values).await?;
    Ok(())
}

/// Makes the cart `order`'s, though a company was asked for its approval, after which it takes no more changes; gives it with
/// its lines.
pub(crate) async fn complete(tx: &Tx, cart: CartRef, order: OrderId) -> Result<(CartRow, Lines)> {
    let (sql, values) = updating(tx, cart, Some(order), "");
    let row = sql::one::<cart::Model>(tx.db(), &sql, values).await?;
    completed(tx, cart, row).await
}

/// The statement that makes the cart `order`'s, where besides `and_if` holds, and its values. What it gives is told by
/// [`completed`].
pub(crate) fn completing(tx: &Tx, cart: CartRef, order: OrderId, and_if: &str) -> (String, Vec<Value>) {
    updating(tx, cart, Some(order), &format!("{FREE} {and_if}"))
}

/// The cart that was made an order's, with its lines, where it was.
pub(crate) async fn completed(tx: &Tx, cart: CartRef, row: Option<cart::Model>) -> Result<(CartRow, Lines)> {
    match row {
        Some(row) if is_theirs(&row, tx.context().viewer) => {
            // Whoever waited for the row would have been told the revision of before, and this is sold.
            let read = read_on(tx.shop(), tx.db(), cart.id).await?;
            Ok(read.ok_or_else(missing)?)
        }
        Some(_) => Err(missing().into()),
        None => Err(why_not(tx, cart).await?),
    }
}

fn updating(tx: &Tx, cart: CartRef, order: Option<OrderId>, and_if: &str) -> (String, Vec<Value>) {
    let sql = format!(
        "update cart set version = version + 1, updated_at = $3, order_id = $4 \
         where id = $1 and order_id is null and version = coalesce($2, version) {and_if} returning *"
    );
    let values = vec![
        cart.id.into(),
        cart.expected_version.into(),
        tx.shop().now().into(),
        order.into(),
    ];
    (sql, values)
}

/// Why the cart was not changed.
async fn why_not(tx: &Tx, cart: CartRef) -> Result<Error> {
    let row = cart::Entity::find_by_id(cart.id).one(tx.db()).await?;
    // It may have come to the version that was expected only since: it was another one all the same.
    let outdated = || Refusal::outdated("cart", row.as_ref().map_or(0, |row| row.version));
    let viewer = tx.context().viewer;
    Ok(refusal(row.as_ref(), viewer, cart).unwrap_or_else(outdated).into())
}

/// Why a cart takes no change.
fn refusal(row: Option<&cart::Model>, viewer: Viewer, cart: CartRef) -> Option<Refusal> {
    match row.filter(|row| is_theirs(row, viewer)) {
        None => Some(missing()),
        Some(row) if row.order_id.is_some() => {
            Some(Refusal::new(ErrorCode::CartCompleted, messages::cart_completed()).at(&["cartId"]))
        }
        Some(row) if row.purchase_request_id.is_some() => {
            Some(Refusal::new(ErrorCode::ApprovalNeeded, messages::cart_awaits_approval()).at(&["cartId"]))
        }
        Some(row) if cart.expected_version.is_some_and(|expected| expected != row.version) => {
            Some(Refusal::outdated("cart", row.version))
        }
        Some(_) => None,
    }
}
