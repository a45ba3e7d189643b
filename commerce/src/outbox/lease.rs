//! A claim of a job, until it is finished or runs out.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult, QueryResult, Value};
use vitrine_entity::{ids::OutboxId, outbox};

use crate::{Context, Error, Fault, Result, Shop, Tx, reader::READ_MAX, sql};

/// How long a job may run. Longer than a look-up and a call that moves money take together, and than a
/// worker lets a job run.
pub(crate) const RUN_LEASE: TimeDelta = TimeDelta::seconds(90);

/// How long the database may take over a claim, or an end: all others of this process wait for it.
const CLAIM_MAX: Duration = READ_MAX;

/// How often, and after which pauses, a claim whose answer was cut off is taken back; else its lease runs out.
const FORGONE_ATTEMPTS: u32 = 30;
const FORGONE_PAUSE: Duration = Duration::from_secs(1);

/// A job that this process may run, until its lease ends.
#[derive(Debug)]
pub struct Lease {
    pub id: OutboxId,
    pub(crate) fence: i64,
    /// The attempt that this is, from 1.
    pub attempt: i32,
    /// When the job was made.
    pub created_at: DateTime<Utc>,
    /// When another worker may have it.
    until: DateTime<Utc>,
}

impl From<&outbox::Model> for Lease {
    fn from(row: &outbox::Model) -> Self {
        Self {
            id: row.id,
            fence: row.fence,
            attempt: row.attempts,
            created_at: row.created_at,
            // Of a row that is claimed there is one.
            until: row.lease_until.unwrap_or(row.created_at),
        }
    }
}

/// Claims the job `id`, if it is due and nobody else has it. What was handed over was due: the clock of
/// whoever handed it over counts, not this machine's.
pub(crate) async fn claim(shop: &Shop, id: OutboxId) -> Result<Option<outbox::Model>> {
    let claims = &shop.gathered().claims;
    claims.ask(id, async |ids| claim_all(shop, ids).await).await
}

/// For each of the jobs its row, if it was claimed.
async fn claim_all(shop: &Shop, ids: Vec<OutboxId>) -> Result<Vec<Option<outbox::Model>>> {
    let now = shop.now();
    let until = now + RUN_LEASE;
    let values = [until.into(), now.into(), sql::list(&shop.db, ids.iter().copied())];
    let claimed = change(shop, &claiming(&sql::among_parameter::<OutboxId>(&shop.db, 3)), &values).await;
    let rows = claimed.inspect_err(|error| forgo(shop, error, &ids, until))?;
    let mut rows: HashMap<_, _> = rows.into_iter().map(|row| (row.id, row)).collect();
    Ok(ids.iter().map(|id| rows.remove(id)).collect())
}

fn claiming(which: &str) -> String {
    format!(
        "update outbox set state = 'RUNNING', fence = fence + 1, attempts = attempts + 1, lease_until = $1 \
         where id {which} and (state = 'HANDED_OVER' or (state = 'READY' and run_at <= $2)) returning *"
    )
}

/// What is read together with a job that is claimed, by its subject.
pub(crate) struct Beside {
    /// Columns of what is joined.
    pub(crate) columns: String,
    /// Joins to the job, `j`.
    pub(crate) joins: &'static str,
}

/// As [`claim`], and has `begin` done with what is read `beside` it in the same transaction: neither is without the other.
pub(crate) async fn claim_and<T, F, Fut>(
    shop: &Shop,
    id: OutboxId,
    beside: &Beside,
    begin: F,
) -> Result<Option<(outbox::Model, T)>>
where
    F: Fn(Tx, outbox::Model, QueryResult) -> Fut + Send + Sync,
    Fut: Future<Output = Result<T>> + Send,
    T: Send,
{
    let (context, begin) = (Context::system(shop, "outbox"), &begin);
    let now = shop.now();
    let until = now + RUN_LEASE;
    let claimed = shop.transact_briefly(&context, |tx| async move {
        let found = claim_beside(&tx, beside, [until.into(), now.into(), id.into()]).await?;
        let Some(row) = found else { return Ok(None) };
        let job = outbox::Model::from_query_result(&row, "j_")?;
        Ok(Some((job.clone(), begin(tx.clone(), job, row).await?)))
    });
    claimed.await.inspect_err(|error| forgo(shop, error, &[id], until))
}

