//! Webhooks come until they are taken, several at the same time.

use std::sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering},
};

use chrono::TimeDelta;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Barrier,
};
use vitrine_adapters::payment::simulated::deliver_over_http;
use vitrine_tests::patience::within;

use super::on_the_simulated;
use crate::payment::bench::Bench;

on_the_simulated![
    webhooks_come_until_they_are_taken,
    what_a_dead_process_took_comes_again,
    several_are_sent_at_once_but_not_all,
    two_senders_take_each_once,
    round_follows_round,
];

/// As many as are sent at the same time.
const AT_ONCE: usize = 16;

async fn webhooks_come_until_they_are_taken(bench: Bench) {
    bench.held().await;
    let refused = Mutex::new(Vec::new());
    let taken = bench.own().deliver_due(|webhook| async {
        refused.lock().unwrap().push(webhook);
        false
    });
    assert_eq!(taken.await.unwrap(), 0);
    assert_eq!(bench.take().await.len(), 0, "not before the pause is over");
    bench.move_clock(TimeDelta::seconds(2));
    let again = bench.take().await;
    let refused = refused.into_inner().unwrap();
    assert_eq!((again.len(), &again[0].body), (1, &refused[0].body));
    assert_eq!((refused[0].attempt, again[0].attempt), (1, 2));
    bench.move_clock(TimeDelta::hours(1));
    assert_eq!(bench.take().await.len(), 0, "what was taken does not come again");
}

async fn what_a_dead_process_took_comes_again(bench: Bench) {
    bench.captured().await;
    assert_eq!(bench.own().due_webhooks().await.unwrap().len(), 1);
    bench.move_clock(TimeDelta::seconds(29));
    assert_eq!(bench.take().await.len(), 0);
    bench.move_clock(TimeDelta::seconds(2));
    assert_eq!(bench.take().await.len(), 1);
}

/// Each waits until as many are on their way as may be: were they fewer, none would arrive.
async fn several_are_sent_at_once_but_not_all(bench: Bench) {
    for _ in 0..2 * AT_ONCE {
        bench.captured().await;
    }
    let (barrier, on_their_way, most) = (Barrier::new(AT_ONCE), AtomicUsize::new(0), AtomicUsize::new(0));
    let delivery = bench.own().deliver_due(|_| async {
        let now = on_their_way.fetch_add(1, Ordering::SeqCst) + 1;
        most.fetch_max(now, Ordering::SeqCst);
        barrier.wait().await;
        on_their_way.fetch_sub(1, Ordering::SeqCst);
        true
    });
    let taken = within("as many as may be on their way", delivery).await;
    assert_eq!(taken.unwrap(), 2 * AT_ONCE);
    assert_eq!(most.into_inner(), AT_ONCE);
}

async fn two_senders_take_each_once(bench: Bench) {
    for _ in 0..30 {
        bench.captured().await;
    }
    let senders: Vec<_> = (0..4)
        .map(|_| {
            let provider = bench.own().clone();
            tokio::spawn(async move { provider.due_webhooks().await })
        })
        .collect();
    let mut ids = Vec::new();
    for sender in senders {
        let taken = sender.await.unwrap().unwrap();
        ids.extend(taken.into_iter().map(|webhook| webhook.id));
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 30);
    assert_eq!(bench.take().await.len(), 0);
}

async fn round_follows_round(bench: Bench) {
    // More than two rounds.
    for _ in 0..40 {
        bench.captured_with("tok_webhook_thrice_at_once").await;
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            tokio::spawn(answer(stream));
        }
    });
    let taken = deliver_over_http(bench.own(), &vitrine_tests::client::http(), &url).await;
    assert_eq!(taken.unwrap(), 120);
    assert_eq!(bench.take().await.len(), 0);
    server.abort();
}

/// Takes one request, and says that it was.
async fn answer(mut stream: TcpStream) {
    let mut request = Vec::new();
    let mut part = [0; 4096];
    while !is_whole(&request) {
        match stream.read(&mut part).await.unwrap() {
            0 => return,
            length => request.extend_from_slice(&part[..length]),
        }
    }
    let answer = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
    stream.write_all(answer).await.unwrap();
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    length
        .and_then(|length| length.parse().ok())
        .is_some_and(|length: usize| body.len() >= length)
}
