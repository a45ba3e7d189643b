//! How a process learns which sessions have ended elsewhere and which keys sign: by the bus, and where that is
//! silent, by asking the database.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::FromQueryResult;
use tokio::time::Instant;
use vitrine_entity::ids::SessionId;

use super::keys;
use crate::{
    Result, Shop,
    ports::event_bus::{Topic, told},
    shop::WeakShop,
    sql,
};

/// How often the database is asked.
const POLL: Duration = Duration::from_secs(5);

/// A session that ended is in the database a little after the time at which it says that it ended.
const OVERLAP: TimeDelta = TimeDelta::seconds(30);

/// How much longer than an access token lives it is known that its session has ended.
const GRACE: TimeDelta = TimeDelta::minutes(5);

/// How many are read in one statement.
const READ_AT_ONCE: i64 = 1_000;

/// Reads what this process must know before it believes a token: the keys, and which sessions ended of late.
pub async fn open(shop: &Shop) -> Result<()> {
    keys::open(shop).await?;
    read_ended(shop, shop.now() - window(shop)).await
}

/// Keeps both up to date for as long as the shop is open.
pub async fn follow(shop: WeakShop) {
    let Some(mut topics) = shop.upgrade().map(|shop| shop.bus.subscribe()) else {
        return;
    };
    let mut read_until = shop.upgrade().map(|shop| shop.now() - window(&shop));
    let (mut next_poll, mut is_failing) = (Instant::now(), false);
    loop {
        let told = told(&mut topics, next_poll).await;
        let Some(shop) = shop.upgrade() else { return };
        let outcome = match told {
            Some(Topic::SessionEnded(session)) => {
                shop.revocations().add([(session, shop.now())]);
                continue;
            }
            Some(Topic::SigningKeys) => keys::refresh(&shop).await,
            Some(_) => continue,
            None => {
                next_poll = Instant::now() + POLL;
                poll(&shop, &mut read_until).await
            }
        };
        match outcome {
            Ok(()) => is_failing = false,
            Err(error) if !is_failing => {
                is_failing = true;
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "ended sessions and signing keys cannot be read: what was known before holds"
                );
            }
            Err(_) => {}
        }
    }
}

async fn poll(shop: &Shop, read_until: &mut Option<DateTime<Utc>>) -> Result<()> {
    let (now, window) = (shop.now(), window(shop));
    let since = read_until.map_or(now - window, |until| until.max(now - window));
    read_ended(shop, since).await?;
    *read_until = Some(now - OVERLAP);
    shop.revocations().forget_before(now - window);
    keys::refresh(shop).await
}

#[derive(FromQueryResult)]
struct Ended {
    id: SessionId,
    revoked_at: DateTime<Utc>,
}

async fn read_ended(shop: &Shop, since: DateTime<Utc>) -> Result<()> {
    let sql = "select id, revoked_at from session where revoked_at is not null \
               and (revoked_at > $1 or (revoked_at = $1 and id > $2)) order by revoked_at, id limit $3";
    let mut after = (since, SessionId(uuid::Uuid::nil()));
    loop {
        let values = [after.0.into(), after.1.into(), READ_AT_ONCE.into()];
        let rows: Vec<Ended> = sql::all(&shop.db, sql, values).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = (last.revoked_at, last.id);
        let is_all = (rows.len() as i64) < READ_AT_ONCE;
        shop.revocations()
            .add(rows.into_iter().map(|row| (row.id, row.revoked_at)));
        if is_all {
            return Ok(());
        }
    }
}

/// For how long an ended session's tokens could still be sent.
fn window(shop: &Shop) -> TimeDelta {
    shop.settings.access_token_lifetime + GRACE
}
