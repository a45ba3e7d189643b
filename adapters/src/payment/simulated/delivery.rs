//! Brings the provider's webhooks to us, again and again until they are taken.

use std::{collections::HashSet, future::Future, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use futures::{StreamExt, stream};
use sea_orm::{ConnectionTrait, FromQueryResult};
use vitrine_commerce::ports::payment::ProviderError;

use super::{
    SIGNATURE_HEADER, SimulatedProvider,
    books::{among, list, statement},
    unknown,
};
use crate::payment::signature;

/// How many webhooks go out in one round, and how many of them at the same time: even if each of
/// them times out, the round is over before its lease is.
const BATCH: usize = 48;
const AT_ONCE: usize = 16;

/// How long our server may take for one.
const TIMEOUT: Duration = Duration::from_secs(10);

/// How long a webhook is left to whoever took it.
const LEASE: TimeDelta = TimeDelta::seconds(30);

/// How many rounds follow one another without a pause.
const ROUNDS_MAX: usize = 50;

/// After this many attempts the provider gives up; with the pauses below, after about a day.
pub(super) const ATTEMPTS_MAX: i32 = 40;
const PAUSE_MAX: TimeDelta = TimeDelta::minutes(30);

/// A webhook on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedWebhook {
    /// Of this delivery; an event that comes twice has two.
    pub id: String,
    pub attempt: i32,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

#[derive(FromQueryResult)]
struct Due {
    id: String,
    body: String,
    attempts: i32,
}

impl SimulatedProvider {
    /// Sends what is due by `send`, which tells whether it was taken; several at the same time.
    /// Gives how many were.
    pub async fn deliver_due<F, Sent>(&self, send: F) -> Result<usize, ProviderError>
    where
        F: Fn(SignedWebhook) -> Sent,
        Sent: Future<Output = bool>,
    {
        let due = self.due_webhooks().await?;
        let deliveries = due.into_iter().map(|webhook| {
            let (id, attempt) = (webhook.id.clone(), webhook.attempt);
            let sent = send(webhook);
            async move { (id, attempt, sent.await) }
        });
        let sent: Vec<_> = stream::iter(deliveries).buffer_unordered(AT_ONCE).collect().await;
        let taken = sent.iter().filter(|(_, _, was_taken)| *was_taken);
        let taken: Vec<_> = taken.map(|(id, ..)| id.as_str()).collect();
        self.mark_delivered(&taken).await?;
        for (id, attempt, _) in sent.iter().filter(|(_, _, was_taken)| !was_taken) {
            self.mark_failed(id, *attempt).await?;
        }
        Ok(taken.len())
    }

    /// What is due now, in the order in which it is to go, each freshly signed. It is the
    /// caller's for half a minute, and comes again unless it is marked as delivered.
    pub async fn due_webhooks(&self) -> Result<Vec<SignedWebhook>, ProviderError> {
        self.catch_up().await?;
        let now = self.clock.now();
        let sql = "select id, body, attempts from simulated_webhook \
                   where delivered_at is null and deliver_at <= $1 and attempts < $2 order by deliver_at, id limit $3";
        let values = [now.into(), ATTEMPTS_MAX.into(), (BATCH as i64).into()];
        let mut due = Due::find_by_statement(statement(&self.db, sql, values))
            .all(&self.db)
            .await
            .map_err(unknown)?;
        let taken = self.take(&due, now).await?;
        due.retain(|webhook| taken.contains(&webhook.id));
        Ok(due.into_iter().map(|webhook| self.sign(webhook, now)).collect())
    }

    /// Whoever puts a webhook off has it.
    async fn take(&self, due: &[Due], now: DateTime<Utc>) -> Result<HashSet<String>, ProviderError> {
        if due.is_empty() {
            return Ok(HashSet::new());
        }
        let sql = format!(
            "update simulated_webhook set attempts = attempts + 1, deliver_at = $2 \
             where delivered_at is null and deliver_at <= $1 and id {} returning id",
            among(&self.db, 3)
        );
        let ids: Vec<_> = due.iter().map(|webhook| webhook.id.as_str()).collect();
        let values = [now.into(), (now + LEASE).into(), list(&self.db, &ids)];
        let change = self.begin().await?;
        let statement = statement(&*change, &sql, values);
        let rows = change.query_all_raw(statement).await.map_err(unknown)?;
        change.commit().await?;
        rows.iter().map(|row| row.try_get("", "id").map_err(unknown)).collect()
    }

    fn sign(&self, webhook: Due, now: DateTime<Utc>) -> SignedWebhook {
        let signature = signature::sign(&self.settings.webhook_secret, webhook.body.as_bytes(), now);
        SignedWebhook {
            id: webhook.id,
            attempt: webhook.attempts + 1,
            headers: vec![
                ("content-type", "application/json".to_owned()),
                (SIGNATURE_HEADER, signature),
            ],
            body: webhook.body,
        }
    }

    pub async fn mark_delivered(&self, ids: &[&str]) -> Result<(), ProviderError> {
        if ids.is_empty() {
            return Ok(());
        }
        let sql = format!(
            "update simulated_webhook set delivered_at = $1 where id {}",
            among(&self.db, 2)
        );
        let values = [self.clock.now().into(), list(&self.db, ids)];
        self.execute(&sql, values).await.map(|_| ())
    }

    /// It comes again, after a pause that doubles.
    pub async fn mark_failed(&self, id: &str, attempt: i32) -> Result<(), ProviderError> {
        let pause = TimeDelta::seconds(1i64 << attempt.clamp(0, 20)).min(PAUSE_MAX);
        let sql = "update simulated_webhook set deliver_at = $2 where id = $1 and delivered_at is null";
        let due_at = self.clock.now() + pause;
        self.execute(sql, [id.into(), due_at.into()]).await.map(|_| ())
    }
}

/// Sends what is due to `url` by HTTP, round after round until there is no full one; an answer of
/// 2xx means that it was taken.
pub async fn deliver_over_http(
    provider: &SimulatedProvider,
    client: &reqwest::Client,
    url: &str,
) -> Result<usize, ProviderError> {
    let mut taken = 0;
    for _ in 0..ROUNDS_MAX {
        let in_round = provider.deliver_due(|webhook| post(client, url, webhook)).await?;
        taken += in_round;
        if in_round < BATCH {
            break;
        }
    }
    Ok(taken)
}

async fn post(client: &reqwest::Client, url: &str, webhook: SignedWebhook) -> bool {
    let mut request = client.post(url).timeout(TIMEOUT);
    for (name, value) in webhook.headers {
        request = request.header(name, value);
    }
    match request.body(webhook.body).send().await {
        Ok(answer) => answer.status().is_success(),
        Err(error) => {
            tracing::debug!(
                error = &error as &dyn std::error::Error,
                "a simulated webhook did not arrive"
            );
            false
        }
    }
}
