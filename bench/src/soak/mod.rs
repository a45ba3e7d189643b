//! What is promised of checkouts while something is away, held for a while: nearly all of them succeed whichever of Redis,
//! the search engine and the mail server is down, and placing is quick however slow the payment provider is.

mod gate;
mod services;

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use serde::Serialize;
use tokio::task::JoinSet;

pub use services::Services;

use crate::{
    arguments::Arguments,
    load::{Connection, Latency, Samples},
    shop::Shop,
    step::step,
    verdict,
    workloads::Purchases,
};

/// How many of all checkouts are to succeed.
const SHARE_MIN: f64 = 0.999;

/// How long placing an order may take while the provider is slow, in milliseconds: the 95th percentile.
const PLACING_P95_MS_MAX: f64 = 900.0;

/// What came of the checkouts while something was away.
#[derive(Debug, Serialize)]
pub struct Spell {
    pub what: String,
    /// What is timed of each: the mutation that places it, until then.
    pub until: &'static str,
    pub checkouts: u64,
    pub succeeded: u64,
    #[serde(rename = "latency_ms")]
    pub latency: Latency,
    /// Until nothing was due any more, once everything was there again.
    pub caught_up_seconds: f64,
    pub failures: BTreeMap<String, u64>,
    /// Whether what is promised was held.
    pub holds: bool,
}

/// Whether a checkout is awaited.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    Paid,
    Placed,
}

/// All spells, one after the other, of a shop that runs.
pub async fn soak(arguments: &Arguments, shop: &Shop, services: &Services) -> anyhow::Result<Vec<Spell>> {
    let many = Arc::new(Purchases::new(shop.address, None).await?);
    let mut spells = vec![spell("nothing is down".to_owned(), Until::Paid, &many, arguments, shop).await?];
    for (name, gate) in services.gates() {
        gate.set_open(false);
        let what = format!("{name} is down");
        let samples = run(&what, Until::Paid, &many, arguments, shop.address).await;
        gate.set_open(true);
        spells.push(told(what, Until::Paid, samples, shop).await?);
    }
    let slow = Arc::new(Purchases::new(shop.address, None).await?.paying("tok_slow"));
    let what = "the provider is at its slowest".to_owned();
    spells.push(spell(what, Until::Placed, &slow, arguments, shop).await?);
    Ok(spells)
}

async fn spell(
    what: String,
    until: Until,
    purchases: &Arc<Purchases>,
    arguments: &Arguments,
    shop: &Shop,
) -> anyhow::Result<Spell> {
    let samples = run(&what, until, purchases, arguments, shop.address).await;
    told(what, until, samples, shop).await
}

async fn told(what: String, until: Until, samples: Samples, shop: &Shop) -> anyhow::Result<Spell> {
    step("waiting until nothing is due");
    let caught_up = verdict::rest(&shop.config).await?;
    let (latency, succeeded) = (samples.latency(), samples.count());
    let failures = samples.into_failures();
    let checkouts = succeeded + failures.values().sum::<u64>();
    let is_quick = until == Until::Paid || latency.p95 <= PLACING_P95_MS_MAX;
    Ok(Spell {
        what,
        until: match until {
            Until::Paid => "it is paid",
            Until::Placed => "it is placed",
        },
        checkouts,
        succeeded,
        holds: is_quick && succeeded > 0 && succeeded as f64 >= checkouts as f64 * SHARE_MIN,
        latency,
        caught_up_seconds: caught_up.as_secs_f64(),
        failures,
    })
}

/// So many checkouts a second, each begun when it is due, whether or not those before have ended; none is tried again.
async fn run(
    what: &str,
    until: Until,
    purchases: &Arc<Purchases>,
    arguments: &Arguments,
    address: SocketAddr,
) -> Samples {
    let (rate, time) = (arguments.soak_rate, Duration::from_secs(arguments.soak_seconds));
    step(&format!("{what}: {rate} checkouts a second, for {} s", time.as_secs()));
    let began = Instant::now();
    let mut shoppers = JoinSet::new();
    for number in 0..u64::from(rate) * time.as_secs() {
        let due = began + Duration::from_secs_f64(number as f64 / f64::from(rate));
        tokio::time::sleep_until(due.into()).await;
        let purchases = Arc::clone(purchases);
        shoppers.spawn(async move { check_out(&purchases, address, number, until).await });
    }
    let outcomes = shoppers.join_all().await;
    let mut samples = Samples::default();
    for outcome in outcomes {
        match outcome {
            Ok(took) => samples.record(took, Ok(())),
            Err(error) => samples.record(Duration::ZERO, Err(error)),
        }
    }
    Samples::all(vec![samples], began.elapsed())
}

/// Gives how long the last step took, which places the order.
async fn check_out(purchases: &Purchases, address: SocketAddr, number: u64, until: Until) -> anyhow::Result<Duration> {
    let mut connection = Connection::open(address).await?;
    let placed = purchases.buy(&mut connection, number, until == Until::Paid).await?;
    Ok(placed.placing)
}
