//! The time of a shop of several processes: its database's, whatever their machines believe.
//!
//! Leases, reservations and schedules are written by one process and read by another. Were each to go by
//! its own machine's clock, one that runs a day ahead would find every lease run out and every order too
//! late to be paid.

use std::{
    sync::{Arc, PoisonError, RwLock, Weak},
    time::{Duration, Instant},
};

use anyhow::Context;
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DbErr, Statement};
use vitrine_commerce::{
    ports::{Clock, clock::SystemClock},
    reader::Reader,
    supervise::restart_on_panic,
};

/// How often the database is asked. In between, the time that has passed is measured.
const PERIOD: Duration = Duration::from_secs(5);

/// An answer that took longer says too little of when it was given.
const ANSWER_MAX: Duration = Duration::from_secs(1);

/// How far a machine's clock may be from the database's before somebody should look at it.
const APART_MAX: TimeDelta = TimeDelta::seconds(30);

/// PostgreSQL's clock, read now and then. While the database cannot be asked, the time goes on from its
/// last word.
#[derive(Debug)]
pub struct DatabaseClock {
    reading: RwLock<Reading>,
}

#[derive(Debug, Clone, Copy)]
struct Reading {
    time: DateTime<Utc>,
    at: Instant,
}

impl DatabaseClock {
    /// Reads the time, and goes on reading it until the clock is dropped.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn start(db: &Reader) -> anyhow::Result<Arc<Self>> {
        let (reading, _) = read(db).await.context("asking the database for the time")?;
        let apart = (SystemClock.now() - reading.time).abs();
        if apart > APART_MAX {
            tracing::warn!(
                seconds = apart.num_seconds(),
                "this machine's clock is not the database's: the shop goes by the database's"
            );
        }
        let clock = Arc::new(Self {
            reading: RwLock::new(reading),
        });
        let (weak, db) = (Arc::downgrade(&clock), db.clone());
        let begin = move || keep_reading(weak.clone(), db.clone());
        tokio::spawn(restart_on_panic("reading the database's time", begin));
        Ok(clock)
    }
}

impl Clock for DatabaseClock {
    fn now(&self) -> DateTime<Utc> {
        let Reading { time, at } = *self.reading.read().unwrap_or_else(PoisonError::into_inner);
        let since = TimeDelta::from_std(at.elapsed()).unwrap_or_default();
        (time + since).trunc_subsecs(6)
    }
}

async fn keep_reading(clock: Weak<DatabaseClock>, db: Reader) {
    loop {
        tokio::time::sleep(PERIOD).await;
        let outcome = tokio::time::timeout(PERIOD, read(&db)).await;
        let Some(clock) = clock.upgrade() else { return };
        match outcome {
            Ok(Ok((reading, took))) if took <= ANSWER_MAX => {
                *clock.reading.write().unwrap_or_else(PoisonError::into_inner) = reading;
            }
            // Whoever else asks the database tells what is wrong with it.
            Ok(Ok(_)) | Err(_) => {}
            Ok(Err(error)) => {
                tracing::debug!(error = &error as &dyn std::error::Error, "the time could not be read");
            }
        }
    }
}

/// The time, and how long it took to learn it: it was given somewhere in between.
async fn read(db: &Reader) -> Result<(Reading, Duration), DbErr> {
    let asked = Instant::now();
    let sql = "select clock_timestamp() as now";
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    let took = asked.elapsed();
    let row = row.ok_or_else(|| DbErr::RecordNotFound("the time".to_owned()))?;
    let reading = Reading {
        time: row.try_get("", "now")?,
        at: asked + took / 2,
    };
    Ok((reading, took))
}
