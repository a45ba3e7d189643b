//! Fetches a few pictures.

use chrono::TimeDelta;
use futures::future::join_all;
use sea_orm::Value;
use vitrine_entity::{
    ids::{MediaId, MediaImportId},
    media_import,
};

use crate::{
    Context, Error, Fault, Result, Shop, Tx,
    jobs::{Job, JobError},
    media::receive,
    outbox::Lease,
    ports::picture_source::FetchError,
    sql,
};

/// How many are fetched at once.
const BATCH: i64 = 8;

/// How long they are one worker's: longer than a job may take.
const CLAIM: TimeDelta = TimeDelta::minutes(2);

/// How often an address is tried that does not answer, and the pause after the first time, which grows
/// fivefold: five tries in half a day.
const ATTEMPTS_MAX: i32 = 5;
const PAUSE_MIN: TimeDelta = TimeDelta::minutes(1);

/// The pause where it is our store that does not answer, or we have no time: that is not the address's fault.
const OWN_PAUSE: TimeDelta = TimeDelta::minutes(1);

/// What became of an address.
enum Outcome {
    Ready(MediaId),
    /// It counts as an attempt.
    Unanswered(String),
    Refused(String),
    /// Our own doing.
    Later,
}

pub(crate) async fn run(shop: &Shop, context: &Context, lease: &Lease) -> Result<(), JobError> {
    let claimed = shop.transact(context, |tx| async move { claim(&tx).await }).await?;
    // A fault of ours in one is no reason to have the others fetched again.
    join_all(claimed.iter().map(|import| settle(shop, context, import))).await;
    let finished = shop.transact(context, |tx| async move {
        go_on(&tx, lease).await?;
        lease.finish(&tx).await
    });
    Ok(finished.await?)
}

async fn claim(tx: &Tx) -> Result<Vec<media_import::Model>> {
    let now = tx.shop().now();
    let sql = "update media_import set claimed_until = $2 where state = 'PENDING' and (claimed_until is null or claimed_until < $1) \
               and id in (select id from media_import where state = 'PENDING' and retry_at <= $1 \
               and (claimed_until is null or claimed_until < $1) order by retry_at, id limit $3) returning *";
    Ok(sql::all(tx.db(), sql, [now.into(), (now + CLAIM).into(), BATCH.into()]).await?)
}

async fn settle(shop: &Shop, context: &Context, import: &media_import::Model) {
    let outcome = match fetch(shop, context, import).await {
        Ok(outcome) => outcome,
        Err(error) => {
            tracing::warn!(id = %import.id, error = &error as &dyn std::error::Error, "a picture could not be taken in, and is tried again");
            Outcome::Later
        }
    };
    if let Err(error) = record(shop, import, outcome).await {
        tracing::warn!(id = %import.id, error = &error as &dyn std::error::Error, "what became of a picture could not be noted: it is fetched again");
    }
}

async fn fetch(shop: &Shop, context: &Context, import: &media_import::Model) -> Result<Outcome> {
    let content = match shop
        .picture_source
        .fetch(&import.address, shop.settings.media.bytes_max)
        .await
    {
        Ok(content) => content,
        Err(FetchError::Refused(reason)) => return Ok(Outcome::Refused(reason)),
        Err(FetchError::Unavailable(reason)) => return Ok(Outcome::Unanswered(reason)),
    };
    let received = match receive(shop, content, &[]).await {
        Ok(received) => received,
        Err(Error::Refused(refusals)) => {
            let reasons = refusals.into_iter().map(|refusal| refusal.message.to_string());
            return Ok(Outcome::Refused(reasons.collect::<Vec<_>>().join(" ")));
        }
        Err(Error::Fault(Fault::Crowded(_))) => return Ok(Outcome::Later),
        Err(fault) => return Err(fault),
    };
    let received = &received;
    let path = import.address.split(['?', '#']).next().unwrap_or_default();
    let recorded = shop.transact(context, |tx| async move { received.record(&tx, path, None).await });
    Ok(Outcome::Ready(recorded.await?.id))
}

/// Provided that it is still ours: whoever claimed it after us has the word.
async fn record(shop: &Shop, import: &media_import::Model, outcome: Outcome) -> Result<()> {
    let now = shop.now();
    let attempts = import.attempts + 1;
    let (state, reason, media, attempts, pause) = match outcome {
        Outcome::Ready(media) => ("READY", None, Some(media), attempts, TimeDelta::zero()),
        Outcome::Refused(reason) => ("FAILED", Some(reason), None, attempts, TimeDelta::zero()),
        Outcome::Unanswered(reason) if attempts >= ATTEMPTS_MAX => {
            ("FAILED", Some(reason), None, attempts, TimeDelta::zero())
        }
        Outcome::Unanswered(reason) => ("PENDING", Some(reason), None, attempts, pause_after(attempts)),
        Outcome::Later => ("PENDING", import.reason.clone(), None, import.attempts, OWN_PAUSE),
    };
    let sql = "update media_import set state = $3, reason = $4, media_id = $5, attempts = $6, retry_at = $7, \
               updated_at = $8, claimed_until = null where id = $1 and claimed_until = $2 and state = 'PENDING'";
    let values: [Value; 8] = [
        import.id.into(),
        import.claimed_until.into(),
        state.into(),
        reason.into(),
        media.into(),
        attempts.into(),
        (now + pause).into(),
        now.into(),
    ];
    shop.execute(sql, values).await?;
    Ok(())
}

fn pause_after(attempts: i32) -> TimeDelta {
    PAUSE_MIN * 5i32.pow(attempts.clamp(1, 5) as u32 - 1)
}

/// Has a job see to what is left, unless one waits for that already.
async fn go_on(tx: &Tx, lease: &Lease) -> Result<()> {
    let sql = "select id, retry_at from media_import where state = 'PENDING' order by retry_at, id limit 1";
    let Some(next): Option<Next> = sql::one(tx.db(), sql, []).await? else {
        return Ok(());
    };
    let job = Job::FetchPictures { import: next.id };
    let waits = "select 1 from outbox where state in ('READY', 'HANDED_OVER') and id <> $1 and substr(job->>'job', 1, 15) = 'fetch_pictures.' limit 1";
    if !sql::column::<i32>(tx.db(), waits, [lease.id.into()]).await?.is_empty() {
        return Ok(());
    }
    match next.retry_at - tx.shop().now() {
        pause if pause > TimeDelta::zero() => tx.enqueue_after(None, job, pause),
        // What is due and not free is another worker's, who goes on from there; but it may die.
        _ if !is_free(tx).await? => tx.enqueue_after(None, job, CLAIM),
        _ => tx.enqueue(None, job),
    }
    Ok(())
}

async fn is_free(tx: &Tx) -> Result<bool> {
    let sql = "select 1 from media_import where state = 'PENDING' and retry_at <= $1 \
               and (claimed_until is null or claimed_until < $1) limit 1";
    let free: Vec<i32> = sql::column(tx.db(), sql, [tx.shop().now().into()]).await?;
    Ok(!free.is_empty())
}

#[derive(sea_orm::FromQueryResult)]
struct Next {
    id: MediaImportId,
    retry_at: chrono::DateTime<chrono::Utc>,
}
