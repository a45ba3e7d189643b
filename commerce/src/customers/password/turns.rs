//! Whose password is hashed next: a bounded number at once, and of one address fewer than that, so that whoever floods
//! the shop with sign-ins waits for themselves and not others for them.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit},
    time::timeout,
};

use crate::{Fault, limits::network};

/// Each takes 19 MiB and a core: many sign-ins at once must not use up the machine.
const AT_ONCE: usize = 4;

/// How many of them are one address's, and how many more of its may wait: an office that begins its day behind one
/// address.
const OF_ADDRESS: usize = 2;
const WAITING_OF_ADDRESS: usize = 62;

/// How many wait from all addresses together: they hold places that others need who do not sign in. Beyond, an address has
/// as many here as may have turns.
const HERE_MAX: usize = 256;

/// How long a sign-in waits for its turn before it is refused: what all those before it take on a busy machine.
const WAIT_MAX: Duration = Duration::from_secs(10);

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);
static ADDRESSES: Mutex<Option<Lines>> = Mutex::new(None);

type Lines = HashMap<Option<IpAddr>, Line>;

/// Of one address.
struct Line {
    turns: Arc<Semaphore>,
    /// Who has a turn or waits for one.
    here: usize,
}

/// Held while a password is hashed.
pub(super) struct Turn {
    // Dropped before the place: the last who goes takes the line along.
    _of_all: SemaphorePermit<'static>,
    _of_address: OwnedSemaphorePermit,
    _place: Place,
}

/// A place in an address's line.
struct Place(Option<IpAddr>);

/// Waits for a turn of the address; all whose address is not known are one.
///
/// # Errors
/// When too many wait already, or it takes too long.
pub(super) async fn wait(address: Option<IpAddr>) -> Result<Turn, Fault> {
    let address = address.map(network);
    let (place, turns) = join(address).ok_or_else(crowded)?;
    let waiting = async {
        let of_address = turns.acquire_owned().await;
        let of_all = TURNS.acquire().await;
        of_address.and_then(|of_address| Ok((of_address, of_all?)))
    };
    let permits = timeout(WAIT_MAX, waiting).await.map_err(|_| crowded())?;
    let (of_address, of_all) = permits.map_err(|error| Fault::other("waiting to hash a password", error))?;
    Ok(Turn {
        _of_all: of_all,
        _of_address: of_address,
        _place: place,
    })
}

fn join(address: Option<IpAddr>) -> Option<(Place, Arc<Semaphore>)> {
    let turns = step_in(lock().get_or_insert_default(), address)?;
    Some((Place(address), turns))
}

fn step_in(lines: &mut Lines, address: Option<IpAddr>) -> Option<Arc<Semaphore>> {
    let max = match lines.values().map(|line| line.here).sum::<usize>() {
        ..HERE_MAX => OF_ADDRESS + WAITING_OF_ADDRESS,
        _ => OF_ADDRESS,
    };
    let line = lines.entry(address).or_insert_with(|| Line {
        turns: Arc::new(Semaphore::new(OF_ADDRESS)),
        here: 0,
    });
    if line.here >= max {
        return None;
    }
    line.here += 1;
    Some(Arc::clone(&line.turns))
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut addresses = lock();
        let Some(lines) = addresses.as_mut() else { return };
        if let Some(line) = lines.get_mut(&self.0) {
            line.here -= 1;
            if line.here == 0 {
                lines.remove(&self.0);
            }
        }
    }
}

fn lock() -> MutexGuard<'static, Option<Lines>> {
    ADDRESSES.lock().unwrap_or_else(PoisonError::into_inner)
}

fn crowded() -> Fault {
    Fault::Crowded("signing in")
}

#[cfg(test)]
mod tests {
    use futures::future::select_all;

    use super::*;

    fn address(last: u8) -> Option<IpAddr> {
        Some(IpAddr::from([203, 0, 113, last]))
    }

    /// By counting: however many come from one address, two have turns, and another address has its own at once.
    #[tokio::test]
    async fn one_address_waits_for_itself() {
        let first = wait(address(1)).await.unwrap();
        let second = wait(address(1)).await.unwrap();
        let mut waiting: Vec<_> = (0..WAITING_OF_ADDRESS).map(|_| Box::pin(wait(address(1)))).collect();
        for one in &mut waiting {
            assert!(futures::poll!(one).is_pending());
        }
        assert!(
            matches!(wait(address(1)).await, Err(Fault::Crowded(_))),
            "no place in the line"
        );

        let other = wait(address(2));
        let other = tokio::time::timeout(Duration::from_secs(1), other).await;
        assert!(matches!(other, Ok(Ok(_))), "another address has a turn at once");

        drop(first);
        let (next, _, rest) = select_all(waiting).await;
        assert!(next.is_ok(), "the next of the line");
        drop((rest, second, next, other));
        assert!(
            lock().as_ref().is_some_and(|lines| !lines.contains_key(&address(1))),
            "nothing is kept"
        );
    }

    #[test]
    fn however_many_wait_whoever_comes_from_elsewhere_has_a_place() {
        let mut lines = Lines::default();
        let mut places = |last, count: usize| {
            (0..count)
                .filter(|_| step_in(&mut lines, address(last)).is_some())
                .count()
        };
        for last in 1..=4 {
            assert_eq!(places(last, 100), 64, "as many as an address may have");
        }
        assert_eq!(places(5, 100), OF_ADDRESS);
        assert_eq!(places(1, 1), 0);
    }
}
