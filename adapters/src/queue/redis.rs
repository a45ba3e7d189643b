//! The queue of a shop of several processes: apalis on Redis.
//!
//! Each hand-over is a task of its own, with an id that apalis makes. The outbox row's id would
//! make a second hand-over of the same row a silent no-op, and rows *are* handed over again: after
//! each failed attempt, and after a worker or the whole Redis was lost. That a row may so wait
//! twice is harmless: the second worker to claim it finds it done.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use ::redis::{
    Client, RedisError, Script,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use apalis::prelude::{BackendExt, PollWith};
use apalis_redis::{Config, RedisStorage};
use async_trait::async_trait;
use tokio::time::Instant;
use uuid::Uuid;
use vitrine_commerce::{
    outbox::QUEUES,
    ports::{JobQueue, queue::QueueError},
};
use vitrine_entity::{
    ids::{OutboxId, encode_base32},
    outbox::Queue,
};

use super::{
    Full, WAITING_MAX, is_full, name,
    wake::{Listener, Wakes},
};

/// What an apalis worker takes this queue's jobs from.
pub type RedisBackend = PollWith<RedisStorage<OutboxId>, Wakes>;

/// How long a hand-over may take: a shopper's answer waits for it.
const PUSH_TIMEOUT: Duration = Duration::from_millis(500);

/// How long nobody tries after Redis has failed, so that not every answer waits for it.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(1);

/// How long a worker waits for Redis. The client's own 500 ms killed workers at every hiccup.
const WORKER_TIMEOUT: Duration = Duration::from_secs(10);

/// A worker that has been silent for [`HEARTBEAT_INTERVAL`] × [`MISSED_HEARTBEATS`] is dead, and
/// its tasks are given to others.
const HEARTBEAT_INTERVAL: Duration = Duration::from_secs(5);
const MISSED_HEARTBEATS: usize = 6;

/// How many finished tasks [`RedisQueue::tidy`] removes in one step, and how many steps it takes.
const TIDY_BATCH: usize = 500;
const TIDY_STEPS_MAX: usize = 100;

/// apalis on Redis, with its keys under a prefix.
pub struct RedisQueue {
    producer: ConnectionManager,
    worker: ConnectionManager,
    prefix: String,
    failed_at: Mutex<Option<Instant>>,
    listener: Listener,
}

#[async_trait]
impl JobQueue for RedisQueue {
    async fn push(&self, queue: Queue, jobs: &[OutboxId]) -> Result<(), QueueError> {
        self.unless_away(self.try_push(queue, jobs)).await
    }

    /// Writes something: a Redis that is out of memory, or read-only, answers a mere question.
    fn is_attended(&self) -> bool {
        true
    }

    async fn ping(&self) -> Result<(), QueueError> {
        let mut connection = self.producer.clone();
        let mut command = ::redis::cmd("SET");
        command.arg(format!("{}:ping", self.prefix)).arg(1).arg("EX").arg(60);
        let ping = command.query_async::<String>(&mut connection);
        tokio::time::timeout(PUSH_TIMEOUT, ping)
            .await
            .map_err(queue_error)?
            .map_err(queue_error)?;
        Ok(())
    }
}

impl RedisQueue {
    /// Does not connect yet: a shop opens while its Redis is down.
    ///
    /// # Errors
    /// When the address cannot be read.
    pub fn new(url: &str, prefix: &str) -> Result<Self, RedisError> {
        let client = Client::open(url)?;
        Ok(Self {
            producer: connection(&client, PUSH_TIMEOUT)?,
            worker: connection(&client, WORKER_TIMEOUT)?,
            prefix: prefix.to_owned(),
            failed_at: Mutex::default(),
            listener: Listener::new(client, wake_channel(prefix)),
        })
    }

    /// For an apalis worker, which looks for work when it hears of some, and every `poll` at the latest.
    pub fn backend(&self, queue: Queue, poll: Duration) -> RedisBackend {
        RedisStorage::new(self.worker.clone())
            .with_config(self.config(queue))
            .poll_with_strategy(Wakes::new(self.listener.listen(queue), poll))
    }

    /// How many more jobs the queue takes now.
    pub(super) async fn room(&self, queue: Queue) -> Result<usize, QueueError> {
        self.unless_away(self.try_room(queue)).await
    }

    /// Asks Redis within its time, unless it has failed a moment ago.
    async fn unless_away<T>(&self, asking: impl Future<Output = Result<T, QueueError>>) -> Result<T, QueueError> {
        let failed_at = *self.failed_at.lock().unwrap_or_else(PoisonError::into_inner);
        if failed_at.is_some_and(|failed_at| failed_at.elapsed() < PAUSE_AFTER_FAILURE) {
            return Err(QueueError("it failed a moment ago".into()));
        }
        let outcome = match tokio::time::timeout(PUSH_TIMEOUT, asking).await {
            Ok(outcome) => outcome,
            Err(elapsed) => Err(QueueError(elapsed.into())),
        };
        let failed = outcome.as_ref().is_err_and(|error| !is_full(error));
        *self.failed_at.lock().unwrap_or_else(PoisonError::into_inner) = failed.then(Instant::now);
        outcome
    }

