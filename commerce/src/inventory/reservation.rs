//! The holds that an order has on stock: reserve when it is placed, deduct when it is paid,
//! release when it is given up, put back when it is cancelled after the deduction.
//!
//! A hold changes state by a conditional update that must touch it exactly once, so a doubled job
//! or a race between two of these verbs moves the stock once.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{
    ids::{LocationId, OrderId, ReservationId, VariantId},
    reservation::{self, ReservationState},
    stock,
    stock_entry::StockEntryKind,
};

use super::{
    ledger::{self, Entry},
    low_stock::{self, Level},
};
use crate::{Fault, Result, Tx, sql};

/// What an order wants of one SKU.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    pub sku: String,
    pub variant: VariantId,
    pub quantity: i64,
}

/// What became of a [`Demand`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    Reserved { last: bool },
    Insufficient { available: i64 },
}

/// Reserves every demand, in SKU order, each at the first location that has enough of it.
/// `demands` hold each variant once. The caller rolls back unless all were reserved.
///
/// Gives what became of each, in the order of `demands` once sorted by SKU.
pub async fn reserve(tx: &Tx, order: OrderId, demands: &mut [Demand], expires_at: DateTime<Utc>) -> Result<Vec<Held>> {
    demands.sort_by(|a, b| a.sku.cmp(&b.sku));
    let mut outcomes = Vec::with_capacity(demands.len());
    let mut holds = Vec::new();
    let mut entries = Vec::new();
    for demand in demands.iter() {
        let Some(level) = take(tx, demand).await? else {
            outcomes.push(Held::Insufficient {
                available: available(tx, demand.variant).await?,
            });
            continue;
        };
        low_stock::watch(tx, &level, -demand.quantity).await?;
        let location = level.location_id;
        outcomes.push(Held::Reserved {
            last: level.available == 0,
        });
        holds.push(reservation::ActiveModel {
            id: Set(ReservationId(tx.shop().new_id())),
            order_id: Set(order),
            variant_id: Set(demand.variant),
            location_id: Set(location),
            quantity: Set(demand.quantity),
            state: Set(ReservationState::Held),
            expires_at: Set(expires_at),
        });
        entries.push(entry(
            StockEntryKind::Reserved,
            demand.variant,
            location,
            0,
            demand.quantity,
            order,
        ));
    }
    if !holds.is_empty() {
        reservation::Entity::insert_many(holds)
            .exec_without_returning(tx.db())
            .await?;
    }
    ledger::write(tx, entries).await?;
    Ok(outcomes)
}

/// Holds the units in one statement; gives where, and how many are left there.
async fn take(tx: &Tx, demand: &Demand) -> Result<Option<Level>> {
    let sql = format!(
        "update stock set reserved = reserved + $2, version = version + 1 \
         where variant_id = $1 and on_hand - reserved >= $2 and location_id = \
         (select s.location_id from stock s join location l on l.id = s.location_id \
          where s.variant_id = $1 and s.on_hand - s.reserved >= $2 order by l.position, l.id limit 1) {}",
        low_stock::RETURNING
    );
    Ok(sql::one(tx.db(), &sql, [demand.variant.into(), demand.quantity.into()]).await?)
}

async fn available(tx: &Tx, variant: VariantId) -> Result<i64> {
    let rows = stock::Entity::find()
        .filter(stock::Column::VariantId.eq(variant))
        .all(tx.db())
        .await?;
    Ok(rows.iter().map(|row| row.on_hand - row.reserved).sum())
}

/// Until when an order holds stock; `None` when it holds none.
pub async fn held_until(db: &impl ConnectionTrait, order: OrderId) -> Result<Option<DateTime<Utc>>> {
    let held = reservation::Entity::find()
        .filter(reservation::Column::OrderId.eq(order))
        .filter(reservation::Column::State.eq(ReservationState::Held))
        .all(db)
        .await?;
    Ok(held.iter().map(|row| row.expires_at).max())
}

/// Has a locked order hold its stock for longer.
pub async fn hold_until(tx: &Tx, order: OrderId, expires_at: DateTime<Utc>) -> Result<()> {
    let sql = "update reservation set expires_at = $2 where order_id = $1 and state = 'HELD'";
    sql::execute(tx.db(), sql, [order.into(), expires_at.into()]).await?;
    Ok(())
}

