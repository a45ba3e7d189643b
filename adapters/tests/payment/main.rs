//! The simulated payment provider keeps a provider's rules, and misbehaves as its tokens say. On
//! SQLite, and on PostgreSQL where `VITRINE_TEST_DATABASE_URL` names one.

mod captures_and_refunds;
mod idempotency;
mod support;
mod tokens;
mod webhooks;
