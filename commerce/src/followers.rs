//! Who follows which orders in this process, and how they are told that one has changed. What they are told by is in
//! `orders::watch`.

use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::sync::watch;
use vitrine_entity::ids::OrderId;

/// The orders that are followed in this process.
#[derive(Default)]
pub(crate) struct Followers(Mutex<State>);

#[derive(Default)]
struct State {
    orders: HashMap<OrderId, Followed>,
    /// Whether a task listens for all of them. It ends with the last of them.
    is_watched: bool,
}

struct Followed {
    changed: watch::Sender<()>,
    /// The last entry's number at the last poll; not known before the first.
    last: Option<i64>,
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
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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

        // What lay between reading and the first poll may have been lost by the bus.
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
}
