//! SQLite has one writer at a time. Whoever has to wait for it by asking again and again finds it free by chance, and
//! each commit waits for the disk. So the writers of a process queue here, and those whose work is brief share a
//! commit: each has a savepoint of the same transaction, one after the other, and all hear how its commit ended.
//!
//! PostgreSQL has no need of turns. But whoever waits there for a row that somebody has locked holds a connection
//! meanwhile: not all of them are for writers, so that readers find one.

use std::{
    io,
    pin::pin,
    sync::{
        Arc, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use sea_orm::{
    ConnAcquireErr, DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbErr, RuntimeErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait, sqlx,
};
use tokio::{
    sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore, watch},
    time::Instant,
};

/// The most transactions that are committed together, and how long they may keep the first one waiting: whoever comes
/// then has another commit.
const MEMBERS_MAX: u32 = 24;
const OPEN_MAX: Duration = Duration::from_millis(25);

/// How long a writer waits on PostgreSQL for a connection that is for writers.
const ROOM_WAIT_MAX: Duration = Duration::from_secs(3);

/// How long somebody waits for their turn.
const WAIT_MAX: Duration = Duration::from_secs(5);

/// After how long whoever writes is taken to be stuck, as in a disk that does not answer, and how long then somebody
/// waits: they are better told at once.
const STUCK_AFTER: Duration = Duration::from_secs(10);
const WAIT_BEHIND_STUCK: Duration = Duration::from_millis(200);

/// The writers of this process, in the order in which they came. Cloning it shares it.
#[derive(Clone)]
pub struct WriteTurns(Arc<Shared>);

struct Shared {
    /// For whom there is a connection, on PostgreSQL.
    room: Arc<Semaphore>,
    /// Whoever holds it may write; within, what others have written and not committed.
    turn: Arc<Mutex<Option<Group>>>,
    /// When somebody last had it given.
    given_at: std::sync::Mutex<Option<Instant>>,
    waiting: AtomicUsize,
}

/// A transaction that several share.
struct Group {
    db: DatabaseTransaction,
    members: u32,
    began: Instant,
    ended: watch::Sender<Option<Ended>>,
}

/// How a shared transaction ended.
enum Ended {
    Committed,
    Failed(DbErr),
    TakenBack,
}

/// The right to write, until it is dropped; nobody else's work is in the way.
pub struct Turn {
    held: Option<OwnedMutexGuard<Option<Group>>>,
    _room: Option<OwnedSemaphorePermit>,
}

/// How somebody who is brief may write.
pub(crate) enum Place {
    /// Nobody waits: as usual.
    Alone(Turn),
    Shared(Seat),
}

/// A place in a shared transaction. Dropped before it has left, it takes the others' work back with its own: they do it
/// again.
pub(crate) struct Seat {
    turns: WriteTurns,
    held: Option<OwnedMutexGuard<Option<Group>>>,
    /// Whether nobody knows any more which savepoints there are.
    is_spoilt: AtomicBool,
}

impl Default for WriteTurns {
    fn default() -> Self {
        Self::for_writers(Semaphore::MAX_PERMITS)
    }
}

impl WriteTurns {
    /// With so many writers at once on PostgreSQL.
    pub fn for_writers(writers: usize) -> Self {
        Self(Arc::new(Shared {
            room: Arc::new(Semaphore::new(writers)),
            turn: Arc::default(),
            given_at: std::sync::Mutex::default(),
            waiting: AtomicUsize::default(),
        }))
    }

    /// Waits for whoever writes, and commits what was left open. On PostgreSQL somebody waits only where too many write.
    ///
    /// # Errors
    /// When it took too long.
    pub async fn alone(&self, db: &DatabaseConnection) -> Result<Turn, DbErr> {
        if db.get_database_backend() == DatabaseBackend::Postgres {
            return self.room().await;
        }
        let mut held = self.wait().await?;
        if let Some(group) = held.take() {
            // A task of its own: whoever waits here may be called off.
            let committing = tokio::spawn(async move {
                group.commit().await;
                held
            });
            held = committing.await.map_err(|error| DbErr::Custom(error.to_string()))?;
        }
        Ok(Turn {
            held: Some(held),
            _room: None,
        })
    }

    /// On PostgreSQL.
    async fn room(&self) -> Result<Turn, DbErr> {
        let room = tokio::time::timeout(ROOM_WAIT_MAX, self.0.room.clone().acquire_owned()).await;
        let room = room.map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))?;
        Ok(Turn {
            held: None,
            _room: room.ok(),
        })
    }

    /// As [`alone`](Self::alone), for work that may be committed with others'.
    pub(crate) async fn brief(&self, db: &DatabaseConnection) -> Result<Place, DbErr> {
        if db.get_database_backend() == DatabaseBackend::Postgres {
            return Ok(Place::Alone(self.room().await?));
        }
        let mut held = self.wait().await?;
        if held.is_none() {
            if self.0.waiting.load(Ordering::SeqCst) == 0 {
                return Ok(Place::Alone(Turn {
                    held: Some(held),
                    _room: None,
                }));
            }
            *held = Some(Group {
                db: db.begin_with_options(immediate()).await?,
                members: 0,
                began: Instant::now(),
                ended: watch::Sender::new(None),
            });
        }
        Ok(Place::Shared(Seat {
            turns: self.clone(),
            held: Some(held),
            is_spoilt: AtomicBool::new(false),
        }))
    }

    async fn wait(&self) -> Result<OwnedMutexGuard<Option<Group>>, DbErr> {
        let waiter = Waiter::new(self);
        let held = self.lock().await?;
        *self.given_at() = Some(Instant::now());
        waiter.has_come();
        Ok(held)
    }

    async fn lock(&self) -> Result<OwnedMutexGuard<Option<Group>>, DbErr> {
        let too_long = |_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout);
        let mut turn = pin!(self.0.turn.clone().lock_owned());
        if let Ok(held) = tokio::time::timeout(WAIT_BEHIND_STUCK, &mut turn).await {
            return Ok(held);
        }
        // Whoever has it has had it since.
        let left = match self.were_given_within(STUCK_AFTER) {
            true => WAIT_MAX.saturating_sub(WAIT_BEHIND_STUCK),
            false => Duration::ZERO,
        };
        tokio::time::timeout(left, turn).await.map_err(too_long)
    }

    /// Whether somebody has had their turn on SQLite within this time.
    pub fn were_given_within(&self, time: Duration) -> bool {
        self.given_at().is_some_and(|at| at.elapsed() < time)
    }

    fn given_at(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.0.given_at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Commits what was left open for somebody who does not come any more.
    fn close_later(&self) {
        let turns = self.clone();
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        runtime.spawn(async move {
            let mut held = turns.0.turn.clone().lock_owned().await;
            // Else whoever waits sees to it.
            if turns.0.waiting.load(Ordering::SeqCst) == 0
                && let Some(group) = held.take()
            {
                group.commit().await;
            }
        });
    }
}

