//! Which sessions have ended, as this process knows it: so that a token is refused without asking the database.
//!
//! It holds those that ended within an access token's lifetime. An older one's tokens have expired. What is in it
//! comes from the transaction that ended a session here, from the bus, and from the poll that reads the database
//! ([`customers::follow`](crate::customers::follow)).

use std::{
    collections::HashMap,
    fmt,
    future::Future,
    sync::{PoisonError, RwLock, RwLockWriteGuard},
};

use chrono::{DateTime, Utc};
use tokio::sync::watch;
use vitrine_entity::ids::SessionId;

#[derive(Default)]
pub struct Revocations(RwLock<State>);

#[derive(Default)]
struct State {
    ended: HashMap<SessionId, DateTime<Utc>>,
    /// Whoever has a stream open under a session that lives.
    waiting: HashMap<SessionId, watch::Sender<bool>>,
}

impl Revocations {
    pub fn contains(&self, session: SessionId) -> bool {
        let state = self.0.read().unwrap_or_else(PoisonError::into_inner);
        state.ended.contains_key(&session)
    }

    /// Waits until `session` has ended. Never ends for one that lives on.
    pub fn ending(&self, session: SessionId) -> impl Future<Output = ()> + Send + use<> {
        let mut state = self.write();
        let waiting = (!state.ended.contains_key(&session)).then(|| {
            let told = state
                .waiting
                .entry(session)
                .or_insert_with(|| watch::Sender::new(false));
            told.subscribe()
        });
        async move {
            if let Some(mut waiting) = waiting
                && waiting.wait_for(|ended| *ended).await.is_err()
            {
                std::future::pending().await
            }
        }
    }

    /// These have ended: whoever waits for one of them is told.
    pub(crate) fn add(&self, ended: impl IntoIterator<Item = (SessionId, DateTime<Utc>)>) {
        let mut state = self.write();
        for (session, at) in ended {
            state.ended.insert(session, at);
            if let Some(waiting) = state.waiting.remove(&session) {
                waiting.send_replace(true);
            }
        }
    }

    /// Lets go of what ended before `time`, and of those for whom nobody waits any more.
    pub(crate) fn forget_before(&self, time: DateTime<Utc>) {
        let mut state = self.write();
        state.ended.retain(|_, at| *at >= time);
        state.waiting.retain(|_, waiting| waiting.receiver_count() > 0);
    }

    fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Revocations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Revocations").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use futures::FutureExt;
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn whoever_waits_is_told_and_what_is_old_is_let_go() {
        let (one, other) = (SessionId(Uuid::from_u128(1)), SessionId(Uuid::from_u128(2)));
        let (known, now) = (Revocations::default(), DateTime::UNIX_EPOCH);
        let (mut first, mut second) = (Box::pin(known.ending(one)), Box::pin(known.ending(one)));
        let mut others = Box::pin(known.ending(other));
        assert!((&mut first).now_or_never().is_none());
        assert!((&mut others).now_or_never().is_none());
        known.add([(one, now)]);
        assert_eq!(
            ((&mut first).now_or_never(), (&mut second).now_or_never()),
            (Some(()), Some(()))
        );
        assert!((&mut others).now_or_never().is_none() && known.contains(one) && !known.contains(other));
        assert_eq!(
            known.ending(one).now_or_never(),
            Some(()),
            "it ended before anybody waited"
        );
        drop(others);
        known.forget_before(now + TimeDelta::seconds(1));
        assert!(!known.contains(one) && known.write().waiting.is_empty());
    }
}
