//! What orders were promised that did not lie in stock: promised when an order is placed, given to it when goods
//! come (oldest order first), and taken back when it is cancelled.
//!
//! `stock_policy.promised` is what all of them wait for, and never more than the limit: each promise checks and
//! writes in one statement, and the table has the same condition. A row of `backorder` changes only while its
//! order is locked.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder};
use vitrine_entity::{
    backorder::{self, BackorderState},
    ids::{BackorderId, OrderId, VariantId},
    stock_policy,
};

use super::{
    availability::{expected_on, kind, next_incoming, today},
    low_stock,
    take::{Shelves, hold, take_parts},
};
use crate::{Fault, Result, Shop, Tx, sql};

/// How many units of one order were filled by [`fill`], and whether it waits for more of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filled {
    pub units: i64,
    pub is_whole: bool,
}

/// Promises so many units, unless that would be more than the limit; gives whether it did.
pub(super) async fn promise(
    tx: &Tx,
    order: OrderId,
    policy: &stock_policy::Model,
    units: i64,
    expires_at: DateTime<Utc>,
) -> Result<bool> {
    let sql = "update stock_policy set promised = promised + $2 where variant_id = $1 and tracked \
        and policy <> 'REFUSE' and (unit_limit is null or promised + $2 <= unit_limit) returning *";
    let values = [policy.variant_id.into(), units.into()];
    let Some(policy) = sql::one::<stock_policy::Model>(tx.db(), sql, values).await? else {
        return Ok(false);
    };
    let Some(kind) = kind(&policy) else { return Ok(false) };
    let today = today(tx.shop());
    let sql = format!("select {} as next", next_incoming("$1", "$2"));
    let next = sql::column(tx.db(), &sql, [policy.variant_id.into(), today.into()]).await?;
    let row = backorder::ActiveModel {
        id: Set(BackorderId(tx.shop().new_id())),
        order_id: Set(order),
        variant_id: Set(policy.variant_id),
        quantity: Set(units),
        filled: Set(0),
        state: Set(BackorderState::Waiting),
        kind: Set(kind),
        promised_for: Set(expected_on(&policy, next.into_iter().next().flatten(), today)),
        expires_at: Set(expires_at),
        created_at: Set(tx.shop().now()),
    };
    tx.write_later::<backorder::Entity>([row]);
    Ok(true)
}

/// Whether the order waits for units.
pub async fn is_waiting(tx: &Tx, order: OrderId) -> Result<bool> {
    Ok(!waiting_of(tx, order).await?.is_empty())
}

/// What the order waits for.
pub async fn waiting_of(tx: &Tx, order: OrderId) -> Result<Vec<backorder::Model>> {
    Ok(backorder::Entity::find()
        .filter(backorder::Column::OrderId.eq(order))
        .filter(backorder::Column::State.eq(BackorderState::Waiting))
        .order_by_asc(backorder::Column::Id)
        .all(tx.db())
        .await?)
}

/// Takes back what a locked order still waits for. After its stock was given back.
pub async fn withdraw(tx: &Tx, order: OrderId) -> Result<()> {
    let sql = "update backorder set state = 'CANCELLED' where order_id = $1 and state = 'WAITING' returning *";
    let mut rows: Vec<backorder::Model> = sql::all(tx.db(), sql, [order.into()]).await?;
    // As they were promised, which was in the SKUs' order.
    rows.sort_by_key(|row| row.id);
    for row in rows {
        lower(tx, row.variant_id, row.quantity - row.filled).await?;
    }
    Ok(())
}

