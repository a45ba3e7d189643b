//! The job `StreamEvents`: appends what has happened to the event stream. What was appended and not noted is appended again:
//! an event comes at least once, and by its id it is known.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{event, ids::EventId};

use crate::{
    Context, Fault, Result, Shop,
    events::envelope,
    jobs::{Job, JobError},
    metrics,
    outbox::Lease,
    ports::event_stream::StreamEntry,
    sql,
};

/// How many are appended at once; the rest by the next job.
const BATCH: u64 = 500;

/// How long events wait for a stream that is away, as long as it takes.
const OUTAGE_PAUSE: TimeDelta = TimeDelta::seconds(10);

pub(crate) async fn run(shop: &Shop, context: &Context, lease: &Lease) -> Result<(), JobError> {
    // A worker that has no stream leaves it to those that have one.
    let Some(stream) = &shop.event_stream else {
        return Err(JobError::Defer(OUTAGE_PAUSE));
    };
    let waiting = event::Entity::find()
        .filter(event::Column::AwaitsStream.eq(true))
        .order_by_asc(event::Column::Id)
        .limit(BATCH);
    let rows = waiting.all(&shop.db).await?;
    let ids: &Vec<EventId> = &rows.iter().map(|row| row.id).collect();
    let entries = rows.into_iter().map(entry).collect::<Result<Vec<_>>>()?;
    if let Err(error) = stream.append(&entries).await {
        metrics::streamed("failed", 1);
        let (error, pause) = (Fault::from(error).into(), OUTAGE_PAUSE);
        return Err(JobError::Outage { error, pause });
    }
    metrics::streamed("appended", ids.len() as u64);
    let noted = shop.transact(context, |tx| async move {
        let sql = format!(
            "update event set awaits_stream = false where awaits_stream and id {}",
            sql::among_parameter::<EventId>(tx.db(), 1)
        );
        sql::execute(tx.db(), &sql, [sql::list(tx.db(), ids.iter().copied())]).await?;
        if let (true, Some(last)) = (ids.len() as u64 == BATCH, ids.last()) {
            tx.enqueue(None, Job::StreamEvents { event: *last });
        }
        lease.finish(&tx).await
    });
    Ok(noted.await?)
}

fn entry(row: event::Model) -> Result<StreamEntry> {
    let event = envelope(row);
    Ok(StreamEntry {
        id: event.id.to_string(),
        kind: event.kind.clone(),
        event: serde_json::to_string(&event).map_err(|error| Fault::other("writing an event", error))?,
    })
}