    /// How it keeps what it is given: the settings that say so, by name. Those that it does not tell are not there.
    ///
    /// # Errors
    /// When it does not answer, or tells nobody its settings.
    pub(crate) async fn settings(&self) -> Result<BTreeMap<String, String>, QueueError> {
        let mut settings = BTreeMap::new();
        for name in ["maxmemory", "maxmemory-policy", "appendonly", "save"] {
            let mut ask = ::redis::cmd("CONFIG");
            let told: BTreeMap<String, String> = ask
                .arg("GET")
                .arg(name)
                .query_async(&mut self.producer.clone())
                .await
                .map_err(queue_error)?;
            settings.extend(told);
        }
        Ok(settings)
    }

    async fn try_room(&self, queue: Queue) -> Result<usize, QueueError> {
        let config = self.config(queue);
        let (active, scheduled): (usize, usize) = ::redis::pipe()
            .llen(config.active_jobs_list())
            .zcard(config.scheduled_jobs_set())
            .query_async(&mut self.producer.clone())
            .await
            .map_err(queue_error)?;
        Ok(WAITING_MAX.saturating_sub(active + scheduled))
    }

    /// Removes finished tasks, tasks without data and the records of dead workers: apalis keeps
    /// them for ever.
    pub(super) async fn tidy(&self) -> Result<(), QueueError> {
        let script = Script::new(include_str!("tidy.lua"));
        for queue in QUEUES {
            let config = self.config(queue);
            for _ in 0..TIDY_STEPS_MAX {
                let removed: usize = script
                    .key(config.done_jobs_set())
                    .key(config.dead_jobs_set())
                    .key(config.job_data_hash())
                    .key(config.active_jobs_list())
                    .key(config.scheduled_jobs_set())
                    .key(config.job_meta_hash())
                    .arg(TIDY_BATCH)
                    .invoke_async(&mut self.worker.clone())
                    .await
                    .map_err(queue_error)?;
                if removed < TIDY_BATCH {
                    break;
                }
            }
            self.forget_workers(&config).await.map_err(queue_error)?;
        }
        Ok(())
    }

    /// A worker's record outlives its place among the living.
    async fn forget_workers(&self, config: &Config) -> Result<(), RedisError> {
        let mut connection = self.worker.clone();
        let records = format!("{}:workers:metadata:", config.queue.as_ref());
        let mut cursor = 0u64;
        loop {
            let (next, keys): (u64, Vec<String>) = ::redis::cmd("SCAN")
                .arg(cursor)
                .arg("MATCH")
                .arg(format!("{records}*"))
                .arg("COUNT")
                .arg(1000)
                .query_async(&mut connection)
                .await?;
            for key in keys {
                let worker = &key[records.len()..];
                let seen: Option<f64> = ::redis::cmd("ZSCORE")
                    .arg(config.workers_set())
                    .arg(worker)
                    .query_async(&mut connection)
                    .await?;
                if seen.is_none() {
                    ::redis::cmd("DEL").arg(&key).exec_async(&mut connection).await?;
                }
            }
            cursor = next;
            if cursor == 0 {
                return Ok(());
            }
        }
    }

    async fn try_push(&self, queue: Queue, jobs: &[OutboxId]) -> Result<(), QueueError> {
        if self.try_room(queue).await? < jobs.len() {
            return Err(QueueError(Full.into()));
        }
        let config = self.config(queue);
        let script = Script::new(include_str!("push.lua"));
        let mut push = script.key(config.job_data_hash());
        push.key(config.job_meta_hash())
            .key(config.active_jobs_list())
            .key(config.signal_list())
            .key(wake_channel(&self.prefix))
            .arg(name(queue));
        for job in jobs {
            let data = serde_json::to_vec(job).map_err(queue_error)?;
            // apalis reads and writes its ids in capitals.
            let id = encode_base32(Uuid::from_u128(rand::random())).to_ascii_uppercase();
            push.arg(id).arg(data);
        }
        push.invoke_async(&mut self.producer.clone()).await.map_err(queue_error)
    }

    fn config(&self, queue: Queue) -> Config {
        Config::default()
            .queue(format!("{}:{}", self.prefix, name(queue)))
            // While more is buffered, a worker sends neither heartbeat nor acknowledgement.
            .batch_size(1)
            .heartbeat_interval(HEARTBEAT_INTERVAL)
            .missed_heartbeats(MISSED_HEARTBEATS)
            // The outbox's lease is the lock; one round trip less for each job.
            .lock_tasks(false)
            .emit_events(false)
    }
}

fn connection(client: &Client, response_timeout: Duration) -> Result<ConnectionManager, RedisError> {
    let config = ConnectionManagerConfig::new()
        .set_response_timeout(Some(response_timeout))
        .set_connection_timeout(Some(response_timeout))
        // Whoever waits has a fallback, and whoever comes next tries again.
        .set_number_of_retries(1);
    ConnectionManager::new_lazy_with_config(client.clone(), config)
}

/// Where workers hear that a queue has something.
fn wake_channel(prefix: &str) -> String {
    format!("{prefix}:wake")
}

fn queue_error(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> QueueError {
    QueueError(error.into())
}
