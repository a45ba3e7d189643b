//! The transaction of a use case, and what follows its commit.

use std::{
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rand::Rng;
use sea_orm::{DatabaseTransaction, DbErr, EntityTrait, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use tokio::time::Instant;
use vitrine_entity::{
    ids::OutboxId,
    outbox::{self, Queue},
};

use crate::{Context, Error, Fault, Result, Shop, jobs::Job, ports::event_bus::Topic};

/// How often a transaction is tried that lost against another, and after how long it is not any more: on
/// SQLite each try may have waited for the write lock, and whoever asked should hear of it soon.
const ATTEMPTS_MAX: u32 = 8;
const PATIENCE: Duration = Duration::from_secs(3);

/// An open transaction, with what is to happen once it has committed. Handed to the closure of
/// [`Shop::transact`]; cloning it shares it.
#[derive(Clone)]
pub struct Tx(Arc<Inner>);

struct Inner {
    db: DatabaseTransaction,
    shop: Shop,
    context: Context,
    after_commit: Mutex<AfterCommit>,
}

#[derive(Default)]
struct AfterCommit {
    jobs: Vec<outbox::ActiveModel>,
    hand_over: Vec<(Queue, OutboxId)>,
    topics: Vec<Topic>,
}

impl Tx {
    pub fn db(&self) -> &DatabaseTransaction {
        &self.0.db
    }

    pub fn shop(&self) -> &Shop {
        &self.0.shop
    }

    pub fn context(&self) -> &Context {
        &self.0.context
    }

    /// Records `job` in the outbox, due at once: it exists if, and only if, this commits.
    pub fn enqueue(&self, job: Job) {
        self.record(job, None);
    }

    /// Records `job`, due after `delay`.
    pub fn enqueue_after(&self, job: Job, delay: chrono::TimeDelta) {
        self.record(job, Some(delay));
    }

    /// Tells subscribers once this has committed.
    pub fn announce(&self, topic: Topic) {
        let mut after = self.after_commit();
        if !after.topics.contains(&topic) {
            after.topics.push(topic);
        }
    }

    fn record(&self, job: Job, delay: Option<chrono::TimeDelta>) {
        let row = crate::outbox::row(self.shop(), self.context(), &job, delay);
        let mut after = self.after_commit();
        if delay.is_none() {
            after.hand_over.push((job.queue(), *row.id.as_ref()));
        }
        after.jobs.push(row);
    }

    fn after_commit(&self) -> MutexGuard<'_, AfterCommit> {
        self.0.after_commit.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shop {
    /// Runs `work` in a transaction: commits when it succeeds, rolls back when it refuses or
    /// fails, and tries again (with jitter) when the database says that it lost a race. `work`
    /// may therefore run more than once and must touch nothing but its transaction.
    ///
    /// After the commit the fresh jobs are handed to the queue and the topics to the bus, as a
    /// best effort: what is lost here, the relay and the subscriber's poll find.
    pub async fn transact<T, F, Fut>(&self, context: &Context, work: F) -> Result<T>
    where
        F: Fn(Tx) -> Fut + Send + Sync,
        Fut: Future<Output = Result<T>> + Send,
        T: Send,
    {
        let (mut attempt, began) = (1, Instant::now());
        loop {
            match self.try_transact(context, &work).await {
                Err(error) if error.is_retryable() && attempt < ATTEMPTS_MAX && began.elapsed() < PATIENCE => {
                    let ceiling_ms = 10u64 << attempt;
                    let pause_ms = rand::rng().random_range(1..=ceiling_ms);
                    tracing::debug!(attempt, pause_ms, "a transaction lost a race and is tried again");
                    tokio::time::sleep(Duration::from_millis(pause_ms)).await;
                    attempt += 1;
                }
                outcome => return outcome,
            }
        }
    }

    async fn try_transact<T, F, Fut>(&self, context: &Context, work: &F) -> Result<T>
    where
        F: Fn(Tx) -> Fut + Send + Sync,
        Fut: Future<Output = Result<T>> + Send,
    {
        // SQLite: take the write lock at the start, or a reader that turns writer fails outright.
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let tx = Tx(Arc::new(Inner {
            db: self.db.begin_with_options(options).await?,
            shop: self.clone(),
            context: context.clone(),
            after_commit: Mutex::default(),
        }));
        let outcome = match work(tx.clone()).await {
            Ok(value) => write_jobs(&tx).await.map(|()| value),
            Err(error) => Err(error),
        };
        let Some(inner) = Arc::into_inner(tx.0) else {
            return Err(Fault::Other("a transaction outlived its use case".to_owned(), None).into());
        };
        match outcome {
            Ok(value) => {
                inner.db.commit().await?;
                let after = inner.after_commit.into_inner().unwrap_or_else(PoisonError::into_inner);
                self.follow_up(after).await;
                Ok(value)
            }
            Err(error) => {
                ignore_failure("rolling back", inner.db.rollback().await);
                Err(error)
            }
        }
    }

    async fn follow_up(&self, after: AfterCommit) {
        for queue in crate::outbox::QUEUES {
            let jobs: Vec<_> = after
                .hand_over
                .iter()
                .filter(|(of, _)| *of == queue)
                .map(|(_, id)| *id)
                .collect();
            if !jobs.is_empty()
                && let Err(error) = self.queue.push(queue, &jobs).await
            {
                tracing::warn!(
                    ?queue,
                    error = &error as &dyn std::error::Error,
                    "fresh jobs wait for the relay"
                );
                ignore_failure(
                    "returning jobs to the relay",
                    crate::outbox::give_back(self, &jobs).await,
                );
            }
        }
        if !after.topics.is_empty()
            && let Err(error) = self.bus.publish(&after.topics).await
        {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "subscribers will see this at their next poll"
            );
        }
    }
}

/// All jobs of the transaction in one statement.
async fn write_jobs(tx: &Tx) -> Result<()> {
    let jobs = std::mem::take(&mut tx.after_commit().jobs);
    if !jobs.is_empty() {
        outbox::Entity::insert_many(jobs)
            .exec_without_returning(tx.db())
            .await?;
    }
    Ok(())
}

/// For a failure that something slower will mend: it is logged, and goes no further.
pub fn ignore_failure<E>(doing: &'static str, outcome: std::result::Result<(), E>)
where
    Error: From<E>,
{
    if let Err(error) = outcome {
        let error = Error::from(error);
        tracing::warn!(
            doing,
            error = &error as &dyn std::error::Error,
            "failed, and is left to the sweeper"
        );
    }
}

/// Whether a statement failed because a unique row was there already.
pub fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_)))
}
