//! How those who watch the machines are answered: Prometheus' text format, of what this process counts
//! ([`vitrine_commerce::metrics`]) and of the process itself. The server adds what its edge and the database know; the
//! worker answers with this alone.

use std::{borrow::Cow, fs};

use prometheus_client::{
    encoding::prometheus_text,
    metrics::{
        counter::ConstCounter,
        family::Family,
        gauge::{ConstGauge, Gauge},
    },
    registry::Registry,
};
use vitrine_commerce::metrics::{self, Counters, Labels};

use crate::{backup, telemetry};

pub use prometheus_text::CONTENT_TYPE;

/// Linux tells times in hundredths of a second, whatever its clock does (`USER_HZ`).
const TICKS_PER_SECOND: f64 = 100.0;

/// What every process tells.
pub fn registry() -> Registry {
    let mut registry = Registry::default();
    metrics::register(&mut registry);
    let labels: Labels = vec![("version", Cow::from(env!("CARGO_PKG_VERSION")))];
    gauges(&mut registry, "vitrine_build", "Which version runs", [(labels, 1)]);
    let help = "Spans of traces that ended, by what became of them: sent, dropped (no room was left), failed (the collector was away)";
    let spans = telemetry::counts().map(|(outcome, spans)| (vec![("outcome", Cow::from(outcome))], spans));
    counters(&mut registry, "vitrine_trace_spans", help, spans);
    if let Some(usage) = Usage::read() {
        usage.register(&mut registry);
    }
    let help = "For how long a backup that `backup.daily_at` plans has been missing; 0 where none is";
    let overdue = ConstGauge::new(backup::overdue_seconds());
    registry.register("vitrine_backup_overdue_seconds", help, overdue);
    let help =
        "When the newest backup was made that the worker knows of, in seconds since 1970; 0 where it knows of none";
    let last = ConstGauge::new(backup::last_success());
    registry.register("vitrine_backup_last_success_timestamp_seconds", help, last);
    registry
}

/// As it is answered.
///
/// # Errors
/// When something that is told cannot be written: never, so far.
pub fn text(registry: &Registry) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    prometheus_text::encode(&mut text, registry)?;
    Ok(text)
}

/// Adds values as they were read just now.
pub fn gauges(registry: &mut Registry, name: &str, help: &str, values: impl IntoIterator<Item = (Labels, i64)>) {
    let family: Family<Labels, Gauge> = Family::default();
    for (labels, value) in values {
        family.get_or_create(&labels).set(value);
    }
    registry.register(name, help, family);
}

/// The same of what only grows; `_total` is added to its name.
pub fn counters(registry: &mut Registry, name: &str, help: &str, values: impl IntoIterator<Item = (Labels, u64)>) {
    let family = Counters::default();
    for (labels, value) in values {
        family.get_or_create(&labels).inc_by(value);
    }
    registry.register(name, help, family);
}

/// What the process takes of its machine, under the names that Prometheus' own libraries have for it.
struct Usage {
    resident_bytes: i64,
    cpu_seconds: f64,
    open_files: i64,
    files_max: i64,
}

impl Usage {
    /// `None` where the system does not tell as Linux does.
    fn read() -> Option<Self> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let stat = fs::read_to_string("/proc/self/stat").ok()?;
        let limits = fs::read_to_string("/proc/self/limits").ok()?;
        // Behind the program's name, which may hold anything: the eleventh and the next are user's and system's time.
        let mut times = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
        let mut ticks = || times.next()?.parse::<f64>().ok();
        Some(Self {
            resident_bytes: field(&status, "VmRSS:")?.checked_mul(1024)?,
            cpu_seconds: (ticks()? + ticks()?) / TICKS_PER_SECOND,
            open_files: i64::try_from(fs::read_dir("/proc/self/fd").ok()?.count()).ok()?,
            files_max: field(&limits, "Max open files").unwrap_or(i64::MAX),
        })
    }

    fn register(self, registry: &mut Registry) {
        let gauge = ConstGauge::<i64>::new;
        let help = "Bytes of memory that the process has";
        registry.register("process_resident_memory_bytes", help, gauge(self.resident_bytes));
        let help = "Files and sockets that the process has open";
        registry.register("process_open_fds", help, gauge(self.open_files));
        let help = "Files and sockets that it may have open";
        registry.register("process_max_fds", help, gauge(self.files_max));
        let help = "Seconds of a core that the process has used";
        registry.register("process_cpu_seconds", help, ConstCounter::new(self.cpu_seconds));
    }
}

/// The first number behind a name that a line begins with.
fn field(text: &str, name: &str) -> Option<i64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_knows_what_it_takes() {
        let usage = Usage::read().expect("a Linux");
        assert!(usage.resident_bytes > 1024 * 1024, "{}", usage.resident_bytes);
        assert!(usage.open_files > 2 && usage.open_files <= usage.files_max);
        let text = text(&registry()).expect("a text");
        for name in [
            "process_cpu_seconds_total ",
            "vitrine_build{version=",
            "vitrine_checkouts_total{outcome=\"failed\"} ",
        ] {
            assert!(text.lines().any(|line| line.starts_with(name)), "{name}\n{text}");
        }
    }
}
