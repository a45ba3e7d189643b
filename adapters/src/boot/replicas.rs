//! The replicas of a PostgreSQL, and how far they have followed: looked at several times within the time by which what is read
//! of them may be late.

use std::{
    sync::{Arc, Weak},
    time::{Duration, Instant},
};

use anyhow::Context;
use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult, Statement};
use vitrine_commerce::{
    Shop,
    error::causes,
    reader::{Following, Reader, Replica, Replicas},
    supervise::restart_on_panic,
    transaction,
};

use super::{Booted, database, statements::Watching};
use crate::config::Config;

/// How often a replica is looked at, within the time by which it may be late, and in any case.
const LOOKS: u32 = 4;
const PERIOD_MIN: Duration = Duration::from_millis(50);
const PERIOD_MAX: Duration = Duration::from_secs(1);

/// How long a look may take.
const ANSWER_MAX: Duration = Duration::from_secs(1);

/// How long whoever has just opened the shop waits for the first, and how often it is asked whether it was taken.
const FIRST_MAX: Duration = Duration::from_secs(4);
const FIRST_PAUSE: Duration = Duration::from_millis(20);

/// Where the log of a primary ends, in bytes, and of which database that is. What stands before the end was committed before it
/// was asked for, whether it had reached the disk or not.
const PRIMARY: &str = "select case when pg_is_in_recovery() \
     then pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') \
     else pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') end::bigint as place, \
     current_database()::text as name, pg_is_in_recovery() as is_standby";

/// How far a standby has followed.
const REPLICA: &str = "select pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint as place, \
     current_database()::text as name, pg_is_in_recovery() as is_standby";

#[derive(Debug, FromQueryResult)]
struct Place {
    place: Option<i64>,
    name: String,
    is_standby: bool,
}

/// Those that are configured. They need not be there yet.
pub(super) async fn open(config: &Config, watching: &Watching) -> anyhow::Result<Option<Arc<Replicas>>> {
    let mut all = Vec::new();
    for (at, url) in config.database.replicas.iter().enumerate() {
        let number = at + 1;
        let db = database::open_replica(config, url.expose()).await;
        let mut db = db.with_context(|| format!("reading `database.replicas`, number {number}"))?;
        watching.watch_replica(&mut db, number);
        all.push(Replica::new(number, db));
    }
    let lag_max = Duration::from_millis(config.database.replica_lag_max_ms);
    Ok((!all.is_empty()).then(|| Arc::new(Replicas::new(all, lag_max))))
}

/// Looks at each of them, where there are any, and hears who writes elsewhere, for as long as the shop is open.
pub(super) fn follow(shop: &Shop, primary: &Reader) {
    let Some(replicas) = shop.db.replicas() else { return };
    let shop = shop.downgrade();
    let hear = move || transaction::follow_writers(shop.clone());
    tokio::spawn(restart_on_panic("following who writes", hear));
    for at in 0..replicas.all().len() {
        let (replicas, primary) = (Arc::downgrade(replicas), primary.clone());
        let begin = move || keep_looking(Weak::clone(&replicas), at, primary.clone());
        tokio::spawn(restart_on_panic("following a replica", begin));
    }
}

impl Booted {
    /// Waits until each replica has been looked at once, for a few seconds at most.
    pub async fn replicas_are_known(&self) {
        let Some(replicas) = self.shop.db.replicas() else {
            return;
        };
        let is_known = || {
            let mut statuses = replicas.statuses().into_iter();
            statuses.all(|status| status.lag.is_some() || status.trouble.is_some())
        };
        let waiting = async {
            while !is_known() {
                tokio::time::sleep(FIRST_PAUSE).await;
            }
        };
        // One that did not answer in time says so by its status.
        let _ = tokio::time::timeout(FIRST_MAX, waiting).await;
    }
}

async fn keep_looking(replicas: Weak<Replicas>, at: usize, primary: Reader) {
    let mut following = Following::default();
    let mut was_used = None;
    loop {
        let period = {
            let Some(replicas) = replicas.upgrade() else { return };
            let replica = &replicas.all()[at];
            match look(&primary, replica, &mut following).await {
                Looked::Shows(moment) => replica.shows(moment),
                Looked::Unfit(why) => replica.leave(why),
                Looked::Unknown(why) => replica.doubt(why),
            }
            tell(&replicas, at, &mut was_used);
            (replicas.lag_max() / LOOKS).clamp(PERIOD_MIN, PERIOD_MAX)
        };
        tokio::time::sleep(period).await;
    }
}

/// What came of a look.
enum Looked {
    /// The last moment of which the replica shows everything.
    Shows(Instant),
    /// It is not to be read from.
    Unfit(String),
    /// Nobody knows. What was known holds until the time is over: a primary that has too much to do is not to be given the
    /// replicas' work at once.
    Unknown(String),
}

async fn look(primary: &Reader, replica: &Replica, following: &mut Following) -> Looked {
    let asked_at = Instant::now();
    let here = match place(primary, PRIMARY).await {
        Ok(here) => here,
        Err(why) => return Looked::Unknown(format!("the primary does not say where its log ends: {why}")),
    };
    // As a reader: a connection that does not answer is not used again.
    let there = match place(&Reader::from(replica.db().clone()), REPLICA).await {
        Ok(there) => there,
        Err(why) => return Looked::Unfit(why),
    };
    if !there.is_standby {
        return Looked::Unfit("it is no standby, but takes writes of its own".to_owned());
    }
    if there.name != here.name {
        let (there, here) = (there.name, here.name);
        return Looked::Unfit(format!("it leads to the database {there}, and not to {here}"));
    }
    if !following.primary_ends(asked_at, here.place.unwrap_or_default()) {
        return Looked::Unfit("it has followed another primary, further than this one has come".to_owned());
    }
    match there.place.and_then(|place| following.replica_is_at(place)) {
        Some(moment) => Looked::Shows(moment),
        None => Looked::Unfit("it has not come to where the primary was when it was first looked at".to_owned()),
    }
}

/// Or why nobody says.
async fn place(db: &Reader, sql: &str) -> Result<Place, String> {
    let asking = db.query_one_raw(Statement::from_string(DatabaseBackend::Postgres, sql));
    let row = match tokio::time::timeout(ANSWER_MAX, asking).await {
        Ok(Ok(row)) => row.ok_or_else(|| "it gave no answer".to_owned())?,
        Ok(Err(error)) => return Err(causes(&error)),
        Err(_) => return Err(format!("no answer within {} s", ANSWER_MAX.as_secs())),
    };
    Place::from_query_result(&row, "").map_err(|error| causes(&error))
}

/// Says when one is left, and when it is taken back.
fn tell(replicas: &Replicas, at: usize, was_used: &mut Option<bool>) {
    let status = replicas.all()[at].status(replicas.lag_max());
    if *was_used == Some(status.is_used) {
        return;
    }
    *was_used = Some(status.is_used);
    let replica = status.number;
    if status.is_used {
        tracing::info!(replica, "a replica of the database is read from");
        return;
    }
    let lag_ms = status.lag.map(|lag| u64::try_from(lag.as_millis()).unwrap_or(u64::MAX));
    tracing::warn!(
        replica,
        lag_ms,
        why = status.trouble.as_deref(),
        "a replica of the database is late or away: the primary is read in its place"
    );
}
