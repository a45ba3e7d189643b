//! The payment ledger held against a provider's books.

pub mod finding;
pub mod mutation;
pub mod object;
pub mod query;
pub mod questions;
pub mod record;
