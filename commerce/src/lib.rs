//! The shop itself: its domain, its use cases, and the ports it needs. It knows no web framework,
//! no queue and no provider.
//!
//! Folders are nouns, files are verbs: `orders/cancel.rs` holds the input, the rule, the function
//! and the refusals of cancelling an order. A use case takes the [`Shop`] and the [`Context`] of
//! whoever asks, and owns its transaction; queries borrow it.

// The shop that the tests of all crates share, with our own types. It runs the migrations.
#[cfg(test)]
extern crate self as vitrine_commerce;
#[cfg(test)]
#[path = "../../tests/src/memory/mod.rs"]
pub mod memory;
#[cfg(test)]
use vitrine_migration as _;

pub mod address;
pub mod back_in_stock;
pub mod bulk;
pub mod cart;
pub mod catalog;
pub mod changes;
pub mod checkout;
pub mod companies;
pub mod content;
pub mod context;
pub mod credit;
pub mod customers;
pub mod delivery;
pub mod discounts;
pub mod documents;
pub mod downloads;
pub mod error;
pub mod events;
pub mod exports;
pub mod flags;
pub mod followers;
pub mod fulfilment;
mod gather;
pub mod gauges;
mod idempotency;
pub mod identities;
pub mod imported;
pub mod imports;
pub mod inventory;
pub mod jobs;
pub mod keyring;
pub mod language;
pub mod legacy;
pub mod limits;
pub mod locations;
pub mod mail;
pub mod media;
mod membership;
pub mod metafields;
pub mod metrics;
pub mod money;
pub mod moving;
pub mod notifications;
pub mod orders;
pub mod outbox;
pub mod paging;
pub mod payments;
pub mod ports;
pub mod pricing;
pub mod privacy;
pub mod profile;
pub mod push;
pub mod reader;
pub mod repeats;
pub mod retention;
pub mod returns;
pub mod revision;
pub mod revocations;
pub mod schedule;
pub mod search;
pub mod settings;
pub mod setup;
pub mod shop;
pub mod shown;
mod signature;
pub mod sms;
mod sql;
pub mod staff;
mod steps;
pub mod supervise;
mod table;
pub mod tally;
pub mod terms;
pub mod text;
pub mod tick;
pub mod trace;
pub mod trade;
pub mod transaction;
pub mod translations;
mod turn;
pub mod webhooks;
pub mod withdrawals;
pub mod words;
pub mod work;
pub mod write_turns;

pub use context::{Context, Locality, Viewer};
pub use error::{Error, ErrorCode, Fault, Refusal, Result};
pub use shop::{Settings, Shop};
pub use transaction::Tx;
