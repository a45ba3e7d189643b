//! Whatever dies at random while shoppers buy. `VITRINE_SURVIVAL_PURCHASES` says how many purchases
//! (40), `VITRINE_SURVIVAL_SEED` repeats a run's random choices; both are printed.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use futures::future::join_all;
use rand::{Rng, SeedableRng, rngs::StdRng};
use tokio_util::sync::CancellationToken;

use crate::{fleet::Fleet, from_environment, history::Purchase, shopper::Shopper, verdict};

/// Shoppers that buy at the same time.
const SHOPPERS: usize = 6;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_dies_the_books_balance() {
    let purchases: usize = from_environment("VITRINE_SURVIVAL_PURCHASES", 40);
    let seed: u64 = from_environment("VITRINE_SURVIVAL_SEED", rand::random());
    println!("{purchases} purchases, VITRINE_SURVIVAL_SEED={seed}");
    let fleet = Arc::new(Fleet::launch(2, 2).await);
    let variants = Arc::new(fleet.stock_up(5, purchases * 3).await);

    let done = CancellationToken::new();
    let havoc = tokio::spawn(wreak_havoc(fleet.clone(), seed, done.clone()));
    let started = Instant::now();
    let shoppers = (0..SHOPPERS).map(|number| {
        let share = purchases / SHOPPERS + usize::from(number < purchases % SHOPPERS);
        let shopper = Shopper::new(number, seed, fleet.bases(), variants.clone());
        tokio::spawn(shopper.buy(share))
    });
    let history: Vec<Purchase> = join_all(shoppers).await.into_iter().flat_map(Result::unwrap).collect();
    done.cancel();
    let havoc = havoc.await.unwrap();
    println!("bought for {:.1?} under {havoc:?}", started.elapsed());

    fleet.heal().await;
    let verdict = verdict::reach(&fleet, &history, havoc.kills).await;
    println!("{verdict}");
    fleet.retire().await;
    assert!(
        verdict.violations.is_empty(),
        "VITRINE_SURVIVAL_SEED={seed}: {:#?}",
        verdict.violations
    );
    assert_eq!(history.len(), purchases);
}

/// What was done to the shop.
#[derive(Debug, Default)]
struct Havoc {
    kills: usize,
    wipes: usize,
    cuts: usize,
}

async fn wreak_havoc(fleet: Arc<Fleet>, seed: u64, done: CancellationToken) -> Havoc {
    let mut random = StdRng::seed_from_u64(seed);
    let mut havoc = Havoc::default();
    loop {
        let pause = Duration::from_millis(random.random_range(300..1500));
        if tokio::time::timeout(pause, done.cancelled()).await.is_ok() {
            return havoc;
        }
        match random.random_range(0..6) {
            0 if fleet.wipe_redis().await => havoc.wipes += 1,
            1 if fleet.cut_database().await => havoc.cuts += 1,
            _ => {
                fleet.kill(random.random_range(0..fleet.size())).await;
                havoc.kills += 1;
            }
        }
    }
}
