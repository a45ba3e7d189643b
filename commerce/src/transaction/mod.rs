//! The transaction of a use case, and what follows its commit.

mod after_commit;

use std::{
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rand::Rng;
use sea_orm::{
    DatabaseTransaction, DbErr, EntityTrait, PrimaryKeyTrait, QuerySelect, SqliteTransactionMode, TransactionOptions,
    TransactionTrait, sea_query::LockType,
};
use tokio::time::Instant;
use vitrine_entity::{
    ids::{OrderId, SessionId},
    outbox,
};

use self::after_commit::AfterCommit;
use crate::{
    Context, Error, Fault, Result, Shop, jobs::Job, keyring::Keyring, outbox::record, ports::event_bus::Topic,
    profile::Profile, shown::Writes,
};

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
    /// Whether it is a savepoint of another one.
    is_nested: bool,
    after_commit: Mutex<AfterCommit>,
}

tokio::task_local! {
    /// The transaction within which use cases run at this moment: see [`Tx::enclose`].
    static ENCLOSING: Tx;
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

    /// Records `job` in the outbox, due at once: it exists if, and only if, this commits. `order` is
    /// the order that it is about, where it is about one: staff find the job by it, and are told in
    /// its timeline when the job is buried.
    pub fn enqueue(&self, order: impl Into<Option<OrderId>>, job: Job) {
        self.record(order.into(), job, None);
    }

    /// As [`enqueue`](Self::enqueue), due after `delay`.
    pub fn enqueue_after(&self, order: impl Into<Option<OrderId>>, job: Job, delay: chrono::TimeDelta) {
        self.record(order.into(), job, Some(delay));
    }

    /// The row with this key, locked until the transaction ends. Whoever inserts rows that refer to it
    /// (as every ledger does) does not wait, which is why it is not `FOR UPDATE`.
    ///
    /// SQLite locks no rows and need not: a transaction takes the one write lock at its start.
    pub async fn lock<E: EntityTrait>(
        &self,
        key: <E::PrimaryKey as PrimaryKeyTrait>::ValueType,
    ) -> Result<Option<E::Model>> {
        let query = E::find_by_id(key).lock(LockType::NoKeyUpdate);
        Ok(query.one(self.db()).await?)
    }

    /// Tells subscribers once this has committed.
    pub fn announce(&self, topic: Topic) {
        let mut after = self.after_commit();
        if !after.topics.contains(&topic) {
            after.topics.push(topic);
        }
    }

    /// What the shop is, once this has committed.
    pub(crate) fn learn(&self, profile: Profile) {
        self.after_commit().profile = Some(profile);
    }

    /// The keys that sign access tokens, once this has committed.
    pub(crate) fn learn_keys(&self, keyring: Keyring) {
        self.after_commit().keyring = Some(keyring);
    }

    /// These sessions open nothing any more, here and everywhere, once this has committed.
    pub(crate) fn end_sessions(&self, sessions: &[SessionId]) {
        let mut after = self.after_commit();
        after.ended_sessions.extend(sessions);
        after.topics.extend(sessions.iter().copied().map(Topic::SessionEnded));
    }

    /// Runs use cases within this transaction. The one that each opens is a savepoint of this: kept where the use
    /// case succeeds, taken back where it refuses. Their jobs and announcements follow once this has committed.
    /// What a use case reads beside its transaction does not see this one.
    pub(crate) async fn enclose<T>(&self, work: impl Future<Output = T>) -> T {
        ENCLOSING.scope(self.clone(), work).await
    }

    /// As [`enclose`](Self::enclose), and takes back whatever came of it.
    pub(crate) async fn rehearse<T>(&self, work: impl Future<Output = T>) -> Result<T> {
        let nested = self.nested(self.context()).await?;
        let outcome = nested.enclose(work).await;
        let Some(inner) = Arc::into_inner(nested.0) else {
            return Err(outlived());
        };
        inner.db.rollback().await?;
        Ok(outcome)
    }

    /// A savepoint as a transaction.
    async fn nested(&self, context: &Context) -> Result<Self> {
        Ok(Self(Arc::new(Inner {
            db: self.db().begin().await?,
            shop: self.shop().clone(),
            context: context.clone(),
            is_nested: true,
            after_commit: Mutex::default(),
        })))
    }

    fn record(&self, order: Option<OrderId>, job: Job, delay: Option<chrono::TimeDelta>) {
        if let (true, Job::IndexProducts { products }) = (self.0.is_nested, &job) {
            self.after_commit().index.extend(products);
            return;
        }
        let row = record::row(self.shop(), self.context(), order, &job, delay);
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
    /// fails, and tries again (with jitter) when the database says that it lost a race, or goes away
    /// before the commit. `work` may therefore run more than once and must touch nothing but its
    /// transaction.
    ///
    /// After the commit the fresh jobs are handed to the queue and the topics to the bus, as a
    /// best effort: what is lost here, the relay and the subscriber's poll find.
    ///
    /// # Errors
    /// [`Fault::CommitUnknown`] when the database goes away at the commit.
    pub async fn transact<T, F, Fut>(&self, context: &Context, work: F) -> Result<T>
    where
        F: Fn(Tx) -> Fut + Send + Sync,
        Fut: Future<Output = Result<T>> + Send,
        T: Send,
    {
        self.try_on(context, work, |_| false).await
    }

    /// As [`transact`](Self::transact), for work that claims an idempotency key: when the outcome of its
    /// commit is unknown it runs again, and either finds what it did or does it now.
    pub async fn transact_keyed<T, F, Fut>(&self, context: &Context, work: F) -> Result<T>
    where
        F: Fn(Tx) -> Fut + Send + Sync,
        Fut: Future<Output = Result<T>> + Send,
        T: Send,
    {
        let is_unknown = |error: &Error| matches!(error, Error::Fault(Fault::CommitUnknown(_)));
        self.try_on(context, work, is_unknown).await
    }

    async fn try_on<T, F, Fut>(&self, context: &Context, work: F, also: impl Fn(&Error) -> bool + Send) -> Result<T>
    where
        F: Fn(Tx) -> Fut + Send + Sync,
        Fut: Future<Output = Result<T>> + Send,
        T: Send,
    {
        if let Ok(outer) = ENCLOSING.try_with(Clone::clone) {
            return within(&outer, context, work).await;
        }
        let (mut attempt, began) = (1, Instant::now());
        loop {
            let outcome = self.try_transact(context, &work).await;
            let Err(error) = &outcome else { return outcome };
            let may_work = error.is_retryable() || error.is_cut() || also(error);
            if !may_work || attempt == ATTEMPTS_MAX || began.elapsed() >= PATIENCE {
                return outcome;
            }
            let ceiling_ms = 10u64 << attempt;
            let pause_ms = rand::rng().random_range(1..=ceiling_ms);
            tracing::debug!(attempt, pause_ms, "a transaction was not committed and is tried again");
            tokio::time::sleep(Duration::from_millis(pause_ms)).await;
            attempt += 1;
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
            is_nested: false,
            after_commit: Mutex::default(),
        }));
        // On the heap: what a use case keeps across its statements is large, and whoever calls is nested deeply.
        let writes = Writes::default();
        let outcome = match writes.watch(Box::pin(work(tx.clone()))).await {
            Ok(value) => write_jobs(&tx).await.map(|()| value),
            Err(error) => Err(error),
        };
        let Some(inner) = Arc::into_inner(tx.0) else {
            return Err(outlived());
        };
        match outcome {
            Ok(value) => {
                inner.db.commit().await.map_err(uncommitted)?;
                let mut after = inner.after_commit.into_inner().unwrap_or_else(PoisonError::into_inner);
                after.is_shown = writes.any();
                self.follow_up(after).await;
                Ok(value)
            }
            Err(error) => {
                ignore_failure("rolling back", inner.db.rollback().await);
                Err(error)
            }
        }
    }
}

