//! The holds that an order has on stock: [reserved](super::reserve) when it is placed, deducted when it is
//! paid, released when it is given up, put back when it is cancelled after the deduction.
//!
//! A hold changes state by a conditional update that gives what it moved, so a doubled job or a race between two of
//! these verbs moves the stock once.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult, QueryResult};
use vitrine_entity::{
    ids::{LocationId, OrderId, VariantId},
    reservation::{self, ReservationState},
    stock_entry::StockEntryKind,
};

use super::{
    backorder,
    ledger::{self, Entry},
    low_stock::{self, Level},
};
use crate::{Fault, Result, Tx, shown, sql};

/// Until when an order holds stock or keeps a promise; `None` when it has neither.
pub async fn held_until(db: &impl ConnectionTrait, order: OrderId) -> Result<Option<DateTime<Utc>>> {
    let sql = "select expires_at from reservation where order_id = $1 and state = 'HELD' \
        union all select expires_at from backorder where order_id = $1 and state = 'WAITING'";
    let ends: Vec<DateTime<Utc>> = sql::column(db, sql, [order.into()]).await?;
    Ok(ends.into_iter().max())
}

/// Has a locked order hold its stock, and keep what it was promised, for longer.
pub async fn hold_until(tx: &Tx, order: OrderId, expires_at: DateTime<Utc>) -> Result<()> {
    for sql in [
        "update reservation set expires_at = $2 where order_id = $1 and state = 'HELD'",
        "update backorder set expires_at = $2 where order_id = $1 and state = 'WAITING'",
    ] {
        sql::execute(tx.db(), sql, [order.into(), expires_at.into()]).await?;
    }
    Ok(())
}

/// Turns an order's holds into deductions. Gives `false` when it holds nothing and waits for nothing.
pub async fn deduct(tx: &Tx, order: OrderId) -> Result<bool> {
    match begin_deduction(tx, order).await? {
        Some(deduction) => deduction.finish(tx).await.map(|()| true),
        None => Ok(false),
    }
}

/// The holds of an order that are deductions, and whose stock is yet to be changed. Until it is, nobody waits for it.
#[must_use = "the stock is yet to be changed"]
#[derive(Default)]
pub struct Deduction {
    held: Vec<reservation::Model>,
    /// Whether anything that the order sold has files or is a gift card, as far as that was told.
    is_digital: Option<bool>,
}

/// As [`deduct`], for whoever has more to do before the stock is locked; `None` when the order holds nothing and
/// waits for nothing.
pub async fn begin_deduction(tx: &Tx, order: OrderId) -> Result<Option<Deduction>> {
    let is_digital = "exists (select 1 from order_line l join variant v on v.id = l.variant_id where l.order_id = $1 \
        and (v.gift_card or exists (select 1 from variant_file f where f.variant_id = v.id and f.deleted_at is null))) \
        as is_digital";
    let moved = move_all(
        tx,
        order,
        (ReservationState::Held, ReservationState::Deducted),
        is_digital,
    )
    .await?;
    let deduction = Deduction {
        is_digital: moved.first().map(|row| row.try_get("", "is_digital")).transpose()?,
        held: holds(&moved)?,
    };
    let is_any = !moved.is_empty() || backorder::is_waiting(tx, order).await?;
    Ok(is_any.then_some(deduction))
}

impl Deduction {
    /// Whether files or gift cards may belong to what the order sold.
    pub fn may_be_digital(&self) -> bool {
        self.is_digital != Some(false)
    }

    /// Takes the goods out of stock.
    pub async fn finish(self, tx: &Tx) -> Result<()> {
        match &self.held[..] {
            [held] if take_out_last(tx, held) => Ok(()),
            held => change_stock(tx, held, StockEntryKind::Deducted, -1, -1).await,
        }
    }
}