/// The job, if it was claimed, with what is beside it.
async fn claim_beside(tx: &Tx, Beside { columns, joins }: &Beside, values: [Value; 3]) -> Result<Option<QueryResult>> {
    let (db, claiming) = (tx.db(), claiming("= $3"));
    let asked = format!("select {}, {columns} from", sql::columns::<outbox::Column>("j"));
    let rows = match db.get_database_backend() {
        DatabaseBackend::Postgres => {
            let sql = format!("with claimed as ({claiming}) {asked} claimed j {joins}");
            sql::rows(db, &sql, values).await?
        }
        _ => {
            let id = values[2].clone();
            if sql::rows(db, &claiming, values).await?.is_empty() {
                return Ok(None);
            }
            let sql = format!("{asked} outbox j {joins} where j.id = $1");
            sql::rows(db, &sql, [id]).await?
        }
    };
    Ok(rows.into_iter().next())
}

/// Where the answer to a claim was cut off, what it has taken is returned to the relay, and not left to its lease. It is known
/// by that lease; were it another's that was taken at the same microsecond, its fence would refuse what is done late.
fn forgo(shop: &Shop, error: &Error, ids: &[OutboxId], until: DateTime<Utc>) {
    if !error.is_outcome_unknown() {
        return;
    }
    let (shop, ids) = (shop.clone(), ids.to_vec());
    tokio::spawn(async move {
        let sql = format!(
            "update outbox set state = 'READY', attempts = attempts - 1, lease_until = null \
             where state = 'RUNNING' and lease_until = $1 and id {}",
            sql::among_parameter::<OutboxId>(&shop.db, 2)
        );
        for _ in 0..FORGONE_ATTEMPTS {
            tokio::time::sleep(FORGONE_PAUSE).await;
            let values = [until.into(), sql::list(&shop.db, ids.iter().copied())];
            match shop.execute(&sql, values).await {
                Ok(_) => return,
                Err(error) => tracing::debug!(
                    error = &error as &dyn std::error::Error,
                    "a claim whose answer was cut off is not taken back yet"
                ),
            }
        }
    });
}

/// Changes rows by a statement that stands alone; on SQLite in its turn.
async fn change(shop: &Shop, sql: &str, values: &[Value]) -> Result<Vec<outbox::Model>> {
    if !shop.takes_turns() {
        return shop
            .alone_within(CLAIM_MAX, || async {
                Ok(sql::all(shop.writer(), sql, values.to_vec()).await?)
            })
            .await;
    }
    let context = Context::system(shop, "outbox");
    let changed = shop.transact_briefly(&context, |tx| async move {
        Ok(sql::all(tx.db(), sql, values.to_vec()).await?)
    });
    changed.await
}

/// The most jobs that are taken along with one, and the most products that each of them may name: what names more is
/// work enough by itself.
const ALONG_MAX: u32 = 64;
const PRODUCTS_MAX: u32 = 8;

/// Claims further jobs that have products indexed and wait in the queue, for whoever is about to index some: the work
/// is much the same for one product and for fifty. What did not come back from an attempt is tried by itself.
pub(crate) async fn claim_to_index(shop: &Shop) -> Result<Vec<outbox::Model>> {
    let skip_locked = match shop.db.get_database_backend() {
        DatabaseBackend::Postgres => "for update skip locked",
        _ => "",
    };
    let sql = format!(
        "update outbox set state = 'RUNNING', fence = fence + 1, attempts = attempts + 1, lease_until = $1 \
         where state = 'HANDED_OVER' and id in ({} order by id limit {ALONG_MAX} {skip_locked}) returning *",
        to_index(&shop.db)
    );
    change(shop, &sql, &[(shop.now() + RUN_LEASE).into()]).await
}

/// The statement that gives the ids of jobs that [`claim_to_index`] may take.
pub(crate) fn to_index(db: &impl ConnectionTrait) -> String {
    let length = match db.get_database_backend() {
        DatabaseBackend::Postgres => "jsonb_array_length(job->'products')",
        _ => "json_array_length(job, '$.products')",
    };
    format!(
        "select id from outbox where state = 'HANDED_OVER' and queue = 'SEARCH' \
         and job->>'job' = 'index_products.v1' and {length} <= {PRODUCTS_MAX} and attempts = 0"
    )
}

