//! Wakes idle workers as soon as somebody hands something over. What is not heard, because Redis was away or the
//! message was lost, they find at their next look.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use ::redis::{Client, RedisError};
use apalis::prelude::{PollSnapshot, PollStrategy};
use futures::StreamExt;
use tokio::{
    sync::mpsc,
    task::AbortHandle,
    time::{Interval, MissedTickBehavior},
};
use vitrine_commerce::supervise::restart_on_panic;
use vitrine_entity::outbox::Queue;

use super::name;

/// After this silence the connection is made anew: it may have died without a word.
const SILENCE_MAX: Duration = Duration::from_secs(60);

/// How long connecting may take.
const CONNECT_MAX: Duration = Duration::from_secs(5);

/// The pauses between attempts to connect.
const PAUSE_MIN: Duration = Duration::from_millis(100);
const PAUSE_MAX: Duration = Duration::from_secs(5);

/// How soon after it was woken a worker looks once more: what woke it may have come while a look was under way
/// that did not see it yet.
const SECOND_LOOK: Duration = Duration::from_millis(5);

/// The workers of this process, by the queue's name: the last one that was started of each.
type Sleepers = Arc<Mutex<HashMap<&'static str, mpsc::Sender<()>>>>;

/// The one subscriber of this process, which listens once there is a worker.
pub(super) struct Listener {
    client: Client,
    channel: String,
    sleepers: Sleepers,
    subscriber: Mutex<Option<AbortHandle>>,
}

impl Listener {
    pub(super) fn new(client: Client, channel: String) -> Self {
        Self {
            client,
            channel,
            sleepers: Sleepers::default(),
            subscriber: Mutex::default(),
        }
    }

    /// Hears when a queue has something, in the place of whoever heard it before.
    pub(super) fn listen(&self, queue: Queue) -> mpsc::Receiver<()> {
        // One message waits: a worker takes all that there is.
        let (sender, receiver) = mpsc::channel(1);
        self.sleepers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name(queue), sender);
        let mut subscriber = self.subscriber.lock().unwrap_or_else(PoisonError::into_inner);
        if subscriber.is_none() {
            let (client, channel, sleepers) = (self.client.clone(), self.channel.clone(), self.sleepers.clone());
            let begin = move || subscribe_for_ever(client.clone(), channel.clone(), sleepers.clone());
            let listening = restart_on_panic("hearing of jobs", begin);
            *subscriber = Some(tokio::spawn(listening).abort_handle());
        }
        receiver
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let subscriber = self.subscriber.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(subscriber) = subscriber.take() {
            subscriber.abort();
        }
    }
}

async fn subscribe_for_ever(client: Client, channel: String, sleepers: Sleepers) {
    let (mut pause, mut broken) = (PAUSE_MIN, false);
    loop {
        match subscribe_once(&client, &channel, &sleepers, &mut broken).await {
            Ok(()) => pause = PAUSE_MIN,
            Err(error) => {
                if !std::mem::replace(&mut broken, true) {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "workers do not hear of fresh jobs: they look for them"
                    );
                }
                pause = (pause * 2).min(PAUSE_MAX);
            }
        }
        tokio::time::sleep(pause).await;
    }
}

/// Ends with `Ok` when a connection that once stood has ended.
async fn subscribe_once(
    client: &Client,
    channel: &str,
    sleepers: &Sleepers,
    broken: &mut bool,
) -> Result<(), RedisError> {
    let subscribing = async {
        let mut subscription = client.get_async_pubsub().await?;
        subscription.subscribe(channel).await?;
        Ok::<_, RedisError>(subscription)
    };
    let subscription = tokio::time::timeout(CONNECT_MAX, subscribing).await;
    let subscription = subscription.map_err(std::io::Error::from)??;
    if std::mem::take(broken) {
        tracing::info!("workers hear of fresh jobs again");
    }
    // What came before is not heard of any more.
    for sleeper in sleepers.lock().unwrap_or_else(PoisonError::into_inner).values() {
        let _ = sleeper.try_send(());
    }
    let mut messages = subscription.into_on_message();
    while let Ok(Some(message)) = tokio::time::timeout(SILENCE_MAX, messages.next()).await {
        let sleepers = sleepers.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = std::str::from_utf8(message.get_payload_bytes()).unwrap_or_default();
        if let Some(sleeper) = sleepers.get(queue) {
            // It is full where the worker has not even seen the last one.
            let _ = sleeper.try_send(());
        }
    }
    Ok(())
}

/// Wakes an idle worker when it is told, and at a steady pace. apalis's own strategies lose wake-ups.
#[derive(Debug)]
pub struct Wakes {
    told: mpsc::Receiver<()>,
    ticks: Interval,
}

impl Wakes {
    pub(super) fn new(told: mpsc::Receiver<()>, period: Duration) -> Self {
        let mut ticks = tokio::time::interval(period);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { told, ticks }
    }
}

impl PollStrategy for Wakes {
    fn poll_drive(&mut self, cx: &mut Context<'_>, _: &PollSnapshot) -> Poll<Option<()>> {
        // Up to what is pending: only that has this task's waker.
        while let Poll::Ready(Some(())) = self.told.poll_recv(cx) {
            self.ticks.reset_after(SECOND_LOOK);
        }
        while self.ticks.poll_tick(cx).is_ready() {}
        Poll::Ready(Some(()))
    }
}
