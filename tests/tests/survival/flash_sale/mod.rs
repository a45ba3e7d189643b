//! Many more shoppers than pieces, all at once. `VITRINE_SURVIVAL_SHOPPERS` says how many shoppers;
//! there is a piece for one in ten of them.
//!
//! Each has a cart that is ready and a connection of their own before the sale begins. Then all of
//! them place their order in the same moment. `tests/load/flash_sale` runs this in a release build
//! and sets its figures beside what the database alone can do.

mod buyer;

use std::{fmt, sync::Arc, time::Duration};

use futures::{StreamExt, future::join_all, stream};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use tokio::sync::Barrier;
use tokio_util::sync::CancellationToken;
use vitrine_entity::{ids::VariantId, stock, stock_entry};

use self::buyer::{Buyer, Placement};
use crate::{
    fleet::Fleet,
    from_environment,
    history::{Outcome, Purchase},
    verdict,
};

const SHOPPERS: usize = 500;
const SHOPPERS_A_PIECE: usize = 10;

/// How many fill their carts at the same time, before the sale.
const FILLING_MAX: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_piece_is_sold_once_and_everybody_else_is_told_so() {
    let shoppers: usize = from_environment("VITRINE_SURVIVAL_SHOPPERS", SHOPPERS);
    let pieces = shoppers / SHOPPERS_A_PIECE;
    let fleet = Arc::new(Fleet::launch(4, 1).await);
    println!(
        "{shoppers} shoppers want {pieces} pieces of {} server(s)",
        fleet.bases().len()
    );
    let variant = fleet.stock_up(1, pieces).await.remove(0);
    let crowd = gather(&fleet, &variant, shoppers).await;

    let sale_is_over = CancellationToken::new();
    let watcher = tokio::spawn(fewest_seen(fleet.clone(), variant.clone(), sale_is_over.clone()));
    let sale = Sale::hold(crowd).await;
    sale_is_over.cancel();
    let fewest_seen = watcher.await.unwrap();
    println!("{sale}");

    let verdict = verdict::reach(&fleet, &sale.history, 0).await;
    println!("{verdict}");
    let stock = stock_of(&fleet, &variant).await;
    let fewest_written = fewest_written(&fleet, &variant).await;
    fleet.retire().await;

    assert!(verdict.violations.is_empty(), "{:#?}", verdict.violations);
    assert_eq!((sale.acknowledged(), sale.refused()), (pieces, shoppers - pieces));
    assert_eq!(verdict.orders, pieces);
    assert_eq!(verdict.by_status, [("Confirmed".to_owned(), pieces)].into());
    assert_eq!(sale.unclean_refusals(), Vec::<&String>::new());
    assert_eq!((stock.on_hand, stock.reserved), (0, 0));
    assert_eq!(fewest_written, 0, "by the ledger, after each of its entries");
    assert!(fewest_seen >= 0, "{fewest_seen} were available");
}

async fn gather(fleet: &Fleet, variant: &str, shoppers: usize) -> Vec<Buyer> {
    let bases = fleet.bases();
    let buyers = (0..shoppers).map(|number| Buyer::arrive(bases[number % bases.len()].clone(), variant));
    stream::iter(buyers).buffer_unordered(FILLING_MAX).collect().await
}

/// What came of it, and how fast.
struct Sale {
    history: Vec<Purchase>,
    /// From the first request to the last answer, and to the last that told of an order.
    took: Duration,
    sold_after: Duration,
    /// In ascending order.
    latencies: Vec<Duration>,
}

