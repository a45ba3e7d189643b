//! Shoppers who follow their orders live, and how soon all of them know.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::Context;
use futures::future::join_all;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use serde_json::json;
use tokio::sync::mpsc;

use crate::{
    load::{Connection, Samples},
    workloads::{Placed, Purchases, purchases::done},
};

pub const ORDER_UPDATES: &str = include_str!("../../documents/order_updates.graphql");
const ORDER_CANCEL: &str = include_str!("../../documents/order_cancel.graphql");

/// How many orders they follow between them.
const ORDERS: u64 = 20;

/// Connections that are opened at the same time.
const OPENED_AT_ONCE: usize = 100;

/// How long an update may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// `count` streams of Server-Sent Events on a server; then each order is cancelled, one after the other. A sample is
/// the time from sending that to the update, at each stream.
pub async fn subscribers(address: SocketAddr, count: usize) -> anyhow::Result<Samples> {
    let orders = Purchases::new(address, None).await?.place(address, ORDERS).await?;
    let (told, mut hears) = mpsc::channel(count);
    let mut followed = 0;
    while followed < count {
        let more = OPENED_AT_ONCE.min(count - followed);
        let opened = join_all((followed..followed + more).map(|number| {
            let order = &orders[number % orders.len()];
            follow(address, order)
        }));
        for (number, stream) in (followed..).zip(opened.await) {
            let (stream, told) = (stream?, told.clone());
            tokio::spawn(async move {
                // Whoever waits for it sees that it did not come.
                if cancelled(stream).await.is_ok() {
                    let _ = told.send((number % ORDERS as usize, Instant::now())).await;
                }
            });
        }
        followed += more;
    }
    drop(told);
    let mut connection = Connection::open(address).await?;
    let mut samples = Samples::default();
    let started = Instant::now();
    for (at, order) in orders.iter().enumerate() {
        let sent = Instant::now();
        let input = json!({ "orderId": order.order, "accessToken": order.token });
        done(&mut connection, "orderCancel", ORDER_CANCEL, input).await?;
        let expected = (0..count).filter(|number| number % orders.len() == at).count();
        for _ in 0..expected {
            let next = tokio::time::timeout(PATIENCE, hears.recv()).await;
            let (of, heard) = next.context("an update does not come")?.context("streams ended")?;
            anyhow::ensure!(of == at, "an update of another order");
            samples.record(heard - sent, Ok(()));
        }
    }
    Ok(Samples::all(vec![samples], started.elapsed()))
}

async fn follow(address: SocketAddr, order: &Placed) -> anyhow::Result<Incoming> {
    let variables = json!({ "order": order.order, "token": order.token });
    Connection::open(address).await?.follow(ORDER_UPDATES, &variables).await
}

/// Reads until the order is told to be cancelled.
async fn cancelled(mut stream: Incoming) -> anyhow::Result<()> {
    // An event may come in pieces.
    let mut unread = Vec::new();
    loop {
        let frame = stream.frame().await.context("the stream ended")??;
        let Ok(data) = frame.into_data() else { continue };
        unread.extend_from_slice(&data);
        if contains(&unread, b"\"CANCELLED\"") {
            return Ok(());
        }
        if let Some(end) = unread.iter().rposition(|byte| *byte == b'\n') {
            unread.drain(..end);
        }
    }
}

fn contains(text: &[u8], words: &[u8]) -> bool {
    text.windows(words.len()).any(|window| window == words)
}
