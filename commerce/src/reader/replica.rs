//! One replica of the database: as of when it shows the shop, and whether it is asked.

use std::{
    fmt,
    future::Future,
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use sea_orm::{DatabaseConnection, DbErr};

use super::answered::answered;
use crate::{Error, error::causes, shown};

/// How long a statement may take there, its wait for a connection included: then the primary is asked.
const ANSWER_MAX: Duration = Duration::from_secs(2);

/// A replica, as this process knows it.
pub struct Replica {
    /// As the configuration counts them, from 1.
    number: usize,
    db: DatabaseConnection,
    opened: Instant,
    /// Everything that was committed at this time is there, in nanoseconds after `opened`, and one more; 0 where nothing is
    /// known.
    as_of: AtomicU64,
    /// What was wrong with it last.
    trouble: RwLock<Option<String>>,
    /// How many statements it has answered, and how many the primary had to answer in its place.
    answers: AtomicU64,
    failures: AtomicU64,
}

/// How a replica stands, for those who watch.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplicaStatus {
    pub number: usize,
    /// How late it is at most; nothing where nobody knows.
    pub lag: Option<Duration>,
    /// Whether it is asked.
    pub is_used: bool,
    pub trouble: Option<String>,
    pub answers: u64,
    pub failures: u64,
}

impl Replica {
    /// Nobody asks it before something is [known](Self::shows) of it. `number` is how the configuration counts it, from 1.
    pub fn new(number: usize, db: DatabaseConnection) -> Self {
        Self {
            number,
            db,
            opened: Instant::now(),
            as_of: AtomicU64::new(0),
            trouble: RwLock::default(),
            answers: AtomicU64::default(),
            failures: AtomicU64::default(),
        }
    }

    pub fn number(&self) -> usize {
        self.number
    }

    /// Its connections, on which nothing is to be written.
    pub fn db(&self) -> &DatabaseConnection {
        &self.db
    }

    /// From now on it is known to show everything that was committed at `moment`.
    pub fn shows(&self, moment: Instant) {
        let after = moment.saturating_duration_since(self.opened).as_nanos();
        let after = u64::try_from(after).unwrap_or(u64::MAX);
        self.as_of.store(after.saturating_add(1), Ordering::Release);
        self.put_trouble(None);
    }

    /// Nobody asks it until something is known of it again; `why` is for the operator.
    pub fn leave(&self, why: impl Into<String>) {
        self.as_of.store(0, Ordering::Release);
        self.put_trouble(Some(why.into()));
    }

    /// It could not be looked at: what is known of it holds for as long as it may be late. `why` is for the operator.
    pub fn doubt(&self, why: impl Into<String>) {
        self.put_trouble(Some(why.into()));
    }

    /// The last moment of which it is known to show everything.
    pub fn as_of(&self) -> Option<Instant> {
        let after = self.as_of.load(Ordering::Acquire).checked_sub(1)?;
        self.opened.checked_add(Duration::from_nanos(after))
    }

    /// How it stands, where it may be late by `lag_max`.
    pub fn status(&self, lag_max: Duration) -> ReplicaStatus {
        let lag = self.as_of().map(|moment| moment.elapsed());
        ReplicaStatus {
            number: self.number,
            lag,
            is_used: lag.is_some_and(|lag| lag <= lag_max),
            trouble: self.trouble.read().unwrap_or_else(PoisonError::into_inner).clone(),
            answers: self.answers.load(Ordering::Relaxed),
            failures: self.failures.load(Ordering::Relaxed),
        }
    }

    /// What it says to a statement that is asked of [its connections](Self::db). Nothing, where the primary is to be asked:
    /// it is away, too slow, or cannot answer this one (as when it has just removed rows that the statement was reading).
    pub(super) async fn answer<T>(&self, as_of: Instant, asked: impl Future<Output = Result<T, DbErr>>) -> Option<T> {
        // Before it is read: as with the last change that was known.
        shown::read_as_of(as_of);
        match answered(&self.db, ANSWER_MAX, asked).await {
            Ok(found) => {
                self.answers.fetch_add(1, Ordering::Relaxed);
                Some(found)
            }
            Err(error) => {
                self.failures.fetch_add(1, Ordering::Relaxed);
                self.fail(error);
                None
            }
        }
    }

    fn fail(&self, error: DbErr) {
        let error = Error::from(error);
        let number = self.number;
        tracing::debug!(
            replica = number,
            error = &error as &dyn std::error::Error,
            "a replica did not answer: the primary is asked"
        );
        if error.is_cut() {
            self.leave(causes(&error));
        }
    }

    fn put_trouble(&self, trouble: Option<String>) {
        let mut now = self.trouble.write().unwrap_or_else(PoisonError::into_inner);
        if *now != trouble {
            *now = trouble;
        }
    }
}

impl fmt::Debug for Replica {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replica")
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}
