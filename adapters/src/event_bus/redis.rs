//! One Redis channel for all processes of a shop; each has one subscriber, which feeds everyone
//! in its process.

use std::time::Duration;

use ::redis::{
    Client, RedisError,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use async_trait::async_trait;
use futures::{StreamExt, stream::BoxStream};
use tokio::{sync::broadcast, task::AbortHandle};
use vitrine_commerce::{
    ports::{
        EventBus,
        event_bus::{EventBusError, Topic},
    },
    supervise::restart_on_panic,
};

use super::{LAG_MAX, in_process::listen};

/// How long a message may take to leave: a shopper's answer waits for it.
const PUBLISH_TIMEOUT: Duration = Duration::from_millis(300);

/// After this silence the subscriber connects anew: a connection may die without a word.
const SILENCE_MAX: Duration = Duration::from_secs(60);

/// The pauses between attempts to connect.
const PAUSE_MIN: Duration = Duration::from_millis(100);
const PAUSE_MAX: Duration = Duration::from_secs(5);

/// Redis pub/sub.
pub struct RedisBus {
    connection: ConnectionManager,
    channel: String,
    heard: broadcast::Sender<Topic>,
    subscriber: AbortHandle,
}

impl RedisBus {
    /// Starts the subscriber, which connects when it can: a shop opens while its Redis is down.
    ///
    /// # Errors
    /// When the address cannot be read.
    pub fn start(url: &str, prefix: &str) -> Result<Self, RedisError> {
        let client = Client::open(url)?;
        let config = ConnectionManagerConfig::new()
            .set_response_timeout(Some(PUBLISH_TIMEOUT))
            .set_connection_timeout(Some(PUBLISH_TIMEOUT))
            .set_number_of_retries(1);
        let connection = ConnectionManager::new_lazy_with_config(client.clone(), config)?;
        let channel = format!("{prefix}:events");
        let heard = broadcast::Sender::new(LAG_MAX);
        let begin = {
            let (channel, heard) = (channel.clone(), heard.clone());
            move || subscribe_for_ever(client.clone(), channel.clone(), heard.clone())
        };
        let subscriber = tokio::spawn(restart_on_panic("hearing of events", begin)).abort_handle();
        Ok(Self {
            connection,
            channel,
            heard,
            subscriber,
        })
    }
}

impl Drop for RedisBus {
    fn drop(&mut self) {
        self.subscriber.abort();
    }
}

#[async_trait]
impl EventBus for RedisBus {
    async fn publish(&self, topics: &[Topic]) -> Result<(), EventBusError> {
        let message = serde_json::to_vec(topics).map_err(|error| EventBusError(error.into()))?;
        let mut connection = self.connection.clone();
        let mut command = ::redis::cmd("PUBLISH");
        command.arg(&self.channel).arg(message);
        match tokio::time::timeout(PUBLISH_TIMEOUT, command.exec_async(&mut connection)).await {
            Ok(outcome) => outcome.map_err(|error| EventBusError(error.into())),
            Err(elapsed) => Err(EventBusError(elapsed.into())),
        }
    }

    fn subscribe(&self) -> BoxStream<'static, Topic> {
        listen(&self.heard)
    }
}

async fn subscribe_for_ever(client: Client, channel: String, heard: broadcast::Sender<Topic>) {
    let mut pause = PAUSE_MIN;
    let mut broken = false;
    loop {
        match subscribe_once(&client, &channel, &heard, &mut broken).await {
            Ok(()) => pause = PAUSE_MIN,
            Err(error) => {
                if !broken {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "events of other processes are not heard: subscribers poll"
                    );
                    broken = true;
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
    heard: &broadcast::Sender<Topic>,
    broken: &mut bool,
) -> Result<(), RedisError> {
    let mut subscription = client.get_async_pubsub().await?;
    subscription.subscribe(channel).await?;
    if std::mem::take(broken) {
        tracing::info!("events of other processes are heard again");
    }
    let mut messages = subscription.into_on_message();
    while let Ok(Some(message)) = tokio::time::timeout(SILENCE_MAX, messages.next()).await {
        match serde_json::from_slice::<Vec<Topic>>(message.get_payload_bytes()) {
            Ok(topics) => topics.into_iter().for_each(|topic| {
                // An error means that nobody listens.
                let _ = heard.send(topic);
            }),
            // A newer version of this program may say what this one does not know.
            Err(error) => tracing::debug!(error = &error as &dyn std::error::Error, "an event was not understood"),
        }
    }
    Ok(())
}
