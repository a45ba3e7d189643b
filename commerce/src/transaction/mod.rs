//! The transaction of a use case, and what follows its commit.

mod after_commit;
mod at_once;
mod demoted;
mod end;
mod later;
mod open;
mod outcome;
mod run;
mod unwritten;
mod written;

use std::{
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use sea_orm::{
    DatabaseTransaction, DbErr, EntityTrait, PrimaryKeyTrait, QuerySelect, Statement, Value, sea_query::LockType,
};
use vitrine_entity::{
    ids::{EventId, OrderId, OutboxId, SessionId},
    order,
    outbox::OutboxState,
};

pub(crate) use self::at_once::doing_at_once;
use self::{after_commit::AfterCommit, end::Change};
pub use self::{later::together, open::Open, written::follow_writers};
use crate::{
    Context, Error, Fault, Result, Shop, error::StorageFailure, jobs::Job, keyring::Keyring, metrics::Counted,
    outbox::record, ports::event_bus::Topic, profile::Profile, sql,
};

/// An open transaction, with what is to happen once it has committed. Handed to the closure of
/// [`Shop::transact`]; cloning it shares it.
#[derive(Clone)]
pub struct Tx(Arc<Inner>);

struct Inner {
    open: Open,
    shop: Shop,
    context: Context,
    after_commit: Mutex<AfterCommit>,
    /// Whether jobs that could follow at once are left to be done by themselves.
    leaves_followers: bool,
}

tokio::task_local! {
    /// The transaction within which use cases run at this moment: see [`Tx::enclose`].
    static ENCLOSING: Tx;
}

impl Tx {
    pub fn db(&self) -> &DatabaseTransaction {
        self.0.open.db()
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

    /// Writes rows at the end of the transaction, together with all others that are. Nobody may read them within it, nor
    /// write what refers to them, unless [`write_now`](Self::write_now) was called before.
    pub(crate) fn write_later<E: EntityTrait>(&self, rows: impl IntoIterator<Item = E::ActiveModel>)
    where
        E::ActiveModel: Send,
    {
        self.after_commit().later.add::<E>(rows.into_iter().collect());
    }

    /// As [`write_later`](Self::write_later), of rows that a statement inserts, which reads none of the others and returns
    /// nothing.
    pub(crate) fn run_later(&self, sql: &str, values: impl IntoIterator<Item = Value>) {
        let statement = sql::statement(self.db(), sql, values);
        self.after_commit().later.add_statement(statement);
    }

    /// Changes a row with the end of the transaction that others may want: they wait for no more than the commit. There is
    /// one such change at most, for no statement changes a row twice; gives `false` where there is another.
    pub(crate) fn change_last(&self, statement: Statement, otherwise: Fault) -> bool {
        self.change_with_end(Change {
            statement,
            otherwise: otherwise.into(),
            is_unseen: false,
        })
    }

    /// As [`change_last`](Self::change_last), of a change of which shoppers see nothing, although its statement names what
    /// they see.
    pub(crate) fn change_last_unseen(&self, statement: Statement, otherwise: Fault) -> bool {
        self.change_with_end(Change {
            statement,
            otherwise: otherwise.into(),
            is_unseen: true,
        })
    }

    fn change_with_end(&self, change: Change) -> bool {
        let mut after = self.after_commit();
        let is_free = after.change.is_none();
        if is_free {
            after.change = Some(change);
        }
        is_free
    }

    /// Writes what was to be written later.
    pub(crate) async fn write_now(&self) -> Result<()> {
        let later = std::mem::take(&mut self.after_commit().later);
        Ok(later.write(self.db()).await?)
    }

    /// Has an event that this writes brought to others once it has committed: one job sees to all of them.
    pub(crate) fn publish(&self, event: EventId) {
        self.after_commit().published.get_or_insert(event);
    }

    /// Ends those of `jobs` that wait, with what makes them needless: they would find nothing to do.
    pub(crate) fn make_needless(&self, jobs: impl IntoIterator<Item = Job>) {
        self.after_commit().needless.extend(jobs);
    }

    /// The job is done with this transaction, if nobody has taken it over by its end.
    pub(crate) fn finish(&self, job: OutboxId, fence: i64) {
        self.after_commit().finished = Some((job, fence));
    }

    /// This transaction has locked the order and left it so.
    pub(crate) fn has_moved(&self, order: &order::Model) {
        self.after_commit().has_moved(order.clone());
    }

    /// The order as this transaction has left it, if it has locked and moved it: for what follows at once.
    pub(crate) fn moved(&self, id: OrderId) -> Option<order::Model> {
        self.after_commit().moved.iter().find(|moved| moved.id == id).cloned()
    }

    /// Tells subscribers once this has committed.
    pub fn announce(&self, topic: Topic) {
        let mut after = self.after_commit();
        if !after.topics.contains(&topic) {
            after.topics.push(topic);
        }
    }

    /// Tells those who watch the machines, once this has committed.
    pub(crate) fn count(&self, what: Counted) {
        self.after_commit().counted.push(what);
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
        inner.open.take_back().await?;
        Ok(outcome)
    }

    /// A savepoint as a transaction.
    async fn nested(&self, context: &Context) -> Result<Self> {
        self.write_moves().await?;
        Ok(Self(Arc::new(Inner {
            open: Open::within(self).await?,
            shop: self.shop().clone(),
            context: context.clone(),
            after_commit: Mutex::default(),
            leaves_followers: self.0.leaves_followers,
        })))
    }

    fn record(&self, order: Option<OrderId>, job: Job, delay: Option<chrono::TimeDelta>) {
        if let (true, Job::IndexProducts { products }) = (self.0.open.is_savepoint_of_ours(), &job) {
            self.after_commit().index.extend(products);
            return;
        }
        let row = record::row(self.shop(), self.context(), order, &job, delay);
        let mut after = self.after_commit();
        if delay.is_none() {
            let id = *row.id.as_ref();
            if *row.state.as_ref() == OutboxState::HandedOver {
                after.hand_over.push((job.queue(), id));
            }
            if job.may_follow_at_once() {
                after.followers.push((id, job));
            }
        }
        after.jobs.push(row);
    }

    fn after_commit(&self) -> MutexGuard<'_, AfterCommit> {
        self.0.after_commit.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn outlived() -> Error {
    Fault::Other("a transaction outlived its use case".to_owned(), None).into()
}

/// A race that was lost at the commit was lost, and what found no room was not written. Everything else may have come
/// through.
fn uncommitted(error: DbErr) -> Error {
    let error = Error::from(error);
    let is_certain = error.is_retryable() || error.storage_failure() == Some(StorageFailure::Full);
    match error {
        Error::Fault(Fault::Database(error)) if !is_certain => Fault::CommitUnknown(error).into(),
        error => error,
    }
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

#[cfg(test)]
mod tests;
