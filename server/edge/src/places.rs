//! How many places there are for connections, streams and operations, and how many of them are taken: read when those who
//! watch ask, so that taking one costs nothing more.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::Semaphore;

/// Of this process.
static WATCHED: Mutex<Vec<Watched>> = Mutex::new(Vec::new());

/// What there are places for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// An open connection.
    Connection,
    /// A WebSocket or an event stream.
    Stream,
    /// A query or a mutation that runs.
    Request,
}

struct Watched {
    place: Place,
    all: usize,
    permits: Weak<Semaphore>,
}

impl Place {
    pub const ALL: [Self; 3] = [Self::Connection, Self::Stream, Self::Request];

    /// Its name in `/metrics`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Connection => "connection",
            Self::Stream => "stream",
            Self::Request => "request",
        }
    }

    /// So many places, of which each takes a permit.
    pub(super) fn make(self, all: usize) -> Arc<Semaphore> {
        let permits = Arc::new(Semaphore::new(all));
        let mut watched = WATCHED.lock().unwrap_or_else(PoisonError::into_inner);
        watched.retain(|watched| watched.permits.strong_count() > 0);
        watched.push(Watched {
            place: self,
            all,
            permits: Arc::downgrade(&permits),
        });
        permits
    }

    /// How many are taken, and how many there are.
    pub fn taken(self) -> (i64, i64) {
        let watched = WATCHED.lock().unwrap_or_else(PoisonError::into_inner);
        let of = watched.iter().filter(|watched| watched.place == self);
        let counts = of.filter_map(|watched| {
            let permits = watched.permits.upgrade()?;
            Some((watched.all.saturating_sub(permits.available_permits()), watched.all))
        });
        let number = |places| i64::try_from(places).unwrap_or(i64::MAX);
        counts.fold((0, 0), |(taken, all), (more_taken, more)| {
            (taken + number(more_taken), all + number(more))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_place_is_taken_until_it_is_given_back() {
        let (before, all) = Place::Stream.taken();
        let places = Place::Stream.make(7);
        let permit = Arc::clone(&places).acquire_owned().await.expect("a place");
        assert_eq!(Place::Stream.taken(), (before + 1, all + 7));
        drop(permit);
        assert_eq!(Place::Stream.taken(), (before, all + 7));
        drop(places);
        assert_eq!(Place::Stream.taken(), (before, all));
    }
}
