//! What is bought: one combination of a product's options.

pub mod fields;
pub mod file;
pub mod gift_card_amounts;
pub mod measurement;
pub mod mutation;
pub mod object;
mod options;
mod prices;
pub mod query;
pub mod questions;
