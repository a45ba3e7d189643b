//! The ticks of what is done by the clock, once a period however many workers run. What that is stands in
//! [`schedule`](crate::schedule).

use chrono::TimeDelta;
use sea_orm::{ActiveValue::Set, EntityTrait};
use vitrine_entity::schedule;

use crate::{Result, Tx, sql};

/// Takes the tick of the schedule `name`: `true` for one caller a `period`. It is taken in the
/// transaction of what follows from it, so that neither is there without the other. A schedule
/// that nobody knew ticks for the first time a period from now.
///
/// A clock that leaps ahead brings one tick, not one for each period that it leapt over. A time
/// more than two periods away was written by a clock that ran ahead, and does not bind.
pub async fn claim(tx: &Tx, name: &str, period: TimeDelta) -> Result<bool> {
    let now = tx.shop().now();
    let sql = "update schedule set due_at = $2 where name = $1 and (due_at <= $3 or due_at > $4)";
    let values = [
        name.into(),
        (now + period).into(),
        now.into(),
        (now + period * 2).into(),
    ];
    if sql::execute(tx.db(), sql, values).await? == 1 {
        return Ok(true);
    }
    let row = schedule::ActiveModel {
        name: Set(name.to_owned()),
        due_at: Set(now + period),
    };
    schedule::Entity::insert(row)
        .on_conflict_do_nothing_on([schedule::Column::Name])
        .exec_without_returning(tx.db())
        .await?;
    Ok(false)
}
