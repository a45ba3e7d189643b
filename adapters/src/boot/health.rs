//! Whether what a shop stands on answers.

use std::{
    future::Future,
    sync::PoisonError,
    time::{Duration, Instant},
};

use sea_orm::ConnectionTrait;
use vitrine_commerce::{
    Error,
    error::{StorageFailure, causes},
    ports::search::SearchRequest,
    reader::ReplicaStatus,
};

use super::Booted;
use crate::queue::Consumer;

/// How long a component may take to answer.
const TIMEOUT: Duration = Duration::from_secs(2);

/// For how long another may hold the write lock: as long as a writer waits for it.
const BUSY_MAX: Duration = Duration::from_secs(5);

/// One of the things that a shop stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    pub name: &'static str,
    pub ok: bool,
    /// Whether the shop is of no use without it.
    pub required: bool,
    /// What went wrong, for the operator: not for the public.
    pub detail: Option<String>,
    /// What of it the public may read.
    pub reason: Option<&'static str>,
}

impl Booted {
    /// Asks every component at once.
    pub async fn health(&self) -> Vec<Component> {
        let (database, search, queue, mail) = tokio::join!(
            self.database_health(),
            self.search_health(),
            self.queue_health(),
            self.mail_health()
        );
        let all = [Some(database), search, queue, mail].into_iter().flatten();
        all.chain(self.replicas_health()).collect()
    }

    /// The replicas as they were seen last. The shop is well without them.
    fn replicas_health(&self) -> Vec<Component> {
        let statuses = self.shop.db.replicas().map(|replicas| replicas.statuses());
        statuses.into_iter().flatten().map(replica_health).collect()
    }

    /// Writes something: with a full disk, or a primary that is none any more, a database answers questions all the same.
    async fn database_health(&self) -> Component {
        let ping = async {
            let ask = async |sql: &str| self.watch.execute_unprepared(sql).await.map_err(Error::from);
            if !self.can_probe {
                return ask("select 1").await.map(|_| ());
            }
            let outcome = ask("update readiness_probe set probes = probes + 1").await;
            match self.waits_for_another(&outcome) {
                true => ask("select 1").await.map(|_| ()),
                false => outcome.map(|_| ()),
            }
        };
        let mut failure = None;
        let noted = async { ping.await.inspect_err(|error| failure = error.storage_failure()) };
        let mut component = component("database", true, noted).await;
        component.reason = failure.map(StorageFailure::reason);
        component
    }

    /// Whether somebody else writes at this moment, and not for so long that the shop cannot sell: a writer may hang in a
    /// disk that does not answer. Where one writer of ours follows the other nothing hangs, however busy they are.
    fn waits_for_another<T>(&self, outcome: &Result<T, Error>) -> bool {
        let mut since = self.busy_since.lock().unwrap_or_else(PoisonError::into_inner);
        match outcome {
            Err(error) if error.is_retryable() => {
                let is_new = since.get_or_insert_with(Instant::now).elapsed() < BUSY_MAX;
                is_new || self.shop.write_turns().were_given_within(BUSY_MAX)
            }
            _ => {
                *since = None;
                false
            }
        }
    }

    async fn search_health(&self) -> Option<Component> {
        if self.shop.search.is_elsewhere() {
            return None;
        }
        let request = SearchRequest {
            limit: 1,
            ..SearchRequest::default()
        };
        let component = component("search", false, async {
            self.shop.search.search(&request).await.map(|_| ())
        });
        Some(component.await)
    }

    async fn queue_health(&self) -> Option<Component> {
        match self.consumer {
            Consumer::InProcess(_) => None,
            Consumer::Redis(_) => Some(component("redis", false, self.shop.queue.ping()).await),
        }
    }

    async fn mail_health(&self) -> Option<Component> {
        let smtp = self.smtp.as_ref()?;
        let ping = async {
            match smtp.ping().await {
                Ok(true) => Ok(()),
                Ok(false) => Err(std::io::Error::other("the mail server did not answer").into()),
                Err(error) => Err(Box::<dyn std::error::Error + Send + Sync>::from(error)),
            }
        };
        Some(component("mail", false, ping).await)
    }
}

fn replica_health(status: ReplicaStatus) -> Component {
    let late = || match status.lag {
        Some(lag) => format!("late by {} ms", lag.as_millis()),
        None => "nobody knows how late it is".to_owned(),
    };
    let why = status.trouble.clone();
    let detail = (!status.is_used).then(|| format!("number {}: {}", status.number, why.unwrap_or_else(late)));
    Component {
        name: "replica",
        ok: status.is_used,
        required: false,
        detail,
        reason: None,
    }
}

async fn component<E>(name: &'static str, required: bool, ping: impl Future<Output = Result<(), E>>) -> Component
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let detail = match tokio::time::timeout(TIMEOUT, ping).await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(causes(&*error.into())),
        Err(_) => Some(format!("no answer within {} s", TIMEOUT.as_secs())),
    };
    Component {
        name,
        ok: detail.is_none(),
        required,
        detail,
        reason: None,
    }
}
