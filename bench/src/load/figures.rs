//! What was measured, and how it is told.

use std::{collections::BTreeMap, time::Duration};

use hdrhistogram::Histogram;
use serde::Serialize;

use crate::usage::Used;

/// How long visits took, in microseconds, and why others failed.
pub struct Samples {
    times: Histogram<u64>,
    failures: BTreeMap<String, u64>,
    /// All visits, those before and after the time that counts, too: they used the processor.
    visits: u64,
    time: Duration,
}

/// Milliseconds.
#[derive(Debug, Serialize)]
pub struct Latency {
    pub p50: f64,
    pub p95: f64,
    pub p99: f64,
    pub p999: f64,
}

/// One line of the table.
#[derive(Debug, Serialize)]
pub struct Figures {
    pub what: String,
    /// How many visitors there were, or how many visits a second were asked for.
    pub load: String,
    pub per_second: f64,
    #[serde(rename = "latency_ms")]
    pub latency: Latency,
    /// Milliseconds a visit, of the server and the worker together, and of a PostgreSQL on this machine.
    pub cpu_ms: Option<f64>,
    pub database_cpu_ms: Option<f64>,
    /// MiB, of the server and the worker together, afterwards.
    pub memory_mib: Option<f64>,
    /// Why visits failed, and how often.
    pub failures: BTreeMap<String, u64>,
}

impl Default for Samples {
    fn default() -> Self {
        Self {
            // Up to a minute, three digits.
            times: Histogram::new_with_bounds(1, 60_000_000, 3).expect("bounds that a histogram can have"),
            failures: BTreeMap::new(),
            visits: 0,
            time: Duration::ZERO,
        }
    }
}

impl Samples {
    /// A visit that is not measured.
    pub fn pass_over(&mut self) {
        self.visits += 1;
    }

    pub fn record(&mut self, took: Duration, outcome: anyhow::Result<()>) {
        self.visits += 1;
        match outcome {
            Ok(()) => self.times.saturating_record(took.as_micros() as u64),
            Err(error) => *self.failures.entry(format!("{error:#}")).or_default() += 1,
        }
    }

    pub fn all(of: Vec<Self>, time: Duration) -> Self {
        let mut all = Self {
            time,
            ..Self::default()
        };
        for samples in of {
            all.times.add(samples.times).expect("histograms of the same bounds");
            all.visits += samples.visits;
            for (why, count) in samples.failures {
                *all.failures.entry(why).or_default() += count;
            }
        }
        all
    }

    /// How many visits succeeded.
    pub fn count(&self) -> u64 {
        self.times.len()
    }

    /// Why others failed, and how often.
    pub fn into_failures(self) -> BTreeMap<String, u64> {
        self.failures
    }

    pub fn per_second(&self) -> f64 {
        self.count() as f64 / self.time.as_secs_f64()
    }

    pub fn latency(&self) -> Latency {
        let at = |quantile| self.times.value_at_quantile(quantile) as f64 / 1_000.0;
        Latency {
            p50: at(0.5),
            p95: at(0.95),
            p99: at(0.99),
            p999: at(0.999),
        }
    }

    pub fn figures(self, what: &str, load: String, used: &Used) -> Figures {
        let each = |time: Duration| time.as_secs_f64() * 1_000.0 / self.visits.max(1) as f64;
        Figures {
            what: what.to_owned(),
            load,
            per_second: self.per_second(),
            latency: self.latency(),
            cpu_ms: used.shop.map(each),
            database_cpu_ms: used.database.map(each),
            memory_mib: used.memory_mib,
            failures: self.failures,
        }
    }
}
