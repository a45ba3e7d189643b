//! Gift cards and store credit: money that the shop owes.

pub mod balance;
pub mod difference;
pub mod entry;
pub mod finding;
pub mod gift_card;
pub mod mutation;
pub mod query;
pub mod questions;
pub mod store_credit;
pub mod wish;
