//! Who follows which orders in this process, and how they are told that one has changed. What they are told by is in
//! `orders::watch`.

use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::sync::{Semaphore, SemaphorePermit, watch};
use vitrine_entity::ids::OrderId;

/// How many followers read at the same moment. The database does no more at once, and what waits for it takes more room
/// than a follower: thousands who were told of something together took twice the memory of all that they follow by.
const READING_AT_ONCE: usize = 16;

/// The orders that are followed in this process.
pub(crate) struct Followers {
    state: Mutex<State>,
    reading: Semaphore,
}

#[derive(Default)]
struct State {
    orders: HashMap<OrderId, Followed>,
    /// Whether a task listens for all of them. It ends with the last of them.
    is_watched: bool,
}

struct Followed {
    changed: watch::Sender<()>,
    /// The number of the last entry that all who follow it know of, or will: what the last poll found, or less where
    /// somebody has begun since. Not known before either.
    last: Option<i64>,
}

impl Default for Followers {
    fn default() -> Self {
        Self {
            state: Mutex::default(),
            reading: Semaphore::new(READING_AT_ONCE),
        }
    }
}

impl Followers {
    /// Hears of every change of the order's timeline that is told from now on, and now and then of none. `watch` begins a
    /// task that tells of them, where there is none.
    pub(crate) fn listen(&self, order: OrderId, watch: impl FnOnce()) -> watch::Receiver<()> {
        let (changes, is_watched) = {
            let mut state = self.state();
            let followed = state.orders.entry(order).or_insert_with(|| Followed {
                changed: watch::Sender::new(()),
                last: None,
            });
            let changes = followed.changed.subscribe();
            (changes, std::mem::replace(&mut state.is_watched, true))
        };
        // Not under the lock: a runtime that ends takes the task away at once, which leaves.
        if !is_watched {
            watch();
        }
        changes
    }

    pub(crate) fn tell(&self, order: OrderId) {
        if let Some(followed) = self.state().orders.get(&order) {
            followed.changed.send_replace(());
        }
    }

    /// Whoever has begun to listen reads the entries up to `last`, at least: the next poll need tell nobody of these.
    pub(crate) fn know(&self, order: OrderId, last: i64) {
        if let Some(followed) = self.state().orders.get_mut(&order) {
            followed.last = Some(followed.last.map_or(last, |known| known.min(last)));
        }
    }

    /// Waits until fewer than [`READING_AT_ONCE`] read. Held by whoever reads, before there is room for what they read.
    pub(crate) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        // Nobody closes it.
        self.reading.acquire().await.ok()
    }

    /// As the database has it: whoever does not know of an entry is told.
    pub(crate) fn learn(&self, last: impl IntoIterator<Item = (OrderId, i64)>) {
        let mut state = self.state();
        for (order, last) in last {
            if let Some(followed) = state.orders.get_mut(&order)
                && followed.last.replace(last) != Some(last)
            {
                followed.changed.send_replace(());
            }
        }
    }

    /// Those that are followed still, or `None` where there are none: whoever comes then begins a task of their own.
    pub(crate) fn followed(&self) -> Option<Vec<OrderId>> {
        let mut state = self.state();
        state.orders.retain(|_, followed| followed.changed.receiver_count() > 0);
        if state.orders.is_empty() {
            *state = State::default();
            return None;
        }
        Some(state.orders.keys().copied().collect())
    }

    /// The task is gone.
    pub(crate) fn leave(&self) {
        self.state().is_watched = false;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Followers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Followers").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn each_hears_of_its_order_and_one_task_listens_for_all() {
        let (one, other) = (OrderId(Uuid::from_u128(1)), OrderId(Uuid::from_u128(2)));
        let (followers, mut tasks) = (Followers::default(), 0);
        let mut first = followers.listen(one, || tasks += 1);
        let mut second = followers.listen(other, || tasks += 1);
        followers.tell(one);
        assert!(first.has_changed().unwrap() && !second.has_changed().unwrap());
        first.mark_unchanged();

        // What lay between listening and the first poll may have been lost by the bus.
        followers.learn([(one, 3), (other, 1)]);
        assert!(first.has_changed().unwrap() && second.has_changed().unwrap());
        first.mark_unchanged();
        second.mark_unchanged();
        followers.learn([(one, 4), (other, 1)]);
        assert!(first.has_changed().unwrap() && !second.has_changed().unwrap());

        drop(first);
        assert_eq!(followers.followed(), Some(vec![other]));
        drop(second);
        assert_eq!(followers.followed(), None);
        let third = followers.listen(one, || tasks += 1);
        assert_eq!(tasks, 2, "the next begins one anew");
        drop(third);
    }

    #[tokio::test]
    async fn a_poll_tells_nobody_of_what_all_have_read() {
        let order = OrderId(Uuid::from_u128(1));
        let followers = Followers::default();
        let mut first = followers.listen(order, || {});
        followers.know(order, 3);
        followers.learn([(order, 3)]);
        assert!(!first.has_changed().unwrap());

        // The bus has lost the fourth: who comes later knows of it, who was there does not.
        let second = followers.listen(order, || {});
        followers.know(order, 4);
        followers.learn([(order, 4)]);
        assert!(first.has_changed().unwrap() && second.has_changed().unwrap());
        first.mark_unchanged();

        // Who read before something came may say so after others have read it.
        let third = followers.listen(order, || {});
        followers.know(order, 5);
        followers.know(order, 4);
        followers.learn([(order, 5)]);
        assert!(first.has_changed().unwrap() && third.has_changed().unwrap());
    }

    #[tokio::test]
    async fn only_so_many_read_at_once() {
        let followers = Followers::default();
        let mut held = Vec::new();
        for _ in 0..READING_AT_ONCE {
            held.push(followers.turn().await);
        }
        let mut next = Box::pin(followers.turn());
        assert!(futures::poll!(&mut next).is_pending());
        held.pop();
        assert!(next.await.is_some());
    }
}
