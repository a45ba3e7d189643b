//! What is due goes to the queues, and what they lose comes back.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use vitrine_entity::{
    ids::OutboxId,
    outbox::{self, OutboxState, Queue},
};

use super::{
    lease::RUN_LEASE,
    record::{HAND_OVER_LEASE, QUEUES},
};
use crate::{Result, Shop, ports::clock::CLOCKS_APART_MAX, sql};

/// The queues that have something due. Only reads, so that looking often costs little: on SQLite
/// every write takes the one write lock.
pub async fn queues_due(shop: &Shop) -> Result<Vec<Queue>> {
    let if_due = |queue: Queue| {
        let name = queue.to_value();
        format!(
            "select '{name}' as queue where exists \
             (select 1 from outbox where state = 'READY' and queue = '{name}' and run_at <= $1)"
        )
    };
    let sql = QUEUES.map(if_due).join(" union all ");
    Ok(sql::column(&shop.db, &sql, [shop.now().into()]).await?)
}

/// Takes up to `limit` due rows of a queue for a hand-over.
pub async fn take_due(shop: &Shop, queue: Queue, limit: u64) -> Result<Vec<OutboxId>> {
    let now = shop.now();
    // The outer condition makes it safe without row locks: SQLite has none.
    let skip_locked = match shop.db.get_database_backend() {
        sea_orm::DatabaseBackend::Postgres => "for update skip locked",
        _ => "",
    };
    let sql = format!(
        "update outbox set state = 'HANDED_OVER', lease_until = $3 where state = 'READY' and id in \
         (select id from outbox where state = 'READY' and queue = $1 and run_at <= $2 order by run_at limit $4 {skip_locked}) \
         returning id"
    );
    let values = [
        queue.into(),
        now.into(),
        (now + HAND_OVER_LEASE).into(),
        (limit as i64).into(),
    ];
    let (sql, values) = (&sql, &values);
    shop.alone(|| async { Ok(sql::column(shop.writer(), sql, values.clone()).await?) })
        .await
}

/// Returns rows to the relay whose hand-over failed.
pub async fn give_back(shop: &Shop, jobs: &[OutboxId]) -> Result<()> {
    let give = || {
        outbox::Entity::update_many()
            .col_expr(outbox::Column::State, Expr::value(OutboxState::Ready))
            .col_expr(outbox::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
            .filter(sql::among(&shop.db, outbox::Column::Id, jobs.iter().copied()))
            .filter(outbox::Column::State.eq(OutboxState::HandedOver))
            .exec(shop.writer())
    };
    shop.alone(|| async { Ok(give().await?) }).await.map(drop)
}

/// Returns to the relay whatever was handed over or begun, and gives how many. For whoever knows that nobody else works for
/// this shop, and has not begun: what is left is of a process that is dead, and need not wait for its lease.
///
/// # Errors
/// When the database fails.
pub async fn take_back(shop: &Shop) -> Result<u64> {
    let sql = "update outbox set state = 'READY', lease_until = null where state in ('HANDED_OVER', 'RUNNING')";
    shop.execute(sql, []).await
}

/// Returns to the relay what was handed over or begun and never finished: a killed worker, a
/// wiped Redis. Gives how many.
///
/// So is a lease that is longer than any of ours can be: it was taken by a clock that ran ahead.
/// If its worker lives after all, the fence refuses its late write.
pub async fn sweep(shop: &Shop) -> Result<u64> {
    const LOST: &str = "state in ('HANDED_OVER', 'RUNNING') and (lease_until < $1 or lease_until > $2)";
    let now = shop.now();
    let values = || [now.into(), (now + RUN_LEASE + CLOCKS_APART_MAX).into()];
    // Read first: mostly there are none.
    let look = format!("select 1 from outbox where {LOST} limit 1");
    if sql::column::<i32>(&shop.db, &look, values()).await?.is_empty() {
        return Ok(0);
    }
    let sql = format!("update outbox set state = 'READY', lease_until = null where {LOST}");
    shop.execute(&sql, values()).await
}
