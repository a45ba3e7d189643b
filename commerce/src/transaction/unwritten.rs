//! Orders that a transaction has locked and moved, and whose rows are written with what moves them next, or with its end: a
//! purchase that is paid is confirmed in the same transaction, and its row has seven indexes.

use sea_orm::{FromQueryResult, Statement};
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
};

use super::{Tx, end::Change};
use crate::{ErrorCode, Refusal, Result, language::messages, sql};

/// An order whose row is yet to be written.
pub(super) struct Unwritten {
    /// Where its row stands: its status, and the number of its entries.
    from: (OrderStatus, i64),
    to: order::Model,
}

impl Tx {
    /// Notes that an order, which this transaction has locked as `order` says, has moved. Whoever reads orders within it has
    /// that written before ([`write_moves`](Self::write_moves)).
    pub(crate) fn move_later(&self, order: &order::Model, moved: &order::Model) -> Result<()> {
        let from = self.row_of(order)?;
        let to = moved.clone();
        self.after_commit().unwritten.push(Unwritten { from, to });
        self.has_moved(moved);
        Ok(())
    }

    /// Moves an order that stands as `order` says, in one statement that checks it.
    pub(crate) async fn move_now(&self, order: &order::Model, to: OrderStatus) -> Result<order::Model> {
        let from = self.row_of(order)?;
        let mut moving = self.moving(order.id, from, (to, order.event_count + 1));
        moving.sql += " returning *";
        let moved = order::Model::find_by_statement(moving).one(self.db()).await?;
        let moved = moved.ok_or_else(outdated)?;
        self.has_moved(&moved);
        Ok(moved)
    }

    /// Writes the rows that are yet to be written.
    pub(crate) async fn write_moves(&self) -> Result<()> {
        for change in self.take_moves() {
            change.write_now(self).await?;
        }
        Ok(())
    }

    /// What is yet to be written of orders, for whoever writes it with the end.
    pub(super) fn take_moves(&self) -> Vec<Change> {
        let unwritten = std::mem::take(&mut self.after_commit().unwritten);
        let changes = unwritten.into_iter().map(|Unwritten { from, to }| Change {
            statement: self.moving(to.id, from, (to.status, to.event_count)),
            otherwise: outdated().into(),
            is_unseen: false,
        });
        changes.collect()
    }

    /// Where the row of an order stands that is as `order` says, with what is yet to be written.
    fn row_of(&self, order: &order::Model) -> Result<(OrderStatus, i64)> {
        let stands = (order.status, order.event_count);
        let mut after = self.after_commit();
        let Some(at) = after.unwritten.iter().position(|unwritten| unwritten.to.id == order.id) else {
            return Ok(stands);
        };
        let unwritten = after.unwritten.remove(at);
        match (unwritten.to.status, unwritten.to.event_count) == stands {
            true => Ok(unwritten.from),
            false => Err(outdated().into()),
        }
    }

    fn moving(&self, id: OrderId, from: (OrderStatus, i64), to: (OrderStatus, i64)) -> Statement {
        let sql = "update orders set status = $3, event_count = $6, updated_at = $4 \
                   where id = $1 and status = $2 and event_count = $5";
        let values = [
            id.into(),
            from.0.into(),
            to.0.into(),
            self.shop().now().into(),
            from.1.into(),
            to.1.into(),
        ];
        sql::statement(self.db(), sql, values)
    }
}

fn outdated() -> Refusal {
    Refusal::new(ErrorCode::OrderState, messages::order_changed_meanwhile())
}
