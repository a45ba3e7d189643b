//! The shop as real processes, and what happens to them: killed with -9 at random, Redis wiped, the
//! database's connections cut, a disk that is full or does not sync, a log that nobody reads, a collector of traces
//! that is away, a crowd that wants the last pieces, a machine that is lost with its disk,
//! a replica that falls behind.
//! Afterwards everything is healed, and the books must balance.
//!
//! On PostgreSQL and Redis there are several servers and workers; embedded, one process is the whole
//! shop. `VITRINE_SURVIVAL_LOGS` shows what the processes say.
#![expect(clippy::unwrap_used, reason = "a test that meets what it did not expect has failed")]

mod chaos;
mod cluster;
#[cfg(target_os = "linux")]
mod disk;
mod flash_sale;
mod fleet;
mod history;
mod log;
mod process;
mod replicas;
mod restore;
mod shopper;
mod traces;
mod upgrade;
mod verdict;

fn from_environment<T: std::str::FromStr>(name: &str, otherwise: T) -> T {
    match std::env::var(name) {
        Ok(text) => text
            .parse()
            .unwrap_or_else(|_| panic!("{name} is not a number: {text}")),
        Err(_) => otherwise,
    }
}
