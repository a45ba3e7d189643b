//! What the ports promise, held to on every implementation of each: one suite a port, run on the
//! embedded implementations, on those for production over a stand-in of their server, and on a real
//! server where the environment names one.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

mod backups;
mod media;
mod payment;
mod rate_limit;
mod search;
mod smtp;