/// Runs `work` in a savepoint of `outer`. Where it loses a race, whoever has the outer transaction begins again.
async fn within<T, F, Fut>(outer: &Tx, context: &Context, work: F) -> Result<T>
where
    F: Fn(Tx) -> Fut + Send + Sync,
    Fut: Future<Output = Result<T>> + Send,
{
    let tx = outer.nested(context).await?;
    let outcome = Box::pin(work(tx.clone())).await;
    let Some(inner) = Arc::into_inner(tx.0) else {
        return Err(outlived());
    };
    match outcome {
        Ok(value) => {
            inner.db.commit().await?;
            let nested = inner.after_commit.into_inner().unwrap_or_else(PoisonError::into_inner);
            outer.after_commit().take_over(nested);
            Ok(value)
        }
        Err(error) => {
            inner.db.rollback().await?;
            Err(error)
        }
    }
}

fn outlived() -> Error {
    Fault::Other("a transaction outlived its use case".to_owned(), None).into()
}

/// A race that was lost at the commit was lost. Everything else may have come through.
fn uncommitted(error: DbErr) -> Error {
    match Error::from(error) {
        Error::Fault(Fault::Database(error)) if !Error::from(error.clone()).is_retryable() => {
            Fault::CommitUnknown(error).into()
        }
        error => error,
    }
}

/// All jobs of the transaction in one statement.
async fn write_jobs(tx: &Tx) -> Result<()> {
    let index = std::mem::take(&mut tx.after_commit().index);
    if !index.is_empty() {
        let products = index.into_iter().collect();
        tx.enqueue(None, Job::IndexProducts { products });
    }
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
