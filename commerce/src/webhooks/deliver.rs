//! The job `DeliverWebhooks`: sends an endpoint a few events, and has another job send the next.

use std::time::Instant;

use chrono::{DateTime, Utc};
use futures::future::join_all;
use sea_orm::FromQueryResult;
use tracing::Instrument;
use vitrine_entity::{event, ids::WebhookEndpointId, webhook_delivery, webhook_endpoint};

use super::{
    address,
    claim::{Claimed, claim},
    outcome::{Attempt, record},
    secret,
};
use crate::{
    Context, Fault, Result, Shop, Tx,
    events::envelope,
    jobs::{Job, JobError},
    language::{Message, messages},
    outbox::Lease,
    ports::webhook_sender::{SendError, WebhookAnswer, WebhookRequest},
    sql,
    trace::step,
};

pub(crate) async fn run(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    endpoint: WebhookEndpointId,
) -> Result<(), JobError> {
    let claimed = shop.transact(context, |tx| async move { claim(&tx, endpoint).await });
    let claimed = claimed.await?;
    let attempts = match &claimed {
        Some(claimed) => send_all(shop, claimed).await?,
        None => Vec::new(),
    };
    let attempts = &attempts;
    let finished = shop.transact(context, |tx| async move {
        if !attempts.is_empty() {
            record(&tx, endpoint, attempts).await?;
        }
        go_on(&tx, lease, endpoint).await?;
        lease.finish(&tx).await
    });
    Ok(finished.await?)
}

async fn send_all(shop: &Shop, claimed: &Claimed) -> Result<Vec<Attempt>> {
    let each = claimed
        .deliveries
        .iter()
        .map(|(delivery, event)| send(shop, &claimed.endpoint, delivery, event));
    join_all(each).await.into_iter().collect()
}

async fn send(
    shop: &Shop,
    endpoint: &webhook_endpoint::Model,
    delivery: &webhook_delivery::Model,
    event: &event::Model,
) -> Result<Attempt> {
    let (now, started) = (shop.now(), Instant::now());
    let answer = match request(shop, endpoint, event, now)? {
        Some(request) => {
            let step = step!("call webhook", otel.kind = "client", event = event.id.to_string());
            shop.webhook_sender.send(request).instrument(step).await
        }
        None => Err(SendError::Unanswered(in_english(&messages::webhook_secret_lost()))),
    };
    let (answer, error) = match answer {
        Ok(answer) => (Some(answer), None),
        Err(SendError::Refused(problem)) => (None, Some(in_english(&address::words(problem)))),
        Err(SendError::Unanswered(error)) => (None, Some(error)),
    };
    let error = error.or_else(|| answer.as_ref().and_then(unwanted));
    Ok(Attempt {
        delivery: delivery.clone(),
        at: now,
        took: started.elapsed(),
        answer,
        error,
    })
}

/// `None` where the endpoint has no secret any more that could be derived.
fn request(
    shop: &Shop,
    endpoint: &webhook_endpoint::Model,
    event: &event::Model,
    now: DateTime<Utc>,
) -> Result<Option<WebhookRequest>> {
    let keys = secret::keys(shop, endpoint, now);
    if keys.is_empty() {
        return Ok(None);
    }
    let body = serde_json::to_string(&envelope(event.clone()));
    let body = body.map_err(|error| Fault::other("writing an event", error))?;
    let (id, timestamp) = (event.id.to_string(), now.timestamp());
    let signature = secret::signatures(&keys, &id, timestamp, &body);
    Ok(Some(WebhookRequest {
        url: endpoint.url.clone(),
        headers: [
            ("webhook-id", id),
            ("webhook-timestamp", timestamp.to_string()),
            ("webhook-signature", signature),
        ],
        body,
    }))
}

/// Why an answer does not count as one that has taken the event.
fn unwanted(answer: &WebhookAnswer) -> Option<String> {
    match answer.status {
        200..=299 => None,
        300..=399 => Some(in_english(&messages::webhook_redirected())),
        status => Some(in_english(&messages::webhook_answered(status.to_string()))),
    }
}

/// As it is kept: whoever reads it later may read another language.
fn in_english(message: &Message) -> String {
    message.to_string()
}

#[derive(FromQueryResult)]
struct Next {
    due: DateTime<Utc>,
}

/// Has a job send what is left, unless one waits for that already.
async fn go_on(tx: &Tx, lease: &Lease, endpoint: WebhookEndpointId) -> Result<()> {
    let free = "select next_attempt_at as due from webhook_delivery where endpoint_id = $1 and state = 'PENDING' \
                and claimed_until is null order by next_attempt_at limit 1";
    let claimed = "select claimed_until as due from webhook_delivery where endpoint_id = $1 and state = 'PENDING' \
                   and claimed_until is not null order by claimed_until limit 1";
    let paused = "select paused_until as due from webhook_endpoint where id = $1 and paused_until is not null";
    let mut times: [Option<DateTime<Utc>>; 3] = [None; 3];
    for (time, sql) in times.iter_mut().zip([free, claimed, paused]) {
        *time = sql::one::<Next>(tx.db(), sql, [endpoint.into()])
            .await?
            .map(|next| next.due);
    }
    let [free, claimed, paused] = times;
    let Some(next) = free.into_iter().chain(claimed).min() else {
        return Ok(());
    };
    let (next, now) = (next.max(paused.unwrap_or(next)), tx.shop().now());
    let job = Job::DeliverWebhooks { endpoint };
    let waits = "select id from outbox where subject = $1 and state in ('READY', 'HANDED_OVER') and id <> $2 \
                 and job->>'job' = $3 and run_at <= $4 limit 1";
    let values = [
        endpoint.into(),
        lease.id.into(),
        job.stored_name().into(),
        next.max(now).into(),
    ];
    if sql::column::<uuid::Uuid>(tx.db(), waits, values).await?.is_empty() {
        match next <= now {
            true => tx.enqueue(None, job),
            false => tx.enqueue_after(None, job, next - now),
        }
    }
    Ok(())
}
