//! A transaction, or a savepoint of one, from its begin to its end. Whoever is called off in between takes back what
//! they did and nothing else, and the next one writes after that.

use std::{sync::Arc, time::Duration};

use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, TransactionTrait};
use tracing::Instrument;

use super::{Tx, ignore_failure, outlived, uncommitted};
use crate::{
    Error, Result,
    reader::silent,
    write_turns::{Place, Seat, Turn, Uncommitted, WriteTurns, immediate, taken_back},
};

/// How long SQLite may take over a COMMIT until whoever waits for it is told that nobody knows.
const DISK_MAX: Duration = Duration::from_secs(10);

/// How long PostgreSQL may take over a COMMIT: disks that are slow are waited for.
const COMMIT_MAX: Duration = Duration::from_secs(5);

/// How long PostgreSQL may take over a ROLLBACK, for which there is nothing to do.
const ROLLBACK_MAX: Duration = Duration::from_secs(2);

/// A transaction that is open. Dropped, it is taken back.
pub struct Open {
    db: Arc<DatabaseTransaction>,
    // Dropped after it.
    guard: Guard,
}

struct Guard {
    /// `None` once somebody sees to its end.
    open: Option<(Arc<DatabaseTransaction>, Stand)>,
}

/// What a transaction stands in.
enum Stand {
    Alone(Turn),
    Shared(Seat),
    Within(Tx),
}

impl Open {
    /// A transaction of one's own, once its turn has come.
    ///
    /// # Errors
    /// When that took too long, or the database fails.
    pub async fn alone(db: &DatabaseConnection, turns: &WriteTurns) -> Result<Self, DbErr> {
        Self::in_turn(db, turns.alone(db).await?).await
    }

    /// As [`alone`](Self::alone), for a few statements that wait for nobody: on SQLite they are committed together with
    /// what others do at the same moment.
    ///
    /// # Errors
    /// As [`alone`](Self::alone).
    pub async fn briefly(db: &DatabaseConnection, turns: &WriteTurns) -> Result<Self, DbErr> {
        match turns.brief(db).await? {
            Place::Alone(turn) => Self::in_turn(db, turn).await,
            Place::Shared(seat) => Self::shared(seat).await,
        }
    }

    async fn in_turn(db: &DatabaseConnection, turn: Turn) -> Result<Self, DbErr> {
        let begun = db.begin_with_options(immediate()).await?;
        Ok(Self::new(begun, Stand::Alone(turn)))
    }

    /// A savepoint of a transaction that others share.
    async fn shared(seat: Seat) -> Result<Self, DbErr> {
        // Where it does not begin, the seat is dropped, and takes back what the others did.
        to_its_end(async move { Ok(Self::new(seat.begin().await?, Stand::Shared(seat))) }).await
    }

    /// A savepoint of `outer`.
    pub(super) async fn within(outer: &Tx) -> Result<Self, DbErr> {
        let outer = outer.clone();
        to_its_end(async move {
            match outer.db().begin().await {
                Ok(begun) => Ok(Self::new(begun, Stand::Within(outer))),
                Err(error) => {
                    // SeaORM has rolled back a savepoint all the same: the last one that did begin.
                    outer.0.open.spoil();
                    Err(error)
                }
            }
        })
        .await
    }

    fn new(begun: DatabaseTransaction, stand: Stand) -> Self {
        let db = Arc::new(begun);
        let open = Some((db.clone(), stand));
        Self {
            db,
            guard: Guard { open },
        }
    }

    /// What statements are run on.
    pub fn db(&self) -> &DatabaseTransaction {
        &self.db
    }

    pub(super) fn is_savepoint_of_ours(&self) -> bool {
        matches!(self.guard.open, Some((_, Stand::Within(_))))
    }

    /// Commits. Of a shared transaction this waits until all of it is committed.
    ///
    /// # Errors
    /// [`Fault::CommitUnknown`](crate::Fault::CommitUnknown) when the database goes away meanwhile.
    pub async fn commit(self) -> Result<()> {
        let (db, stand) = self.into_parts()?;
        match stand {
            Stand::Alone(turn) if turn.is_held() => {
                let committing = to_its_end(async move {
                    let committed = db.commit().await;
                    drop(turn);
                    committed
                });
                while_the_disk_answers(committing).await?.map_err(uncommitted)?;
            }
            Stand::Alone(_) => in_time(db.commit()).await.map_err(uncommitted)?,
            Stand::Within(outer) => {
                db.commit().await?;
                drop(outer);
            }
            Stand::Shared(seat) => {
                let left = to_its_end(async move { db.commit().await.map(|()| seat.leave()) }).await?;
                let committed = while_the_disk_answers(left.committed()).await?;
                committed.map_err(|why| match why {
                    Uncommitted::Unknown(error) => uncommitted(error),
                    Uncommitted::TakenBack(error) => error.into(),
                })?;
            }
        }
        Ok(())
    }