/// Turns an order's holds into deductions. Gives `false` when it holds nothing.
pub async fn deduct(tx: &Tx, order: OrderId) -> Result<bool> {
    let held = held(tx, order).await?;
    if held.is_empty() {
        return Ok(false);
    }
    move_all(tx, order, &held, ReservationState::Held, ReservationState::Deducted).await?;
    change_stock(tx, &held, StockEntryKind::Deducted, -1, -1).await?;
    Ok(true)
}

/// Gives up what an order holds. Gives how many holds there were.
pub async fn release(tx: &Tx, order: OrderId) -> Result<usize> {
    let held = held(tx, order).await?;
    if held.is_empty() {
        return Ok(0);
    }
    move_all(tx, order, &held, ReservationState::Held, ReservationState::Released).await?;
    change_stock(tx, &held, StockEntryKind::Released, 0, -1).await?;
    Ok(held.len())
}

/// Puts back what was deducted for an order that is cancelled before dispatch. Gives how many
/// holds there were.
pub async fn put_back(tx: &Tx, order: OrderId) -> Result<usize> {
    let deducted = in_state(tx, order, ReservationState::Deducted).await?;
    if deducted.is_empty() {
        return Ok(0);
    }
    move_all(
        tx,
        order,
        &deducted,
        ReservationState::Deducted,
        ReservationState::PutBack,
    )
    .await?;
    change_stock(tx, &deducted, StockEntryKind::PutBack, 1, 0).await?;
    Ok(deducted.len())
}

async fn held(tx: &Tx, order: OrderId) -> Result<Vec<reservation::Model>> {
    in_state(tx, order, ReservationState::Held).await
}

async fn in_state(tx: &Tx, order: OrderId, state: ReservationState) -> Result<Vec<reservation::Model>> {
    // The order in which they were reserved, which was the SKUs'.
    Ok(reservation::Entity::find()
        .filter(reservation::Column::OrderId.eq(order))
        .filter(reservation::Column::State.eq(state))
        .order_by_asc(reservation::Column::Id)
        .all(tx.db())
        .await?)
}

/// Moves all of `rows` at once. The caller has locked the order; were a row to move meanwhile all
/// the same, nothing may commit.
async fn move_all(
    tx: &Tx,
    order: OrderId,
    rows: &[reservation::Model],
    from: ReservationState,
    to: ReservationState,
) -> Result<()> {
    let sql = "update reservation set state = $3 where order_id = $1 and state = $2";
    if sql::execute(tx.db(), sql, [order.into(), from.into(), to.into()]).await? == rows.len() as u64 {
        Ok(())
    } else {
        Err(Fault::Other(format!("the holds of {order} moved while it was locked"), None).into())
    }
}

/// Adds each row's quantity, times the signs given, to its stock, and tells the ledger.
async fn change_stock(
    tx: &Tx,
    rows: &[reservation::Model],
    kind: StockEntryKind,
    on_hand: i64,
    reserved: i64,
) -> Result<()> {
    let sql = format!(
        "update stock set on_hand = on_hand + $3, reserved = reserved + $4, version = version + 1 \
         where variant_id = $1 and location_id = $2 {}",
        low_stock::RETURNING
    );
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let (on_hand, reserved) = (on_hand * row.quantity, reserved * row.quantity);
        let values = [
            row.variant_id.into(),
            row.location_id.into(),
            on_hand.into(),
            reserved.into(),
        ];
        let level: Option<Level> = sql::one(tx.db(), &sql, values).await?;
        let level = level.ok_or_else(|| Fault::Other(format!("the stock of {} is gone", row.variant_id), None))?;
        low_stock::watch(tx, &level, on_hand - reserved).await?;
        entries.push(entry(
            kind,
            row.variant_id,
            row.location_id,
            on_hand,
            reserved,
            row.order_id,
        ));
    }
    ledger::write(tx, entries).await
}

fn entry(
    kind: StockEntryKind,
    variant: VariantId,
    location: LocationId,
    on_hand_delta: i64,
    reserved_delta: i64,
    order: OrderId,
) -> Entry {
    Entry {
        variant,
        location,
        kind,
        on_hand_delta,
        reserved_delta,
        order: Some(order),
        reason: None,
    }
}