/// Returns jobs to the relay that were taken along, and could not be done with the one that took them. It does not count
/// as an attempt that has failed, but is remembered: they are not taken along again.
pub(crate) async fn give_up(shop: &Shop, leases: &[Lease], pause: TimeDelta) -> Result<()> {
    let sql = "update outbox set state = 'READY', run_at = $3, lease_until = null \
               where id = $1 and fence = $2 and state = 'RUNNING'";
    for lease in leases {
        let values = [lease.id.into(), lease.fence.into(), (shop.now() + pause).into()];
        shop.execute(sql, values).await?;
    }
    Ok(())
}

impl Lease {
    /// Marks the job done in the transaction of its effects, with its end.
    ///
    /// # Errors
    /// The transaction ends with [`Fault::LeaseLost`], and is taken back, when another worker has taken over.
    pub async fn finish(&self, tx: &Tx) -> Result<()> {
        tx.finish(self.id, self.fence);
        Ok(())
    }

    /// As [`finish`](Self::finish), together with those of `along` that no other worker has taken over: it will do them
    /// once more.
    pub(crate) async fn finish_with(&self, tx: &Tx, along: &[Self]) -> Result<()> {
        let all = along.iter().chain([self]);
        let leases = all.map(|lease| (lease.id, lease.fence));
        let ended = end_all(tx.shop(), tx.db(), "= 'RUNNING'", leases).await?;
        match ended.contains(&self.id) {
            true => Ok(()),
            false => Err(Fault::LeaseLost.into()),
        }
    }

    /// Whether it will hold for as long as `more`: who was frozen, or waited for long, may have lost it.
    ///
    /// # Errors
    /// [`Fault::LeaseLost`] where it does not.
    pub(crate) fn expect(&self, shop: &Shop, more: TimeDelta) -> Result<()> {
        match shop.now() + more <= self.until {
            true => Ok(()),
            false => Err(Fault::LeaseLost.into()),
        }
    }

    /// Marks a job done whose effects are not in the database: also one whose time is over, where nobody else has begun
    /// it yet.
    pub async fn finish_alone(&self, shop: &Shop) -> Result<()> {
        let end = async |leases: Vec<(OutboxId, i64)>| {
            let (context, leases) = (Context::system(shop, "outbox"), &leases);
            let ended = match shop.takes_turns() {
                false => {
                    let end = || end_all(shop, shop.writer(), NOT_BEGUN_ANEW, leases.iter().copied());
                    shop.alone_within(CLAIM_MAX, end).await?
                }
                true => {
                    let ending = shop.transact_briefly(&context, |tx| async move {
                        end_all(shop, tx.db(), NOT_BEGUN_ANEW, leases.iter().copied()).await
                    });
                    ending.await?
                }
            };
            Ok(leases.iter().map(|(id, _)| ended.contains(id)).collect())
        };
        match shop.gathered().ends.ask((self.id, self.fence), end).await? {
            true => Ok(()),
            false => Err(Fault::LeaseLost.into()),
        }
    }
}

/// The states of a job whose claim is the last one, whether or not its time is over.
const NOT_BEGUN_ANEW: &str = "in ('RUNNING', 'READY', 'HANDED_OVER')";

/// Marks the jobs done, of those in `states`, whose leases, by id and fence, nobody has taken over. Gives which those are.
async fn end_all(
    shop: &Shop,
    db: &impl ConnectionTrait,
    states: &str,
    leases: impl Iterator<Item = (OutboxId, i64)>,
) -> Result<Vec<OutboxId>> {
    let mut by_fence: BTreeMap<i64, Vec<OutboxId>> = BTreeMap::new();
    for (id, fence) in leases {
        by_fence.entry(fence).or_default().push(id);
    }
    // Mostly all are claimed for the first time, and it is one statement.
    let sql = format!(
        "update outbox set state = 'DONE', finished_at = $2, lease_until = null, last_error = null \
         where fence = $1 and state {states} and id {} returning id",
        sql::among_parameter::<OutboxId>(db, 3)
    );
    let mut ended = Vec::new();
    for (fence, ids) in by_fence {
        let values = [fence.into(), shop.now().into(), sql::list(db, ids)];
        ended.extend(sql::column::<OutboxId>(db, &sql, values).await?);
    }
    Ok(ended)
}
