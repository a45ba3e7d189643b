//! Reads and writes a return within a transaction.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::{Value as Json, json};
use vitrine_entity::{
    ids::{ReturnId, ReturnLineId},
    order,
    order_event::OrderEventKind,
    order_return, order_return_event,
    order_return_event::ReturnEventKind,
    order_return_line,
};

use super::state::{self, Step};
use crate::{ErrorCode, Fault, Refusal, Result, Tx, language::messages, orders::transition, sql};

/// A return and its order, both locked.
pub(super) async fn lock(tx: &Tx, id: ReturnId) -> Result<(order::Model, order_return::Model)> {
    let missing = || Refusal::not_found("return").at(&["id"]);
    let found = order_return::Entity::find_by_id(id).one(tx.db()).await?;
    // Everybody locks the order first.
    let order = transition::lock(tx, found.ok_or_else(missing)?.order_id).await?;
    let row = tx.lock::<order_return::Entity>(id).await?;
    Ok((order, row.ok_or_else(missing)?))
}

/// What comes back, in its order.
pub(super) async fn lines(tx: &Tx, id: ReturnId) -> Result<Vec<order_return_line::Model>> {
    Ok(order_return_line::Entity::find()
        .filter(order_return_line::Column::ReturnId.eq(id))
        .order_by_asc(order_return_line::Column::Position)
        .all(tx.db())
        .await?)
}

/// Writes the locked row at its next version, with the event that tells of the change.
pub(super) async fn write(
    tx: &Tx,
    mut row: order_return::Model,
    kind: ReturnEventKind,
    data: Json,
) -> Result<order_return::Model> {
    row.version += 1;
    row.event_count += 1;
    row.updated_at = tx.shop().now();
    order_return::Entity::update_many()
        .set(row.clone().into_active_model().reset_all())
        .filter(order_return::Column::Id.eq(row.id))
        .exec(tx.db())
        .await?;
    note(tx, &row, kind, data);
    Ok(row)
}

/// Writes the latest event of a return, whose number is the row's count of them.
pub(super) fn note(tx: &Tx, row: &order_return::Model, kind: ReturnEventKind, data: Json) {
    let event = order_return_event::ActiveModel {
        return_id: Set(row.id),
        number: Set(row.event_count),
        kind: Set(kind),
        data: Set(data),
        actor: Set(tx.context().viewer.actor()),
        created_at: Set(tx.shop().now()),
    };
    tx.write_later::<order_return_event::Entity>([event]);
}

/// Moves the row, which is yet to be written.
pub(super) fn step(tx: &Tx, row: &mut order_return::Model, step: Step) -> Result<(), Refusal> {
    row.status = state::next(row.status, step)?;
    if matches!(step, Step::Approve | Step::Refuse) {
        row.decided_at = Some(tx.shop().now());
    }
    if !state::is_open(row.status) {
        row.closed_at = Some(tx.shop().now());
    }
    Ok(())
}

/// Tells of a return in the timeline of its order.
pub(super) async fn tell(tx: &Tx, order: &order::Model, row: &order_return::Model, kind: OrderEventKind) -> Result<()> {
    let data = json!({ "return": row.id.to_string(), "number": row.number });
    transition::note(tx, order, kind, true, data).await?;
    Ok(())
}

/// Adds units to what became of a line, as long as `and` holds: the table has the bounds, and the statement says which is
/// meant, so that whoever is late changes nothing.
pub(super) async fn add(tx: &Tx, line: ReturnLineId, column: &str, units: i32, and: &str) -> Result<()> {
    if units == 0 {
        return Ok(());
    }
    let sql = format!("update order_return_line set {column} = {column} + $2 where id = $1 and {and}");
    match sql::execute(tx.db(), &sql, [line.into(), units.into()]).await? {
        1 => Ok(()),
        _ => Err(Fault::Other(format!("the return's line {line} moved while it was locked"), None).into()),
    }
}

/// The line of a return that somebody names, who has named `before`.
pub(super) fn named<'a>(
    lines: &'a [order_return_line::Model],
    id: ReturnLineId,
    mut before: impl Iterator<Item = ReturnLineId>,
    index: &str,
) -> Result<&'a order_return_line::Model, Refusal> {
    let path = ["lines", index, "lineId"];
    let line = lines.iter().find(|line| line.id == id);
    let line = line.ok_or_else(|| Refusal::not_found("line of this return").at(&path))?;
    if before.any(|before| before == id) {
        return Err(Refusal::new(ErrorCode::Invalid, messages::return_line_twice()).at(&path));
    }
    Ok(line)
}
