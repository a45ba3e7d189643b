//! What is read while an answer is made.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::Either;
use uuid::Uuid;

use super::{
    answer::Shown,
    tables::{TableSet, named},
};

/// How long something holds that looked at the clock.
const MOMENT: TimeDelta = TimeDelta::seconds(1);

/// How long something holds that the search engine found.
const SETTLING: Duration = Duration::from_millis(900);

tokio::task_local! {
    static READS: Reads;
    /// Of which products and variants is read, where it is of these alone.
    static OF: Arc<[Uuid]>;
}

/// Gathers what one answer shows. Whatever runs for it in another task is to be [inherited](inherit).
#[derive(Debug, Clone, Default)]
pub struct Reads(Arc<Mutex<Shown>>);

impl Reads {
    /// Watches `work`.
    pub async fn watch<T>(&self, work: impl Future<Output = T>) -> T {
        READS.scope(self.clone(), work).await
    }

    /// What was gathered.
    pub fn take(&self) -> Shown {
        std::mem::take(&mut self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether what runs here is read for an answer.
pub fn is_watched() -> bool {
    READS.try_with(|_| ()).is_ok()
}

/// `work` for another task: what it reads is read for the same answer as here.
pub fn inherit<T>(work: impl Future<Output = T>) -> impl Future<Output = T> {
    let reads = READS.try_with(Clone::clone);
    let of = OF.try_with(Clone::clone);
    let work = match of {
        Ok(of) => Either::Left(OF.scope(of, work)),
        Err(_) => Either::Right(work),
    };
    match reads {
        Ok(reads) => Either::Left(READS.scope(reads, work)),
        Err(_) => Either::Right(work),
    }
}

/// `work` reads rows of these products or variants alone: of every table that a change names a product and a variant for,
/// rows that bear one of these ids. It must ask for them by id.
pub async fn of<T>(ids: impl IntoIterator<Item = Uuid>, work: impl Future<Output = T>) -> T {
    match READS.try_with(Clone::clone) {
        Ok(reads) => {
            let ids: Arc<[Uuid]> = ids.into_iter().collect();
            reads.lock().subjects.extend(ids.iter());
            OF.scope(ids, work).await
        }
        Err(_) => work.await,
    }
}

/// `work` looks for one row by something that no other can have meanwhile, such as its slug: as long as the products and
/// variants that `found` names have not changed, it finds the same. Where it names none, anything may change that.
pub async fn found_by<T, const N: usize>(
    work: impl Future<Output = T>,
    found: impl FnOnce(&T) -> Option<[Uuid; N]>,
) -> T {
    let Ok(outer) = READS.try_with(Clone::clone) else {
        return work.await;
    };
    let reads = Reads::default();
    let outcome = reads.watch(work).await;
    let mut shown = reads.take();
    if let Some(ids) = found(&outcome) {
        shown.of.add(std::mem::take(&mut shown.whole));
        shown.subjects.extend(ids);
    }
    outer.lock().add(shown);
    outcome
}

/// What was read before is shown, too.
pub fn note(shown: &Shown) {
    gather(|all| all.add(shown.clone()));
}

/// What was made for one visitor alone is shown, too.
pub fn note_private() {
    gather(|all| all.is_private = true);
}

/// The clock was read: what came of it holds for a moment.
pub(crate) fn time_read(now: DateTime<Utc>) {
    gather(|shown| shown.holds_until(now + MOMENT));
}

/// It was asked which day it is, which ends then.
pub(crate) fn day_ends(end: impl FnOnce() -> DateTime<Utc>) {
    gather(|shown| shown.holds_until(end()));
}

/// The search engine was asked, or should have been. What it is given it may show later: its answers hold for a moment,
/// whatever else is heard.
pub(crate) fn search_ran() {
    gather(|shown| {
        shown.whole.add(TableSet::INDEX);
        shown.settles_at.get_or_insert_with(|| Instant::now() + SETTLING);
    });
}

/// A search was counted: it counts again for whoever gets the same answer.
pub(crate) fn searched(text: &str, language: &str, found: usize) {
    gather(|shown| shown.searches.push((text.to_owned(), language.to_owned(), found)));
}

/// What is read now shows what was committed at `moment`, and may lack what was after it.
pub(crate) fn read_as_of(moment: Instant) {
    gather(|shown| shown.read_as_of(moment));
}

pub(super) fn statement(sql: &str) {
    let _ = READS.try_with(|reads| {
        let named = named(sql);
        let mut shown = reads.lock();
        shown.is_private |= named.others;
        match OF.try_with(|_| ()) {
            Ok(()) => shown.of.add(named.tables),
            Err(_) => shown.whole.add(named.tables),
        }
    });
}

fn gather(what: impl FnOnce(&mut Shown)) {
    let _ = READS.try_with(|reads| what(&mut reads.lock()));
}
