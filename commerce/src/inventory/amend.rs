//! Units that an order took out of stock, or waits for, and does not want any more since it was changed. The caller has locked the
//! order; each statement looks at what is there, so that a unit is put back once.

use sea_orm::{ActiveValue::Set, EntityTrait};
use vitrine_entity::{
    backorder,
    ids::{LocationId, OrderId, ReservationId, VariantId},
    reservation::{self, ReservationState},
    stock_entry::StockEntryKind,
};

use super::{backorder::lower, reservation::change_stock};
use crate::{Fault, Result, Tx, sql};

/// Puts units back that were taken at these locations. In the order in which they are given, which is the SKUs'.
pub(crate) async fn give_back(tx: &Tx, order: OrderId, units: &[(VariantId, LocationId, i64)]) -> Result<()> {
    for (variant, location, quantity) in units {
        let taken = "select * from reservation where order_id = $1 and variant_id = $2 and location_id = $3 \
            and state = 'DEDUCTED' order by id desc";
        let values = [order.into(), (*variant).into(), (*location).into()];
        let mut left = *quantity;
        let mut back = Vec::new();
        for row in sql::all::<reservation::Model>(tx.db(), taken, values).await? {
            let part = left.min(row.quantity);
            if part > 0 {
                left -= part;
                back.push(part_back(tx, row, part).await?);
            }
        }
        if left > 0 {
            return Err(Fault::Other(format!("{order} has not taken {left} more units of {variant}"), None).into());
        }
        change_stock(tx, &back, StockEntryKind::PutBack, 1, 0).await?;
    }
    Ok(())
}

/// Moves a part of what was taken to what was put back. Gives that part.
async fn part_back(tx: &Tx, row: reservation::Model, part: i64) -> Result<reservation::Model> {
    let (sql, is_whole) = match part == row.quantity {
        true => (
            "update reservation set state = 'PUT_BACK' where id = $1 and state = 'DEDUCTED' and quantity = $2",
            true,
        ),
        false => (
            "update reservation set quantity = quantity - $2 where id = $1 and state = 'DEDUCTED' and quantity > $2",
            false,
        ),
    };
    if sql::execute(tx.db(), sql, [row.id.into(), part.into()]).await? != 1 {
        return Err(Fault::Other(format!("{} moved while its order was locked", row.id), None).into());
    }
    let back = reservation::Model {
        id: if is_whole {
            row.id
        } else {
            ReservationId(tx.shop().new_id())
        },
        quantity: part,
        state: ReservationState::PutBack,
        ..row
    };
    if !is_whole {
        let row = reservation::ActiveModel {
            id: Set(back.id),
            order_id: Set(back.order_id),
            variant_id: Set(back.variant_id),
            location_id: Set(back.location_id),
            quantity: Set(back.quantity),
            state: Set(back.state),
            expires_at: Set(back.expires_at),
        };
        reservation::Entity::insert(row).exec_without_returning(tx.db()).await?;
    }
    Ok(back)
}

/// Has an order wait for fewer units of a variant, the latest promise first. After stock, as everywhere.
pub(crate) async fn wait_for_less(tx: &Tx, waiting: &[backorder::Model], variant: VariantId, units: i64) -> Result<()> {
    let mut left = units;
    for row in waiting.iter().rev().filter(|row| row.variant_id == variant) {
        let part = left.min(row.quantity - row.filled);
        if part <= 0 {
            continue;
        }
        left -= part;
        // What nothing has come of yet stays as it was promised.
        let sql = "update backorder set \
            state = case when filled + $2 < quantity then state when filled = 0 then 'CANCELLED' else 'FILLED' end, \
            quantity = case when filled + $2 = quantity and filled = 0 then quantity else quantity - $2 end \
            where id = $1 and state = 'WAITING' and filled + $2 <= quantity";
        if sql::execute(tx.db(), sql, [row.id.into(), part.into()]).await? != 1 {
            return Err(Fault::Other(format!("{} moved while its order was locked", row.id), None).into());
        }
        lower(tx, variant, part).await?;
    }
    match left {
        0 => Ok(()),
        left => Err(Fault::Other(format!("{left} units of {variant} are not waited for"), None).into()),
    }
}
