//! Whatever dies at random while shoppers buy. `VITRINE_SURVIVAL_PURCHASES` says how many purchases
//! (40, and no new ones after half a minute), `VITRINE_SURVIVAL_SEED` repeats a run's random choices; both
//! are printed.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use futures::future::join_all;
use rand::{Rng, SeedableRng, rngs::StdRng};
use tokio_util::sync::CancellationToken;

use vitrine_tests::worker::leases_run_out;

use crate::{fleet::Fleet, from_environment, history::Purchase, shopper::Shopper, verdict};

/// Shoppers that buy at the same time.
const SHOPPERS: usize = 6;

pub const PURCHASES: usize = 40;

/// How long new purchases are begun, where nobody said how many.
const BUYING: Duration = Duration::from_secs(30);

/// How long a process stands still.
const FREEZE: Duration = Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_dies_the_books_balance() {
    let purchases: usize = from_environment("VITRINE_SURVIVAL_PURCHASES", PURCHASES);
    let seed: u64 = from_environment("VITRINE_SURVIVAL_SEED", rand::random());
    println!("{purchases} purchases, VITRINE_SURVIVAL_SEED={seed}");
    let fleet = Arc::new(Fleet::launch(2, 2).await);
    let variants = Arc::new(fleet.stock_up(5, purchases * 3).await);

    let done = CancellationToken::new();
    let havoc = tokio::spawn(wreak_havoc(fleet.clone(), seed, done.clone()));
    let started = Instant::now();
    let history = buy(fleet.bases(), purchases, seed, &variants).await;
    done.cancel();
    let havoc = havoc.await.unwrap();
    println!(
        "bought {} times in {:.1?} under {havoc:?}",
        history.len(),
        started.elapsed()
    );

    fleet.heal().await;
    // Of the dead, mostly; whoever lives and loses one is fenced off.
    leases_run_out(&fleet.books.shop).await;
    let verdict = verdict::reach(&fleet, &history, havoc.kills + havoc.cuts).await;
    println!("{verdict}");
    fleet.retire().await;
    assert!(
        verdict.violations.is_empty(),
        "VITRINE_SURVIVAL_SEED={seed}: {:#?}",
        verdict.violations
    );
}

/// So many purchases by a few shoppers at the same time, or, where nobody said how many, as many as time
/// allows.
pub async fn buy(bases: Vec<String>, purchases: usize, seed: u64, variants: &Arc<Vec<String>>) -> Vec<Purchase> {
    let is_said = std::env::var_os("VITRINE_SURVIVAL_PURCHASES").is_some();
    let until = (!is_said).then(|| Instant::now() + BUYING);
    let shoppers = (0..SHOPPERS).map(|number| {
        let share = purchases / SHOPPERS + usize::from(number < purchases % SHOPPERS);
        let shopper = Shopper::new(number, seed, bases.clone(), variants.clone());
        tokio::spawn(shopper.buy(share, until))
    });
    let history: Vec<_> = join_all(shoppers).await.into_iter().flat_map(Result::unwrap).collect();
    assert!(history.len() >= SHOPPERS.min(purchases) && (!is_said || history.len() == purchases));
    history
}

/// What was done to the shop.
#[derive(Debug, Default)]
struct Havoc {
    kills: usize,
    wipes: usize,
    cuts: usize,
    freezes: usize,
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
            2 => {
                fleet.freeze(random.random_range(0..fleet.size()), FREEZE).await;
                havoc.freezes += 1;
            }
            _ => {
                fleet.kill(random.random_range(0..fleet.size())).await;
                havoc.kills += 1;
            }
        }
    }
}