/// Takes the units of the only hold out of stock with the end of the transaction, so that whoever else wants the goods waits
/// for the commit alone. What is available stays as it was, so that nothing follows from it. Gives `false` where something
/// else comes last.
fn take_out_last(tx: &Tx, held: &reservation::Model) -> bool {
    let (variant, quantity) = (held.variant_id, held.quantity);
    let sql = format!(
        "update stock set on_hand = on_hand - $3, reserved = reserved - $3, version = version + 1, \
         low_alerted = low_alerted and coalesce(on_hand - reserved <= {}, false) \
         where variant_id = $1 and location_id = $2",
        low_stock::THRESHOLD
    );
    let values = [variant.into(), held.location_id.into(), quantity.into()];
    let is_last = tx.change_last_unseen(sql::statement(tx.db(), &sql, values), gone(variant));
    if is_last {
        let entry = Entry {
            on_hand_delta: -quantity,
            reserved_delta: -quantity,
            ..Entry::of_order(StockEntryKind::Deducted, variant, held.location_id, held.order_id)
        };
        ledger::write(tx, vec![entry]);
    }
    is_last
}

fn gone(variant: VariantId) -> Fault {
    Fault::Other(format!("the stock of {variant} is gone"), None)
}

/// Gives up what an order holds. Gives how many holds there were.
pub async fn release(tx: &Tx, order: OrderId) -> Result<usize> {
    let held = move_of(tx, order, ReservationState::Held, ReservationState::Released).await?;
    change_stock(tx, &held, StockEntryKind::Released, 0, -1).await?;
    Ok(held.len())
}

/// Puts back what was deducted for an order that is cancelled before dispatch. Gives how many
/// holds there were.
pub async fn put_back(tx: &Tx, order: OrderId) -> Result<usize> {
    let deducted = move_of(tx, order, ReservationState::Deducted, ReservationState::PutBack).await?;
    change_stock(tx, &deducted, StockEntryKind::PutBack, 1, 0).await?;
    Ok(deducted.len())
}

/// How many units of which variant were taken out of stock for an order, and at which location, in the order in which
/// locations are taken from.
pub async fn taken_for(tx: &Tx, order: OrderId) -> Result<Vec<(VariantId, LocationId, i64)>> {
    let sql = "select r.variant_id, r.location_id, cast(sum(r.quantity) as bigint) as quantity from reservation r \
        join location l on l.id = r.location_id where r.order_id = $1 and r.state = 'DEDUCTED' \
        group by r.variant_id, r.location_id, l.position, l.id order by l.position, l.id, r.variant_id";
    let rows = sql::rows(tx.db(), sql, [order.into()]).await?;
    let read = |row: QueryResult| {
        Ok((
            row.try_get("", "variant_id")?,
            row.try_get("", "location_id")?,
            row.try_get("", "quantity")?,
        ))
    };
    rows.into_iter().map(read).collect()
}

/// Moves all holds that an order has in a state, in one statement. The caller has locked the order: nobody else moves
/// them.
async fn move_of(
    tx: &Tx,
    order: OrderId,
    from: ReservationState,
    to: ReservationState,
) -> Result<Vec<reservation::Model>> {
    holds(&move_all(tx, order, (from, to), "1 as moved").await?)
}

/// As [`move_of`], with what else is `asked`, by the order's id as `$1`.
async fn move_all(
    tx: &Tx,
    order: OrderId,
    (from, to): (ReservationState, ReservationState),
    asked: &str,
) -> Result<Vec<QueryResult>> {
    // Its holds may have been made in this transaction.
    tx.write_now().await?;
    let sql = format!("update reservation set state = $3 where order_id = $1 and state = $2 returning *, {asked}");
    let moving = sql::rows(tx.db(), &sql, [order.into(), from.into(), to.into()]);
    // What it names besides is only read.
    Ok(shown::unseen(moving).await?)
}

/// In the order in which they were reserved, which was the SKUs'.
fn holds(rows: &[QueryResult]) -> Result<Vec<reservation::Model>> {
    let holds = rows.iter().map(|row| reservation::Model::from_query_result(row, ""));
    let mut holds = holds.collect::<Result<Vec<_>, _>>()?;
    holds.sort_by_key(|row| row.id);
    Ok(holds)
}

/// Adds each row's quantity, times the signs given, to its stock, and tells the ledger.
pub(super) async fn change_stock(
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
        let level = level.ok_or_else(|| gone(row.variant_id))?;
        low_stock::watch(tx, &level, on_hand - reserved).await?;
        entries.push(Entry {
            on_hand_delta: on_hand,
            reserved_delta: reserved,
            ..Entry::of_order(kind, row.variant_id, row.location_id, row.order_id)
        });
    }
    ledger::write(tx, entries);
    Ok(())
}
