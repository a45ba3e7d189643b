//! Far more shoppers than pieces, all at once.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use futures::future::join_all;

use crate::{
    catalogue::SALE,
    load::{Connection, Samples},
    workloads::Purchases,
};

/// What a shopper is told who came too late, by whichever step notices.
const TOO_LATE: [&str; 2] = ["INSUFFICIENT_STOCK", "CART_NOT_READY"];

/// Three shoppers for each of so many pieces, `at_once` of them at the same time. The rate counts from the first to the last piece that
/// was sold.
///
/// # Errors
/// When more or fewer pieces were sold than there are.
pub async fn flash_sale(address: SocketAddr, pieces: u64, at_once: usize) -> anyhow::Result<Samples> {
    let purchases = Purchases::new(address, Some(SALE)).await?;
    let next = AtomicU64::new(0);
    let started = Instant::now();
    let shoppers = (0..at_once).map(|_| async {
        let mut connection = Connection::open(address).await?;
        let (mut samples, mut last, mut sold) = (Samples::default(), Duration::ZERO, 0);
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= 3 * pieces {
                return anyhow::Ok((samples, last, sold));
            }
            let begun = Instant::now();
            match purchases.buy(&mut connection, number, false).await {
                Ok(_) => {
                    samples.record(begun.elapsed(), Ok(()));
                    (last, sold) = (started.elapsed(), sold + 1);
                }
                Err(error) if TOO_LATE.iter().any(|code| error.to_string().contains(code)) => {}
                Err(error) => samples.record(begun.elapsed(), Err(error)),
            }
        }
    });
    let (mut all, mut time, mut sold) = (Vec::new(), Duration::ZERO, 0);
    for shopper in join_all(shoppers).await {
        let (samples, last, count) = shopper?;
        all.push(samples);
        (time, sold) = (time.max(last), sold + count);
    }
    anyhow::ensure!(sold == pieces, "{sold} pieces were sold of {pieces}");
    Ok(Samples::all(all, time))
}