/// Somebody who waits for their turn.
struct Waiter<'turns> {
    turns: &'turns WriteTurns,
    has_come: bool,
}

impl<'turns> Waiter<'turns> {
    fn new(turns: &'turns WriteTurns) -> Self {
        turns.0.waiting.fetch_add(1, Ordering::SeqCst);
        Self { turns, has_come: false }
    }

    fn has_come(mut self) {
        self.has_come = true;
    }
}

impl Drop for Waiter<'_> {
    fn drop(&mut self) {
        self.turns.0.waiting.fetch_sub(1, Ordering::SeqCst);
        if !self.has_come {
            self.turns.close_later();
        }
    }
}

impl Turn {
    /// Whether others wait for it to be given back.
    pub(crate) fn is_held(&self) -> bool {
        self.held.is_some()
    }
}

impl Seat {
    /// A savepoint to work in. To be waited for: called off, it may end another's.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        match self.held.as_ref().and_then(|held| held.as_ref()) {
            Some(group) => group.db.begin().await,
            None => Err(taken_back()),
        }
    }

    /// Nothing of the shared transaction is to be committed.
    pub(crate) fn spoil(&self) {
        self.is_spoilt.store(true, Ordering::Relaxed);
    }

    /// Leaves what was done in the savepoint, which is no more, to be committed, by the next who waits or at once.
    /// Gives how to learn whether it was.
    pub(crate) fn leave(mut self) -> Left {
        let held = match self.is_spoilt.load(Ordering::Relaxed) {
            // Dropped, it takes back all.
            true => None,
            false => self.held.take(),
        };
        let open = held.and_then(|mut held| held.take().map(|group| (held, group)));
        let Some((mut held, mut group)) = open else {
            return Left(watch::Sender::new(Some(Ended::TakenBack)).subscribe());
        };
        let left = Left(group.ended.subscribe());
        group.members += 1;
        let is_full = group.members >= MEMBERS_MAX || group.began.elapsed() >= OPEN_MAX;
        if is_full || self.turns.0.waiting.load(Ordering::SeqCst) == 0 {
            // A task of its own: whoever left last may be called off, and others wait.
            tokio::spawn(async move {
                group.commit().await;
                drop(held);
            });
        } else {
            *held = Some(group);
        }
        left
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Some(mut held) = self.held.take() else { return };
        let Some(group) = held.take() else { return };
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        runtime.spawn(async move {
            group.take_back().await;
            drop(held);
        });
    }
}

/// Why something was not committed, as far as is known.
pub(crate) enum Uncommitted {
    /// The commit failed, and may have come through.
    Unknown(DbErr),
    /// Nothing was done: it may be done again.
    TakenBack(DbErr),
}

/// SQLite: take the write lock at the start, or a reader that turns writer fails outright.
pub(crate) fn immediate() -> TransactionOptions {
    TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    }
}

/// What has left its seat, and is not committed yet.
pub(crate) struct Left(watch::Receiver<Option<Ended>>);

impl Left {
    /// Waits for the commit.
    pub(crate) async fn committed(mut self) -> Result<(), Uncommitted> {
        match self.0.wait_for(Option::is_some).await.as_deref() {
            Ok(Some(Ended::Committed)) => Ok(()),
            Ok(Some(Ended::Failed(error))) => Err(Uncommitted::Unknown(error.clone())),
            Ok(Some(Ended::TakenBack)) => Err(Uncommitted::TakenBack(taken_back())),
            // Whoever was at it is gone, and may have been done.
            Ok(None) | Err(_) => Err(Uncommitted::Unknown(taken_back())),
        }
    }
}

impl Group {
    async fn commit(self) {
        let ended = match self.db.commit().await {
            Ok(()) => Ended::Committed,
            Err(error) => Ended::Failed(error),
        };
        self.ended.send_replace(Some(ended));
    }

    async fn take_back(self) {
        if let Err(error) = self.db.rollback().await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "a shared transaction was not rolled back"
            );
        }
        self.ended.send_replace(Some(Ended::TakenBack));
    }
}

/// Nothing of it was done, and it may be done again.
pub(crate) fn taken_back() -> DbErr {
    let why = io::Error::new(
        io::ErrorKind::Interrupted,
        "the transaction was taken back with another's",
    );
    DbErr::Exec(RuntimeErr::SqlxError(Arc::new(sqlx::Error::Io(why))))
}
