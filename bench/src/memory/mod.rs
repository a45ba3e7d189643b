//! What the server holds in memory while many are connected, and once they have gone. Each row is of a server of its
//! own, so that none inherits what another has left.

mod crowd;
mod flood;
mod held;

use std::time::{Duration, Instant};

use anyhow::Context;
use serde::Serialize;

use crate::{
    arguments::Arguments,
    shop::{Running, Shop},
    step::step,
    workloads::Purchases,
};
use crowd::Crowd;
use held::Kind;

/// How many orders are followed.
const ORDERS: u64 = 20;

/// What is left of what was taken, in parts of a hundred, when it counts as given back.
const LEFT_PERCENT: f64 = 10.0;

/// MiB that are not worth waiting for.
const TRIFLE: f64 = 2.0;

/// One row: MiB of the server's process alone.
#[derive(Debug, Serialize)]
pub struct Memory {
    pub what: &'static str,
    pub count: usize,
    pub before_mib: f64,
    /// With all of them connected; of a flood, the most at any time.
    pub during_mib: f64,
    /// KiB for each of them.
    pub each_kib: f64,
    /// Once they have gone.
    pub after_mib: f64,
    /// How long it took to come down to that.
    pub after_seconds: f64,
}

/// Everything, in turn.
pub async fn measure(arguments: &Arguments, shop: &Shop) -> anyhow::Result<Vec<Memory>> {
    let (held, quarter) = (arguments.held, arguments.held / 4);
    let crowds: [(&'static str, Vec<(Kind, usize)>); 4] = [
        ("silent WebSockets", vec![(Kind::Silent, held)]),
        ("orders followed by WebSocket", vec![(Kind::Socket, held)]),
        ("orders followed by SSE", vec![(Kind::Events, held)]),
        (
            "all of these: one half silent, a quarter each",
            vec![
                (Kind::Silent, held - 2 * quarter),
                (Kind::Socket, quarter),
                (Kind::Events, quarter),
            ],
        ),
    ];
    let mut rows = Vec::new();
    for (what, crowd) in crowds {
        let during = crowded(shop, arguments, what, &crowd).await?;
        rows.push(row(during, arguments).await?);
    }
    let during = flooded(shop, arguments).await?;
    rows.push(row(during, arguments).await?);
    Ok(rows)
}

/// A server when there were the most.
struct During {
    running: Running,
    what: &'static str,
    count: usize,
    before_mib: f64,
    during_mib: f64,
}

async fn crowded(
    shop: &Shop,
    arguments: &Arguments,
    what: &'static str,
    kinds: &[(Kind, usize)],
) -> anyhow::Result<During> {
    let count = kinds.iter().map(|(_, count)| count).sum();
    step(&format!("memory: {count} {what}"));
    let running = shop.run().await?;
    let orders = Purchases::new(shop.address, None)
        .await?
        .place(shop.address, ORDERS)
        .await?;
    let before_mib = rested(&running, arguments).await?;
    let mut crowd = Crowd::new(shop.address, &orders);
    for (kind, count) in kinds {
        crowd.join(*kind, *count).await?;
    }
    let during_mib = rested(&running, arguments).await?;
    crowd.check()?;
    Ok(During {
        running,
        what,
        count,
        before_mib,
        during_mib,
    })
}

async fn flooded(shop: &Shop, arguments: &Arguments) -> anyhow::Result<During> {
    let count = arguments.sign_ins;
    let what = "sign-ins at once";
    step(&format!("memory: {count} {what}"));
    let running = shop.run().await?;
    Purchases::new(shop.address, None)
        .await?
        .place(shop.address, ORDERS)
        .await?;
    let before_mib = rested(&running, arguments).await?;
    let flood = flood::sign_in(shop.address, count);
    tokio::pin!(flood);
    let mut during_mib = before_mib;
    loop {
        let look = tokio::time::sleep(Duration::from_millis(10));
        tokio::select! {
            done = &mut flood => break done?,
            () = look => during_mib = during_mib.max(now(&running)?),
        }
    }
    Ok(During {
        running,
        what,
        count,
        before_mib,
        during_mib,
    })
}

/// Ends the server, once it has given back what it took or has had the time to.
async fn row(during: During, arguments: &Arguments) -> anyhow::Result<Memory> {
    let During {
        running,
        what,
        count,
        before_mib,
        during_mib,
    } = during;
    let (begun, patience) = (Instant::now(), Duration::from_secs(arguments.give_back_seconds));
    let enough = before_mib + ((during_mib - before_mib) * LEFT_PERCENT / 100.0).max(TRIFLE);
    let mut after = (now(&running)?, begun.elapsed());
    while after.0 > enough && begun.elapsed() < patience {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let now = now(&running)?;
        if now < after.0 {
            after = (now, begun.elapsed());
        }
    }
    running.stop().await?;
    let row = Memory {
        what,
        count,
        before_mib,
        during_mib,
        each_kib: (during_mib - before_mib) * 1024.0 / count.max(1) as f64,
        after_mib: after.0,
        after_seconds: after.1.as_secs_f64(),
    };
    // Told at once: the next one takes minutes.
    step(&format!(
        "  {before_mib:.0} MiB before, {during_mib:.0} with them, {:.0} after {:.0} s",
        row.after_mib, row.after_seconds
    ));
    Ok(row)
}

async fn rested(running: &Running, arguments: &Arguments) -> anyhow::Result<f64> {
    tokio::time::sleep(Duration::from_secs(arguments.rest_seconds)).await;
    now(running)
}

fn now(running: &Running) -> anyhow::Result<f64> {
    let mib = running.watched.server_mib();
    mib.context("only Linux tells what a process holds in memory")
}
