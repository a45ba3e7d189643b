//! How the transaction of a use case runs: tried again where it lost a race, committed by itself or with others.

use std::{
    future::Future,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rand::Rng;
use sea_orm::{DatabaseBackend, DbErr, Value};
use tokio::time::Instant;
use tracing::Instrument;

use super::{ENCLOSING, Inner, Tx, end::end, open::Open, outcome::Evidence, outlived};
use crate::{
    Context, Error, Fault, Result, Shop,
    ports::event_bus::Topic,
    reader::answered,
    repeats::{self, Mark},
    shown::{self, Showing, Writes},
    sql,
    trace::step,
    write_turns::Turn,
};

/// How often a transaction is tried that lost against another, and after how long it is not any more: on
/// SQLite each try may have waited for the write lock, and whoever asked should hear of it soon.
const ATTEMPTS_MAX: u32 = 8;
const PATIENCE: Duration = Duration::from_secs(3);

/// How long a statement that writes and stands by itself may take on PostgreSQL, which ends it before that itself.
const STATEMENT_MAX: Duration = Duration::from_secs(32);

/// How long a brief transaction may take there until its COMMIT: each of its statements may wait for a lock.
const BRIEF_MAX: Duration = Duration::from_secs(15);

/// The pause until a statement is tried on another connection than that to a demoted database.
const DEMOTED_PAUSE: Duration = Duration::from_millis(200);

impl Shop {
    /// Runs one statement that writes and stands by itself; on SQLite when its turn has come. Gives how many rows it
    /// changed. What shoppers may have seen is believed no more here, and elsewhere as soon as the bus has said so.
    ///
    /// # Errors
    /// [`Fault::CommitUnknown`] when the database goes away meanwhile.
    pub(crate) async fn execute(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64> {
        let values: Vec<_> = values.into_iter().collect();
        let changed = self
            .alone(|| async { Ok(sql::execute(self.writer(), sql, values.clone()).await?) })
            .await?;
        if changed > 0 && shown::may_be_changed_by(sql) {
            self.publish(&[Topic::Shown]).await;
        }
        Ok(changed)
    }

    /// Runs a statement that writes and stands by itself; on SQLite when its turn has come. Again where a database that was
    /// demoted has refused it: it has done nothing.
    ///
    /// # Errors
    /// [`Fault::CommitUnknown`] when the database goes away meanwhile.
    pub(crate) async fn alone<T, Fut>(&self, statement: impl Fn() -> Fut) -> Result<T>
    where
        Fut: Future<Output = Result<T>>,
    {
        self.alone_within(STATEMENT_MAX, statement).await
    }

    /// As [`alone`](Self::alone), for a statement that others wait for and that has little to do: it may take `longest`.
    pub(crate) async fn alone_within<T, Fut>(&self, longest: Duration, statement: impl Fn() -> Fut) -> Result<T>
    where
        Fut: Future<Output = Result<T>>,
    {
        let began = Instant::now();
        loop {
            let turn = self.write_turn().await?;
            let error = match answered(self.writer(), longest, statement()).await {
                Err(Error::Fault(Fault::Database(error))) => error,
                done => return done,
            };
            drop(turn);
            self.leave_demoted(&error);
            if !Error::from(error.clone()).is_read_only() || began.elapsed() >= PATIENCE {
                return Err(uncommitted_alone(error));
            }
            tokio::time::sleep(DEMOTED_PAUSE).await;
        }
    }

    /// As [`execute`](Self::execute), for whom `context` names; on SQLite it is committed together with what others do at
    /// the same moment.
    pub(crate) async fn execute_briefly(&self, context: &Context, sql: &str, values: Vec<Value>) -> Result<u64> {
        if !self.takes_turns() && !repeats::is_kept(context) {
            return self.execute(sql, values).await;
        }
        let values = &values;
        self.transact_briefly(context, |tx| async move {
            Ok(sql::execute(tx.db(), sql, values.clone()).await?)
        })
        .await
    }

    /// Whether a statement that writes has to wait for its turn.
    pub(crate) fn takes_turns(&self) -> bool {
        self.db.get_database_backend() == DatabaseBackend::Sqlite
    }

    /// The right to write something that is no transaction of [`transact`](Self::transact), until it is dropped.
    pub(crate) async fn write_turn(&self) -> Result<Turn> {
        Ok(self.write_turns().alone(self.writer()).await?)
    }

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
        self.try_on(context, Length::Any, Key::None, work).await
    }

    /// As [`transact`](Self::transact), for work of a few statements that waits for nobody. On SQLite it is committed
    /// together with what others do at the same moment, and they wait for it.
    pub async fn transact_briefly<T, F, Fut>(&self, context: &Context, work: F) -> Result<T>
    where
        F: Fn(Tx) -> Fut + Send + Sync,
        Fut: Future<Output = Result<T>> + Send,
        T: Send,
    {
        self.try_on(context, Length::Brief, Key::None, work).await
    }

    /// As [`transact_briefly`](Self::transact_briefly), for work that claims an idempotency key: when the outcome of its
    /// commit is unknown it runs again, and either finds what it did or does it now.
    pub async fn transact_keyed<T, F, Fut>(&self, context: &Context, work: F) -> Result<T>
    where
        F: Fn(Tx) -> Fut + Send + Sync,
        Fut: Future<Output = Result<T>> + Send,
        T: Send,
    {
        self.try_on(context, Length::Brief, Key::OfItsOwn, work).await
    }

    async fn try_on<T, F, Fut>(&self, context: &Context, length: Length, key: Key, work: F) -> Result<T>
    where
        F: Fn(Tx) -> Fut + Send + Sync,
        Fut: Future<Output = Result<T>> + Send,
        T: Send,
    {
        if let Ok(outer) = ENCLOSING.try_with(Clone::clone) {
            return within(&outer, context, work).await;
        }
        let (mut attempt, began) = (1, Instant::now());
        let mut leaves_followers = false;
        loop {
            let mark = match key {
                Key::None => repeats::mark(context),
                Key::OfItsOwn => None,
            };
            let trying = self.try_once(context, (length, leaves_followers), mark, &work);
            let outcome = match trying.instrument(step!("transaction", attempt)).await {
                Ok(Tried::Done(value)) => return Ok(value),
                Ok(Tried::FollowerFailed) => {
                    leaves_followers = true;
                    continue;
                }
                Err(error) => Err(error),
            };
            let Err(error) = &outcome else { return outcome };
            if let Error::Fault(Fault::Database(error)) = error {
                self.leave_demoted(error);
            }
            let is_told_by_key = key == Key::OfItsOwn && error.is_outcome_unknown();
            let may_work = error.is_retryable() || error.is_cut() || is_told_by_key;
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

    async fn open(&self, length: Length) -> Result<Open> {
        Ok(match length {
            Length::Any => Open::alone(self.writer(), self.write_turns()).await?,
            Length::Brief => Open::briefly(self.writer(), self.write_turns()).await?,
        })
    }

    async fn try_once<T, F, Fut>(
        &self,
        context: &Context,
        (length, leaves_followers): (Length, bool),
        mark: Option<Mark>,
        work: &F,
    ) -> Result<Tried<T>>
    where
        F: Fn(Tx) -> Fut + Send + Sync,
        Fut: Future<Output = Result<T>> + Send,
    {
        let open = self.open(length).await?;
        let tx = Tx(Arc::new(Inner {
            open,
            shop: self.clone(),
            context: context.clone(),
            after_commit: Mutex::default(),
            leaves_followers,
        }));
        let (outcome, inner) = self.work_in(tx, length, mark.as_ref(), work).await?;
        match outcome {
            Ok(value) => {
                let unheard = Unheard::of(self, &inner);
                let evidence = Evidence::of(mark, &inner);
                if let Err(error) = inner.open.commit().instrument(step!("commit")).await {
                    evidence.settle(self, error).await?;
                }
                let mut after = inner.after_commit.into_inner().unwrap_or_else(PoisonError::into_inner);
                after.topics.extend(self.note_writer(context.viewer));
                self.follow_up(after).await;
                unheard.heard();
                Ok(Tried::Done(value))
            }
            Err(error) => {
                inner.open.take_back().await?;
                let after = inner.after_commit.into_inner().unwrap_or_else(PoisonError::into_inner);
                match after.has_follower_failed {
                    true => Ok(Tried::FollowerFailed),
                    false => Err(error),
                }
            }
        }
    }

    /// Runs `work`, and writes its jobs, and that it was done.
    async fn work_in<T, F, Fut>(
        &self,
        tx: Tx,
        length: Length,
        mark: Option<&Mark>,
        work: &F,
    ) -> Result<(Result<T>, Inner)>
    where
        F: Fn(Tx) -> Fut + Send + Sync,
        Fut: Future<Output = Result<T>> + Send,
    {
        // On the heap: what a use case keeps across its statements is large, and whoever calls is nested deeply.
        let writes = Writes::default();
        let working = Box::pin(async {
            let value = work(tx.clone()).await?;
            end(&tx).await?;
            if let Some(mark) = mark {
                mark.write(tx.db()).await?;
            }
            Ok(value)
        });
        let working = writes.watch(working);
        let outcome = match length {
            Length::Brief => answered(self.writer(), BRIEF_MAX, working).await,
            Length::Any => working.await,
        };
        let mut inner = Arc::into_inner(tx.0).ok_or_else(outlived)?;
        inner
            .after_commit
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
            .is_shown = writes.any();
        Ok((outcome, inner))
    }
}

/// While a commit is on its way, and whoever asked for it may go away: what is kept of answers is not believed then.
struct Unheard(Option<Arc<Showing>>);

impl Unheard {
    fn of(shop: &Shop, inner: &Inner) -> Self {
        let is_shown = inner
            .after_commit
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_shown;
        Self(is_shown.then(|| Arc::clone(shop.showing())))
    }

    fn heard(mut self) {
        self.0 = None;
    }
}

impl Drop for Unheard {
    fn drop(&mut self) {
        if let Some(showing) = &self.0 {
            showing.doubt();
        }
    }
}

/// What came of a transaction that did not fail.
enum Tried<T> {
    Done(T),
    /// It was taken back: what followed in it at once has failed, and is to be left to be done by itself.
    FollowerFailed,
}

/// How it is known whether something was done before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    /// By the key that came with the request, if one did.
    None,
    /// The work claims a key of its own: run again, it finds what it did.
    OfItsOwn,
}

/// How long a transaction may be.
#[derive(Clone, Copy)]
enum Length {
    Any,
    Brief,
}

/// Runs `work` in a savepoint of `outer`. Where it loses a race, whoever has the outer transaction begins again.
async fn within<T, F, Fut>(outer: &Tx, context: &Context, work: F) -> Result<T>
where
    F: Fn(Tx) -> Fut + Send + Sync,
    Fut: Future<Output = Result<T>> + Send,
{
    let tx = outer.nested(context).await?;
    let outcome = Box::pin(async {
        let value = work(tx.clone()).await?;
        // Others that run within `outer` may read it.
        tx.write_moves().await?;
        tx.write_now().await?;
        tx.write_last_now().await.map(|()| value)
    })
    .await;
    let Some(inner) = Arc::into_inner(tx.0) else {
        return Err(outlived());
    };
    match outcome {
        Ok(value) => {
            inner.open.commit().await?;
            let nested = inner.after_commit.into_inner().unwrap_or_else(PoisonError::into_inner);
            outer.after_commit().take_over(nested);
            Ok(value)
        }
        Err(error) => {
            inner.open.take_back().await?;
            Err(error)
        }
    }
}

/// A statement that stands by itself is committed with its end.
fn uncommitted_alone(error: DbErr) -> Error {
    match Error::from(error) {
        Error::Fault(Fault::Database(error)) if Error::from(error.clone()).is_cut_off() => {
            Fault::CommitUnknown(error).into()
        }
        error => error,
    }
}
