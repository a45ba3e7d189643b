//! Which reads may be late: those within [`late`], which whoever answers a request puts around what it comes to. Whatever is
//! not within, or stands in a transaction, reads the primary; so does what [`on_primary`] is put around, which is for
//! whatever this process keeps and believes.

use std::{
    future::Future,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use futures::future::Either;
use uuid::Uuid;

use super::{replica::Replica, replicas::Replicas};
use crate::shown;

tokio::task_local! {
    /// How statements that are run here are read.
    static ROUTE: Route;
    /// What was committed then is to be seen.
    static SEEING: Instant;
}

/// Where what belongs together is read: of one replica, so that it does not jump back and forth in time, or of the primary.
#[derive(Debug, Clone)]
struct Route(Option<Arc<Late>>);

#[derive(Debug)]
struct Late {
    replicas: Arc<Replicas>,
    /// What was committed then is to be seen.
    after: Option<Instant>,
    chosen: OnceLock<Option<Arc<Replica>>>,
    /// The rest is read of the primary, which is never older.
    is_left: AtomicBool,
}

/// A replica that is to be asked.
pub(super) struct Chosen {
    pub(super) replica: Arc<Replica>,
    /// It shows everything that was committed then.
    pub(super) as_of: Instant,
    late: Arc<Late>,
}

impl Chosen {
    /// Whatever else belongs to it is read of the primary.
    pub(super) fn leave(&self) {
        self.late.is_left.store(true, Ordering::Relaxed);
    }
}

/// What `work` reads by statements that stand by themselves may be late: by no more than `replicas` may be, and not where
/// `who` asks has written meanwhile. Where it is said of something around it how it is read, that holds.
pub(super) async fn late<T>(replicas: &Arc<Replicas>, who: Option<Uuid>, work: impl Future<Output = T>) -> T {
    if ROUTE.try_with(|_| ()).is_ok() {
        return work.await;
    }
    let wrote_at = who.and_then(|who| replicas.wrote_at(who));
    let seeing = SEEING.try_with(|moment| *moment).ok();
    let late = Late {
        replicas: Arc::clone(replicas),
        after: wrote_at.max(seeing),
        chosen: OnceLock::new(),
        is_left: AtomicBool::new(false),
    };
    ROUTE.scope(Route(Some(Arc::new(late))), work).await
}

/// What `work` reads is read of the primary, whatever it is part of: for what is kept beyond an answer.
pub async fn on_primary<T>(work: impl Future<Output = T>) -> T {
    ROUTE.scope(Route(None), work).await
}

/// However late what `work` reads may be, it shows what was committed at `moment`.
pub async fn seeing<T>(moment: Instant, work: impl Future<Output = T>) -> T {
    SEEING.scope(moment, work).await
}

/// `work` for another task: it reads where this one does.
pub fn inherit<T>(work: impl Future<Output = T>) -> impl Future<Output = T> {
    match ROUTE.try_with(Clone::clone) {
        Ok(route) => Either::Left(ROUTE.scope(route, work)),
        Err(_) => Either::Right(work),
    }
}

/// The replica that is to be asked by this statement; nothing, where that is the primary.
pub(super) fn chosen(sql: &str) -> Option<Chosen> {
    let late = ROUTE.try_with(|route| route.0.clone()).ok()??;
    if late.is_left.load(Ordering::Relaxed) || !shown::may_be_read_late(sql) {
        return None;
    }
    let replica = late.chosen.get_or_init(|| late.replicas.choose(late.after)).clone();
    let as_of = replica
        .as_ref()
        .and_then(|replica| late.replicas.confirm(replica, late.after));
    let (Some(replica), Some(as_of)) = (replica, as_of) else {
        late.is_left.store(true, Ordering::Relaxed);
        return None;
    };
    Some(Chosen { replica, as_of, late })
}