    /// Takes back what was done. A failure means that why it was taken back may not be told: it was perhaps seen in what
    /// others had written, who have taken that back, too.
    pub(super) async fn take_back(self) -> Result<()> {
        let (db, stand) = self.into_parts()?;
        match stand {
            Stand::Alone(turn) if turn.is_held() => {
                ignore_failure("rolling back", db.rollback().await);
                drop(turn);
            }
            Stand::Alone(_) => {
                // The connection may be the one that fell silent. Dropped, it is asked once more, and closed.
                let rolled_back = tokio::time::timeout(ROLLBACK_MAX, db.rollback()).await;
                let rolled_back = rolled_back.unwrap_or_else(|_| Err(silent("no answer came to a ROLLBACK")));
                ignore_failure("rolling back", rolled_back);
            }
            Stand::Within(outer) => {
                db.rollback().await?;
                drop(outer);
            }
            Stand::Shared(seat) => {
                let left = to_its_end(async move { db.rollback().await.map(|()| seat.leave()) }).await;
                match left {
                    Ok(left) => left.committed().await.map_err(|why| match why {
                        Uncommitted::Unknown(_) => taken_back().into(),
                        Uncommitted::TakenBack(error) => Error::from(error),
                    })?,
                    // Dropped, the seat took back what the others did, too.
                    Err(failed) => ignore_failure("rolling back", Err(failed)),
                }
            }
        }
        Ok(())
    }

    /// Nobody knows any more which savepoints there are: nothing of it may be committed.
    fn spoil(&self) {
        match &self.guard.open {
            Some((_, Stand::Shared(seat))) => seat.spoil(),
            Some((_, Stand::Within(outer))) => outer.0.open.spoil(),
            // It fails by itself.
            Some((_, Stand::Alone(_))) | None => {}
        }
    }

    fn into_parts(self) -> Result<(DatabaseTransaction, Stand)> {
        let Self { db, mut guard } = self;
        drop(db);
        let (db, stand) = guard.open.take().ok_or_else(outlived)?;
        Ok((Arc::into_inner(db).ok_or_else(outlived)?, stand))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let Some((db, stand)) = self.open.take() else { return };
        let Some(db) = Arc::into_inner(db) else { return };
        let runtime = tokio::runtime::Handle::try_current();
        // Dropped here, the transaction is rolled back some time, and its stand is free before that.
        let Ok(runtime) = runtime else { return };
        match stand {
            Stand::Alone(turn) if turn.is_held() => {
                runtime.spawn(async move {
                    ignore_failure("rolling back", db.rollback().await);
                    drop(turn);
                });
            }
            Stand::Shared(seat) => {
                runtime.spawn(async move {
                    match db.rollback().await {
                        // The others' work stands; nobody waits for how it ends.
                        Ok(()) => drop(seat.leave()),
                        Err(error) => ignore_failure("rolling back", Err(error)),
                    }
                });
            }
            // Rolled back before what it is a savepoint of.
            Stand::Alone(_) | Stand::Within(_) => drop(db),
        }
    }
}

/// Waits for a commit that goes on by itself, for as long as a slow disk may take.
async fn while_the_disk_answers<T>(committing: impl Future<Output = T>) -> Result<T> {
    let committed = tokio::time::timeout(DISK_MAX, committing).await;
    committed.map_err(|_| uncommitted(silent("the disk did not answer")))
}

/// A connection that fell silent would be waited for as long as its system believes in it. What is dropped here is not
/// used again; whether it was committed is looked up.
async fn in_time(committing: impl Future<Output = Result<(), DbErr>>) -> Result<(), DbErr> {
    let committed = tokio::time::timeout(COMMIT_MAX, committing).await;
    committed.unwrap_or_else(|_| Err(silent("no answer came to a COMMIT")))
}

/// Does in a task of its own what must not be called off in between. A savepoint whose begin nobody waits for any more is
/// rolled back by sqlx, and once more by SeaORM: the second one is somebody else's.
async fn to_its_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, DbErr>> + Send + 'static,
) -> Result<T, DbErr> {
    let done = tokio::spawn(work.in_current_span()).await;
    done.unwrap_or_else(|error| Err(DbErr::Custom(error.to_string())))
}
