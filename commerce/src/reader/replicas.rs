//! All replicas of the database, which of them is asked, and who has to see what they wrote.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use uuid::Uuid;

use super::replica::{Replica, ReplicaStatus};

/// Of how many it is known when they wrote last, before it is looked who may be forgotten.
const WRITERS_MAX: usize = 4_096;

/// The replicas of a shop's database.
#[derive(Debug)]
pub struct Replicas {
    all: Vec<Arc<Replica>>,
    /// By how many milliseconds what is read of them may be late.
    lag_max_ms: AtomicU64,
    /// Whose turn it is.
    turn: AtomicUsize,
    /// When somebody wrote last.
    wrote: Mutex<HashMap<Uuid, Instant>>,
}

impl Replicas {
    /// What is read of them may be late by `lag_max`.
    pub fn new(all: impl IntoIterator<Item = Replica>, lag_max: Duration) -> Self {
        let replicas = Self {
            all: all.into_iter().map(Arc::new).collect(),
            lag_max_ms: AtomicU64::default(),
            turn: AtomicUsize::default(),
            wrote: Mutex::default(),
        };
        replicas.bear(lag_max);
        replicas
    }

    /// From now on what is read of them may be late by so much.
    pub fn bear(&self, lag_max: Duration) {
        let ms = u64::try_from(lag_max.as_millis()).unwrap_or(u64::MAX);
        self.lag_max_ms.store(ms, Ordering::Release);
    }

    pub fn lag_max(&self) -> Duration {
        Duration::from_millis(self.lag_max_ms.load(Ordering::Acquire))
    }

    pub fn all(&self) -> &[Arc<Replica>] {
        &self.all
    }

    /// How each of them stands.
    pub fn statuses(&self) -> Vec<ReplicaStatus> {
        let lag_max = self.lag_max();
        self.all.iter().map(|replica| replica.status(lag_max)).collect()
    }

    /// One of those that are late by no more than may be, and show whatever was committed at `after`. Each in its turn.
    pub(super) fn choose(&self, after: Option<Instant>) -> Option<Arc<Replica>> {
        let moments: Vec<_> = self.all.iter().map(|replica| replica.as_of()).collect();
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let chosen = choose(&moments, self.earliest(after), turn)?;
        Some(Arc::clone(&self.all[chosen]))
    }

    /// As of when `replica` shows the shop, where it may still be asked by whoever has chosen it.
    pub(super) fn confirm(&self, replica: &Replica, after: Option<Instant>) -> Option<Instant> {
        replica.as_of().filter(|moment| is_shown(*moment, self.earliest(after)))
    }

    /// What was committed then is to be seen. `None`: the process is younger than what may be late.
    fn earliest(&self, after: Option<Instant>) -> Option<Instant> {
        Instant::now().checked_sub(self.lag_max()).max(after)
    }

    /// Somebody has written, and is to see it.
    pub(crate) fn has_written(&self, who: Uuid) {
        let (now, lag_max) = (Instant::now(), self.lag_max());
        let mut wrote = self.wrote.lock().unwrap_or_else(PoisonError::into_inner);
        if wrote.len() >= WRITERS_MAX {
            // No replica is asked that does not show what they wrote.
            wrote.retain(|_, at| now.saturating_duration_since(*at) <= lag_max);
        }
        wrote.insert(who, now);
    }

    /// When they wrote last, as far as that matters.
    pub(super) fn wrote_at(&self, who: Uuid) -> Option<Instant> {
        let wrote = self.wrote.lock().unwrap_or_else(PoisonError::into_inner);
        wrote.get(&who).copied()
    }
}

/// Which of several is asked, that show everything as of these moments: one that shows what was committed at `earliest`.
fn choose(moments: &[Option<Instant>], earliest: Option<Instant>, turn: usize) -> Option<usize> {
    let fitting = |at: &usize| moments[*at].is_some_and(|moment| is_shown(moment, earliest));
    let count = moments.len();
    (0..count).map(|step| turn.wrapping_add(step) % count).find(fitting)
}

fn is_shown(moment: Instant, earliest: Option<Instant>) -> bool {
    earliest.is_none_or(|earliest| moment >= earliest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_is_late_or_lacks_what_was_written_is_not_asked() {
        let began = Instant::now();
        let after = |seconds| Some(began + Duration::from_secs(seconds));
        let moments = [after(5), None, after(8)];
        let all = |earliest| (0..4).map(|turn| choose(&moments, earliest, turn)).collect::<Vec<_>>();
        assert_eq!(all(after(5)), [Some(0), Some(2), Some(2), Some(0)], "each in its turn");
        assert_eq!(all(after(6)), [Some(2); 4]);
        assert_eq!(all(after(9)), [None; 4]);
        assert_eq!(all(None), [Some(0), Some(2), Some(2), Some(0)]);
        assert_eq!(choose(&[], after(0), 7), None);
    }

    #[tokio::test]
    async fn a_replica_is_left_as_it_falls_behind_and_taken_back() {
        let nowhere = sea_orm::DatabaseConnection::default();
        let replicas = Replicas::new([Replica::new(1, nowhere)], Duration::from_secs(3_600));
        let replica = Arc::clone(&replicas.all()[0]);
        assert!(replicas.choose(None).is_none(), "nothing is known of it");
        replica.shows(Instant::now());
        assert!(replicas.choose(None).is_some() && replicas.statuses()[0].is_used);
        let (writer, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        // Time has passed, by the machine's clock.
        while replica.as_of() >= Some(Instant::now()) {}
        replicas.has_written(writer);
        assert!(replicas.choose(replicas.wrote_at(writer)).is_none());
        assert!(replicas.choose(replicas.wrote_at(other)).is_some());
        assert!(replicas.confirm(&replica, replicas.wrote_at(writer)).is_none());
        while replicas.wrote_at(writer) >= Some(Instant::now()) {}
        replica.shows(Instant::now());
        assert!(
            replicas.choose(replicas.wrote_at(writer)).is_some(),
            "it has come so far"
        );
        replica.leave("it is gone");
        let status = replicas.statuses().remove(0);
        assert_eq!((status.is_used, status.trouble.as_deref()), (false, Some("it is gone")));
        assert!(replicas.choose(None).is_none());
        replica.shows(Instant::now());
        replicas.bear(Duration::ZERO);
        assert!(replicas.choose(None).is_none(), "it may not be late at all");
    }
}
