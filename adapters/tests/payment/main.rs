//! The simulated payment provider keeps a provider's rules, and misbehaves as its tokens say. On
//! SQLite, and on PostgreSQL where `VITRINE_TEST_DATABASE_URL` names one. And the providers that
//! staff settle, which remember nothing.

mod books;
mod captures;
mod delivery;
mod idempotency;
mod manual;
mod mishaps;
mod refunds;
mod support;
mod tokens;
mod webhooks;