/// The oldest order that waits for a variant, where there is something to give it.
pub async fn next_to_fill(shop: &Shop, variant: VariantId) -> Result<Option<(OrderId, BackorderId)>> {
    #[derive(FromQueryResult)]
    struct Next {
        order_id: OrderId,
        id: BackorderId,
    }
    let sql = "select b.order_id, b.id from backorder b join stock_policy p on p.variant_id = b.variant_id \
        where b.variant_id = $1 and b.state = 'WAITING' and (not p.tracked or exists \
          (select 1 from stock s join location l on l.id = s.location_id and l.active and l.deleted_at is null \
           where s.variant_id = $1 and s.on_hand > s.reserved)) \
        order by b.created_at, b.id limit 1";
    let next: Option<Next> = sql::one(&shop.db, sql, [variant.into()]).await?;
    Ok(next.map(|next| (next.order_id, next.id)))
}

/// Gives a locked order what there is of what it waits for; it holds that from then on, as if it had been
/// there when it was placed. `None` when it does not wait for it any more.
pub async fn fill(tx: &Tx, order: OrderId, id: BackorderId) -> Result<Option<Filled>> {
    let row = backorder::Entity::find_by_id(id).one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.order_id == order && row.state == BackorderState::Waiting) else {
        return Ok(None);
    };
    let missing = row.quantity - row.filled;
    let shelves = Shelves::read(tx, row.variant_id).await?;
    let units = if shelves.policy.is_some_and(|policy| !policy.tracked) {
        missing
    } else {
        let there = shelves.places.iter().map(|place| place.free).sum::<i64>();
        let parts = take_parts(tx, row.variant_id, shelves.places, missing.min(there)).await?;
        for part in &parts {
            low_stock::watch(tx, &part.level, -part.quantity).await?;
        }
        let taken: Vec<_> = parts.into_iter().map(|part| (row.variant_id, part)).collect();
        hold(tx, order, &taken, row.expires_at);
        taken.iter().map(|(_, part)| part.quantity).sum()
    };
    let filled = Filled {
        units,
        is_whole: units == missing,
    };
    if units > 0 {
        let sql = "update backorder set filled = filled + $2, \
            state = case when filled + $2 = quantity then 'FILLED' else state end \
            where id = $1 and state = 'WAITING' and filled + $2 <= quantity";
        if sql::execute(tx.db(), sql, [id.into(), units.into()]).await? != 1 {
            return Err(Fault::Other(format!("{id} moved while {order} was locked"), None).into());
        }
        lower(tx, row.variant_id, units).await?;
    }
    Ok(Some(filled))
}

/// Fewer units are waited for.
pub(super) async fn lower(tx: &Tx, variant: VariantId, units: i64) -> Result<()> {
    let sql = "update stock_policy set promised = promised - $2 where variant_id = $1 and promised >= $2";
    match sql::execute(tx.db(), sql, [variant.into(), units.into()]).await? {
        1 => Ok(()),
        _ => Err(Fault::Other(format!("fewer than {units} units of {variant} are waited for"), None).into()),
    }
}

/// What an order was promised, the oldest first; what was taken back is left out.
pub async fn backorders_on(db: &impl ConnectionTrait, orders: &[OrderId]) -> Result<Vec<backorder::Model>> {
    Ok(backorder::Entity::find()
        .filter(sql::among(db, backorder::Column::OrderId, orders.iter().copied()))
        .filter(backorder::Column::State.ne(BackorderState::Cancelled))
        .order_by_asc(backorder::Column::Id)
        .all(db)
        .await?)
}

/// What each order was promised of each variant, taken back or not.
pub async fn backorders_of(
    shop: &Shop,
    lines: &[(OrderId, VariantId)],
) -> Result<HashMap<(OrderId, VariantId), Vec<backorder::Model>>> {
    let mut orders: Vec<_> = lines.iter().map(|(order, _)| *order).collect();
    orders.sort_unstable();
    orders.dedup();
    let rows = backorder::Entity::find()
        .filter(sql::among(&shop.db, backorder::Column::OrderId, orders))
        .order_by_asc(backorder::Column::Id)
        .all(&shop.db)
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry((row.order_id, row.variant_id)).or_default().push(row);
    }
    Ok(found)
}
