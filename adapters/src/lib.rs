//! The ports' implementations, the configuration, and [`boot`], the one place where they are
//! chosen and wired together.
//!
//! To add an adapter: write it in the folder of its port, run the port's contract suite on it,
//! give it a section in [`config`], and name it in [`boot`].

pub mod backup;
pub mod boot;
pub mod carrier;
pub mod clock;
pub mod config;
pub mod documents;
pub mod event_bus;
pub mod event_stream;
pub mod exchange_rates;
pub mod identity_provider;
pub mod imaging;
pub mod labels;
pub mod legacy;
pub mod mailer;
pub mod media;
pub mod metrics;
pub mod outbound;
pub mod payment;
pub mod push;
pub mod queue;
pub mod rate_limit;
pub mod search;
pub mod sms;
pub mod telemetry;
pub mod vat_register;
