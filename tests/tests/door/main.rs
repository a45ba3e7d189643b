//! The tests that go through the door: GraphQL, webhooks and pages in, answers, mails, rows and
//! events out. They run on SQLite in-process and on PostgreSQL with Redis; see `tests/run`.
#![expect(clippy::unwrap_used, reason = "a test that meets what it did not expect has failed")]

mod bad_input;
mod card_numbers;
mod cart;
mod catalog;
mod idempotency;
mod identity;
mod jobs;
mod ledger;
mod low_stock;
mod mail;
mod manual_methods;
mod media;
mod missing_jobs;
mod notifications;
mod outages;
mod pages;
mod payment;
mod payment_faults;
mod payment_races;
mod purchase;
mod reconciliation;
mod rest;
mod rights;
mod search;
mod stock;
mod stripe;
mod updates;
mod upgrade;
mod wait;
mod webhooks;
mod workers;
