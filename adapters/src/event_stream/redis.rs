//! A stream of Redis, for consumer groups. It is no part of the truth: what Redis forgets, consumers that read too late miss,
//! and nothing of the shop goes by it.

use std::time::Duration;

use ::redis::{
    Client, RedisError,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use async_trait::async_trait;
use vitrine_commerce::ports::{
    EventStream,
    event_stream::{EventStreamError, StreamEntry},
};

/// How long Redis may take over a batch: only a job waits for it.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Appends to `{prefix}:event-stream`.
pub struct RedisStream {
    connection: ConnectionManager,
    key: String,
    length_max: u64,
}

impl RedisStream {
    /// Does not connect yet: a shop opens while its Redis is down. `length_max` is about how many entries Redis keeps.
    ///
    /// # Errors
    /// When the address cannot be read.
    pub fn new(url: &str, prefix: &str, length_max: u64) -> Result<Self, RedisError> {
        let config = ConnectionManagerConfig::new()
            .set_response_timeout(Some(TIMEOUT))
            .set_connection_timeout(Some(TIMEOUT))
            .set_number_of_retries(1);
        Ok(Self {
            connection: ConnectionManager::new_lazy_with_config(Client::open(url)?, config)?,
            key: format!("{prefix}:event-stream"),
            length_max,
        })
    }
}

#[async_trait]
impl EventStream for RedisStream {
    async fn append(&self, entries: &[StreamEntry]) -> Result<(), EventStreamError> {
        if entries.is_empty() {
            return Ok(());
        }
        let mut pipeline = ::redis::pipe();
        for entry in entries {
            // Nearly: cutting to the entry would cost each of them more.
            pipeline
                .cmd("XADD")
                .arg(&self.key)
                .arg("MAXLEN")
                .arg("~")
                .arg(self.length_max)
                .arg("*")
                .arg("id")
                .arg(&entry.id)
                .arg("type")
                .arg(&entry.kind)
                .arg("event")
                .arg(&entry.event)
                .ignore();
        }
        let mut connection = self.connection.clone();
        let appended: Result<(), RedisError> = pipeline.query_async(&mut connection).await;
        appended.map_err(|error| EventStreamError(error.into()))
    }
}
