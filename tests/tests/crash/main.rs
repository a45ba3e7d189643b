//! The shop as real processes, killed with -9 at random while shoppers buy: on PostgreSQL and Redis
//! two servers and two workers, with Redis wiped now and then; embedded, the one process that is
//! the whole shop. Afterwards everything is healed, and the books must balance.
//!
//! `VITRINE_CRASH_PURCHASES` says how many purchases (40), `VITRINE_CRASH_SEED` repeats a run's
//! random choices; both are printed.
#![expect(clippy::unwrap_used, reason = "a test that meets what it did not expect has failed")]

mod fleet;
mod shopper;
mod verdict;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use futures::future::join_all;
use rand::{Rng, SeedableRng, rngs::StdRng};
use tokio_util::sync::CancellationToken;

use fleet::Fleet;
use shopper::Shopper;

/// Shoppers that buy at the same time.
const SHOPPERS: usize = 6;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_dies_the_books_balance() {
    let purchases: usize = from_environment("VITRINE_CRASH_PURCHASES", 40);
    let seed: u64 = from_environment("VITRINE_CRASH_SEED", rand::random());
    println!("{purchases} purchases, VITRINE_CRASH_SEED={seed}");
    let fleet = Arc::new(Fleet::launch().await);
    let variants = Arc::new(fleet.stock_up(purchases).await);

    let done = CancellationToken::new();
    let chaos = tokio::spawn(wreak_havoc(fleet.clone(), seed, done.clone()));
    let started = Instant::now();
    let shoppers = (0..SHOPPERS).map(|number| {
        let share = purchases / SHOPPERS + usize::from(number < purchases % SHOPPERS);
        let shopper = Shopper::new(number, seed, fleet.bases(), variants.clone());
        tokio::spawn(shopper.buy(share))
    });
    let acknowledged: Vec<_> = join_all(shoppers).await.into_iter().flat_map(Result::unwrap).collect();
    done.cancel();
    let havoc = chaos.await.unwrap();
    println!(
        "bought {} in {:.1?} under {havoc:?}",
        acknowledged.len(),
        started.elapsed()
    );

    fleet.heal().await;
    let verdict = verdict::reach(&fleet, &acknowledged, havoc.kills).await;
    println!("{verdict}");
    fleet.retire().await;
    assert!(
        verdict.violations.is_empty(),
        "VITRINE_CRASH_SEED={seed}: {:#?}",
        verdict.violations
    );
    assert_eq!(acknowledged.len(), purchases);
}

/// What was done to the shop.
#[derive(Debug, Default)]
struct Havoc {
    kills: usize,
    wipes: usize,
}

async fn wreak_havoc(fleet: Arc<Fleet>, seed: u64, done: CancellationToken) -> Havoc {
    let mut random = StdRng::seed_from_u64(seed);
    let mut havoc = Havoc::default();
    loop {
        let pause = Duration::from_millis(random.random_range(300..1500));
        if tokio::time::timeout(pause, done.cancelled()).await.is_ok() {
            return havoc;
        }
        if random.random_ratio(1, 4) && fleet.wipe_redis().await {
            havoc.wipes += 1;
        } else {
            fleet.kill(random.random_range(0..fleet.size())).await;
            havoc.kills += 1;
        }
    }
}

fn from_environment<T: std::str::FromStr>(name: &str, otherwise: T) -> T {
    match std::env::var(name) {
        Ok(text) => text
            .parse()
            .unwrap_or_else(|_| panic!("{name} is not a number: {text}")),
        Err(_) => otherwise,
    }
}
