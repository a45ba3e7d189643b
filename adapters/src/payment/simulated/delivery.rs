//! Brings the provider's webhooks to us, again and again until they are taken.

use std::{future::Future, time::Duration};

use chrono::TimeDelta;
use sea_orm::FromQueryResult;
use vitrine_commerce::ports::payment::ProviderError;

use super::{
    SIGNATURE_HEADER, SimulatedProvider,
    ledger::{change, statement},
    unknown, webhook,
};

/// How many webhooks go out in one round.
const BATCH: u64 = 50;

/// How long a webhook is left to whoever took it.
const LEASE: TimeDelta = TimeDelta::seconds(30);

/// After this many attempts the provider gives up; with the pauses below, after about a day.
const ATTEMPTS_MAX: i32 = 40;
const PAUSE_MAX: TimeDelta = TimeDelta::minutes(30);

/// How long our server may take for one.
const TIMEOUT: Duration = Duration::from_secs(10);

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
    /// Sends what is due by `send`, which tells whether it was taken. Gives how many were.
    pub async fn deliver_due<F, Sent>(&self, send: F) -> Result<usize, ProviderError>
    where
        F: Fn(SignedWebhook) -> Sent,
        Sent: Future<Output = bool>,
    {
        let mut delivered = 0;
        for webhook in self.due_webhooks().await? {
            let id = webhook.id.clone();
            let attempt = webhook.attempt;
            match send(webhook).await {
                true => {
                    self.mark_delivered(&id).await?;
                    delivered += 1;
                }
                false => self.mark_failed(&id, attempt).await?,
            }
        }
        Ok(delivered)
    }

    /// What is due now, in the order in which it is to go, each freshly signed. It is the
    /// caller's for half a minute, and comes again unless it is marked as delivered.
    pub async fn due_webhooks(&self) -> Result<Vec<SignedWebhook>, ProviderError> {
        self.settle_pending().await?;
        let now = self.clock.now();
        let sql = "select id, body, attempts from simulated_webhook \
                   where delivered_at is null and deliver_at <= $1 and attempts < $2 order by deliver_at, id limit $3";
        let values = [now.into(), ATTEMPTS_MAX.into(), (BATCH as i64).into()];
        let due = Due::find_by_statement(statement(&self.db, sql, values))
            .all(&self.db)
            .await
            .map_err(unknown)?;
        let mut taken = Vec::new();
        for webhook in due {
            // Whoever raises the number of attempts has it.
            let sql = "update simulated_webhook set attempts = attempts + 1, deliver_at = $3 \
                       where id = $1 and attempts = $2 and delivered_at is null";
            let values = [webhook.id.clone().into(), webhook.attempts.into(), (now + LEASE).into()];
            if change(&self.db, sql, values).await? {
                let signature = webhook::sign(&self.settings.webhook_secret, &webhook.body, now);
                taken.push(SignedWebhook {
                    id: webhook.id,
                    attempt: webhook.attempts + 1,
                    headers: vec![
                        ("content-type", "application/json".to_owned()),
                        (SIGNATURE_HEADER, signature),
                    ],
                    body: webhook.body,
                });
            }
        }
        Ok(taken)
    }

    pub async fn mark_delivered(&self, id: &str) -> Result<(), ProviderError> {
        let sql = "update simulated_webhook set delivered_at = $2 where id = $1";
        change(&self.db, sql, [id.into(), self.clock.now().into()])
            .await
            .map(|_| ())
    }

    /// It comes again, after a pause that doubles.
    pub async fn mark_failed(&self, id: &str, attempt: i32) -> Result<(), ProviderError> {
        let pause = TimeDelta::seconds(1i64 << attempt.clamp(0, 20)).min(PAUSE_MAX);
        let sql = "update simulated_webhook set deliver_at = $2 where id = $1 and delivered_at is null";
        change(&self.db, sql, [id.into(), (self.clock.now() + pause).into()])
            .await
            .map(|_| ())
    }
}

/// Sends what is due to `url` by HTTP; an answer of 2xx means that it was taken.
pub async fn deliver_over_http(
    provider: &SimulatedProvider,
    client: &reqwest::Client,
    url: &str,
) -> Result<usize, ProviderError> {
    provider
        .deliver_due(|webhook| async move {
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
        })
        .await
}
