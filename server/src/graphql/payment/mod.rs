//! Being paid: attempts, captures, refunds, providers, and the ledger.

pub mod action;
pub mod capture;
pub mod entry;
pub mod fields;
pub mod method;
pub mod mutation;
pub mod object;
pub mod order_refund;
pub mod problem;
pub mod provider;
pub mod query;
pub mod questions;
pub mod refund;
pub mod saved;