impl Sale {
    async fn hold(crowd: Vec<Buyer>) -> Self {
        let begin = Arc::new(Barrier::new(crowd.len()));
        let placing = crowd.into_iter().map(|buyer| tokio::spawn(buyer.place(begin.clone())));
        let placed: Vec<Placement> = join_all(placing).await.into_iter().map(Result::unwrap).collect();
        let began = placed.iter().map(|placement| placement.began).min().unwrap();
        let after = |placements: &mut dyn Iterator<Item = &Placement>| {
            let answers = placements.map(|placement| placement.answered - began);
            answers.max().unwrap_or_default()
        };
        let took = after(&mut placed.iter());
        let sold_after = after(
            &mut placed
                .iter()
                .filter(|placement| placement.purchase.acknowledged().is_some()),
        );
        let mut latencies: Vec<_> = placed
            .iter()
            .map(|placement| placement.answered - placement.began)
            .collect();
        latencies.sort_unstable();
        Self {
            history: placed.into_iter().map(|placement| placement.purchase).collect(),
            took,
            sold_after,
            latencies,
        }
    }

    fn acknowledged(&self) -> usize {
        let purchases = self.history.iter();
        purchases.filter(|purchase| purchase.acknowledged().is_some()).count()
    }

    /// The last word to everybody who got nothing. What went before it is settled by it: with the same
    /// key, an order that was there would have been answered.
    fn refusals(&self) -> impl Iterator<Item = &String> {
        let last = self.history.iter().filter_map(|purchase| purchase.placements.last());
        last.filter_map(|outcome| match outcome {
            Outcome::Refused(errors) => Some(errors),
            Outcome::Done(_) | Outcome::Unknown => None,
        })
    }

    fn refused(&self) -> usize {
        self.refusals().count()
    }

    /// What was refused for another reason than that nothing is left.
    fn unclean_refusals(&self) -> Vec<&String> {
        let clean = |errors: &&String| errors.contains("\"INSUFFICIENT_STOCK\"");
        self.refusals().filter(|errors| !clean(errors)).collect()
    }

    fn latency(&self, percent: usize) -> Duration {
        let last = self.latencies.len() - 1;
        self.latencies[last * percent / 100]
    }
}

impl fmt::Display for Sale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rate = |count: usize, time: Duration| count as f64 / time.as_secs_f64();
        let asked_again: usize = self.history.iter().map(|purchase| purchase.placements.len() - 1).sum();
        write!(
            f,
            "sale       {} orders in {:.3} s: {:.1} orders/s; {} placements in {:.3} s: {:.1} placements/s; \
             latency p50 {:.0?}, p95 {:.0?}, max {:.0?}; {asked_again} asked again",
            self.acknowledged(),
            self.sold_after.as_secs_f64(),
            rate(self.acknowledged(), self.sold_after),
            self.history.len(),
            self.took.as_secs_f64(),
            rate(self.history.len(), self.took),
            self.latency(50),
            self.latency(95),
            self.latency(100),
        )
    }
}

async fn stock_of(fleet: &Fleet, variant: &str) -> stock::Model {
    let variant: VariantId = variant.parse().unwrap();
    let rows = stock::Entity::find().filter(stock::Column::VariantId.eq(variant));
    rows.one(&fleet.books.shop.db).await.unwrap().unwrap()
}

/// Looks at the stock all the time; gives the fewest pieces that were ever available.
async fn fewest_seen(fleet: Arc<Fleet>, variant: String, sale_is_over: CancellationToken) -> i64 {
    let mut fewest = i64::MAX;
    while !sale_is_over.is_cancelled() {
        let stock = stock_of(&fleet, &variant).await;
        fewest = fewest.min(stock.on_hand - stock.reserved);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    fewest
}

/// The fewest pieces that were available after any entry of the ledger.
async fn fewest_written(fleet: &Fleet, variant: &str) -> i64 {
    let variant: VariantId = variant.parse().unwrap();
    let entries = stock_entry::Entity::find()
        .filter(stock_entry::Column::VariantId.eq(variant))
        .order_by_asc(stock_entry::Column::Id);
    let entries = entries.all(&fleet.books.shop.db).await.unwrap();
    let available = entries.iter().scan(0, |available, entry| {
        *available += entry.on_hand_delta - entry.reserved_delta;
        Some(*available)
    });
    available.min().unwrap_or_default()
}
