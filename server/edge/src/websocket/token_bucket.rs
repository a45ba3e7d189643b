//! How fast a client may talk.

use tokio::time::Instant;

/// How many messages may still come: a bucket that fills by the second.
pub(super) struct TokenBucket {
    left: f64,
    max: f64,
    per_second: f64,
    filled_at: Instant,
}

impl TokenBucket {
    pub(super) fn new(max: u32, per_second: u32, now: Instant) -> Self {
        let (max, per_second) = (f64::from(max), f64::from(per_second));
        Self {
            left: max,
            max,
            per_second,
            filled_at: now,
        }
    }

    pub(super) fn take(&mut self, now: Instant) -> bool {
        self.take_many(1, now)
    }

    pub(super) fn take_many(&mut self, count: u32, now: Instant) -> bool {
        let count = f64::from(count);
        let gained = now.duration_since(self.filled_at).as_secs_f64() * self.per_second;
        self.left = (self.left + gained).min(self.max);
        self.filled_at = now;
        let enough = self.left >= count;
        if enough {
            self.left -= count;
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn an_allowance_is_spent_and_grows_back_to_its_measure() {
        let start = Instant::now();
        let mut allowance = TokenBucket::new(3, 2, start);
        let mut taken = |after| {
            let now = start + Duration::from_secs(after);
            (0..10).filter(|_| allowance.take(now)).count()
        };
        assert_eq!(taken(0), 3);
        assert_eq!(taken(1), 2);
        assert_eq!(taken(60), 3);
    }
}
