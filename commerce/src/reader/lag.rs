//! As of when a replica shows the shop, by this process's own clock.
//!
//! The primary is asked where its log ends, and after that the replica how far it has followed. Whatever had been committed
//! when the primary was asked lies before that end; so a replica that has followed as far shows all of it. This goes by no
//! clock of another machine, by no word of the replica on whether it is connected, and not by when something was written
//! last: a replica that was cut off from a primary in which nothing happens is not late.

use std::{collections::VecDeque, time::Instant};

/// How many looks are remembered. A replica that has followed less far than the first of them is as late as nobody knows.
const LOOKS_MAX: usize = 256;

/// What is known of one replica's way behind its primary.
#[derive(Debug, Default)]
pub struct Following {
    /// Looks at the primary, the oldest first.
    looks: VecDeque<Look>,
    /// How far the replica had come when it was asked last.
    followed: i64,
}

/// All that was committed at `asked_at` lies before `end`.
#[derive(Debug, Clone, Copy)]
struct Look {
    asked_at: Instant,
    end: i64,
}

impl Following {
    /// The primary was asked at `asked_at`, and its log ended at `end`, in bytes. Gives `false` where the replica has come
    /// further than that before: it has followed another primary, and what it shows is not this one's.
    pub fn primary_ends(&mut self, asked_at: Instant, end: i64) -> bool {
        if end < self.followed {
            self.looks.clear();
            return false;
        }
        // Those of a primary that is none any more.
        while self.looks.back().is_some_and(|last| last.end > end) {
            self.looks.pop_back();
        }
        match self.looks.back_mut() {
            // Nothing was written since.
            Some(last) if last.end == end => last.asked_at = asked_at,
            _ => self.looks.push_back(Look { asked_at, end }),
        }
        if self.looks.len() > LOOKS_MAX {
            self.looks.pop_front();
        }
        true
    }

    /// The replica has followed as far as `followed`, in bytes. Gives the last moment of which it shows everything that was
    /// committed by then.
    pub fn replica_is_at(&mut self, followed: i64) -> Option<Instant> {
        self.followed = followed;
        let passed = self.looks.iter().take_while(|look| look.end <= followed).count();
        // The last that it has passed stays: it may come no further for a while.
        self.looks.drain(..passed.saturating_sub(1));
        let first = self.looks.front()?;
        (passed > 0).then_some(first.asked_at)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_replica_shows_what_the_primary_held_when_its_log_ended_there() {
        let began = Instant::now();
        let after = |seconds| began + Duration::from_secs(seconds);
        let mut following = Following::default();
        assert!(following.primary_ends(after(1), 100));
        assert_eq!(following.replica_is_at(99), None, "how late, nobody knows");
        assert_eq!(following.replica_is_at(100), Some(after(1)));
        assert!(following.primary_ends(after(2), 200) && following.primary_ends(after(3), 300));
        assert_eq!(following.replica_is_at(100), Some(after(1)), "it stands still");
        assert_eq!(following.replica_is_at(250), Some(after(2)));
        // It may have followed what was written since the primary was asked.
        assert_eq!(following.replica_is_at(310), Some(after(3)));
        assert!(following.primary_ends(after(4), 310));
        assert!(following.primary_ends(after(9), 310), "nothing was written");
        assert_eq!(following.replica_is_at(310), Some(after(9)));
    }

    #[test]
    fn a_replica_of_another_primary_shows_nothing_of_this_one() {
        let began = Instant::now();
        let mut following = Following::default();
        assert!(following.primary_ends(began, 1_000));
        assert!(following.replica_is_at(1_000).is_some());
        // The primary that took over had not all that the one before it had written.
        assert!(!following.primary_ends(began, 900));
        assert_eq!(following.replica_is_at(1_000), None);
        assert!(!following.primary_ends(began, 950));
        // It was made anew.
        assert_eq!(following.replica_is_at(940), None);
        assert!(following.primary_ends(began, 950));
        assert_eq!(following.replica_is_at(950), Some(began));
    }

    proptest! {
        /// Against a model that remembers everything.
        #[test]
        fn nothing_is_said_to_be_shown_that_is_not(steps in prop::collection::vec((0i64..50, 0i64..60), 1..400)) {
            let began = Instant::now();
            let (mut following, mut all) = (Following::default(), Vec::new());
            let (mut end, mut followed) = (0, 0);
            for (second, (written, caught_up)) in (0u64..).zip(steps) {
                end += written;
                let asked_at = began + Duration::from_secs(second);
                prop_assert!(following.primary_ends(asked_at, end));
                all.push((asked_at, end));
                followed = (followed + caught_up).min(end);
                let truth = all.iter().rev().find(|(_, end)| *end <= followed).map(|(at, _)| *at);
                let said = following.replica_is_at(followed);
                prop_assert!(said <= truth, "{said:?} {truth:?}");
                if all.len() <= LOOKS_MAX {
                    prop_assert_eq!(said, truth);
                }
            }
        }
    }
}
