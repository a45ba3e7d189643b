//! Load: so many visitors at once, or so many visits a second.

mod connection;
mod figures;

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use futures::future::{BoxFuture, join_all};
use tokio::sync::mpsc;

pub use connection::{Connection, request};
pub use figures::{Figures, Latency, Samples};

/// Before anything is counted, so that pools are filled and statements prepared.
const WARM_UP: Duration = Duration::from_millis(1_000);

/// As many connections as visits at a fixed rate may need.
const OPEN_CONNECTIONS_MAX: usize = 256;

/// What is done over and over.
pub trait Workload: Send + Sync {
    /// Does it once, on a connection of the visitor's own; the number differs between visits.
    fn visit<'a>(&'a self, connection: &'a mut Connection, number: u64) -> BoxFuture<'a, anyhow::Result<()>>;
}

/// `at_once` visitors, each with a connection, who begin again as soon as they are done.
pub async fn closed(workload: &dyn Workload, address: SocketAddr, at_once: usize, time: Duration) -> Samples {
    let begin = Instant::now() + WARM_UP;
    let end = begin + time;
    let visitors = (0..at_once).map(|visitor| async move {
        let mut samples = Samples::default();
        let mut connection = None;
        let mut number = visitor as u64;
        while Instant::now() < end {
            let started = Instant::now();
            let outcome = visit(workload, address, &mut connection, number).await;
            number += at_once as u64;
            // What ends late was not done in this time.
            if started >= begin && Instant::now() <= end {
                samples.record(started.elapsed(), outcome);
            } else {
                samples.pass_over();
            }
        }
        samples
    });
    Samples::all(join_all(visitors).await, time)
}

/// `per_second` visits that begin when they are due, whether or not those before have ended. A visit's time counts
/// from when it was due: a server that falls behind cannot hide it.
pub async fn open(workload: &dyn Workload, address: SocketAddr, per_second: f64, time: Duration) -> Samples {
    let begin = Instant::now();
    let (due_send, due_receive) = async_channel(OPEN_CONNECTIONS_MAX * 64);
    let clock = async move {
        let mut number = 0_u64;
        loop {
            let due = begin + Duration::from_secs_f64(number as f64 / per_second);
            if due > begin + time {
                return;
            }
            tokio::time::sleep_until(due.into()).await;
            if due_send.send((due, number)).await.is_err() {
                return;
            }
            number += 1;
        }
    };
    let visitors = (0..OPEN_CONNECTIONS_MAX).map(|_| {
        let due_receive = due_receive.clone();
        async move {
            let mut samples = Samples::default();
            let mut connection = None;
            loop {
                let next = due_receive.lock().await.recv().await;
                let Some((due, number)) = next else { return samples };
                let outcome = visit(workload, address, &mut connection, number).await;
                samples.record(due.elapsed(), outcome);
            }
        }
    });
    let ((), samples) = tokio::join!(clock, join_all(visitors));
    Samples::all(samples, begin.elapsed())
}

type Due = (Instant, u64);
type Receiver = std::sync::Arc<tokio::sync::Mutex<mpsc::Receiver<Due>>>;

fn async_channel(bound: usize) -> (mpsc::Sender<Due>, Receiver) {
    let (send, receive) = mpsc::channel(bound);
    (send, std::sync::Arc::new(tokio::sync::Mutex::new(receive)))
}

async fn visit(
    workload: &dyn Workload,
    address: SocketAddr,
    connection: &mut Option<Connection>,
    number: u64,
) -> anyhow::Result<()> {
    let mut open = match connection.take() {
        Some(open) => open,
        None => Connection::open(address).await?,
    };
    workload.visit(&mut open, number).await?;
    // One on which something failed is not used again.
    *connection = Some(open);
    Ok(())
}
