//! What the tests share: [`TestShop`], a whole shop behind its real door, and the stand-ins for
//! the services around it.
//!
//! Tests go through the door: they send GraphQL or a webhook over HTTP, let the jobs run, and look
//! at answers, mails, rows and events. The same tests run on SQLite in-process and, when
//! `VITRINE_TEST_DATABASE_URL` and `VITRINE_TEST_REDIS_URL` are set, on PostgreSQL and Redis:
//! `tests/run` does both.
//!
//! To add one: open a [`TestShop`], talk to it through its [`Client`]s, [`TestShop::settle`] it,
//! and [`TestShop::close`] it. Closing accuses: it fails a test that leaves jobs behind or breaks
//! an invariant (see [`invariants`]).

/// The allocator of the shop's programs, for the programs that test it: theirs is quicker than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod backend;
pub mod browser;
pub mod client;
pub mod collector;
pub mod commit_proxy;
pub mod faulty_provider;
pub mod identity_stand_in;
pub mod invariants;
pub mod klarna_stand_in;
pub mod meilisearch_stand_in;
pub mod memory;
pub mod patience;
pub mod paypal_stand_in;
pub mod purchase;
mod rest;
pub mod s3_stand_in;
pub mod shop;
pub mod shopper;
pub mod simulator;
pub mod smtp_sink;
mod stand_in;
pub mod statements;
mod stocked;
pub mod stripe_stand_in;
pub mod webhook_receiver;
pub mod worker;

pub use client::Client;
pub use rest::is_at_rest;
pub use shop::TestShop;
