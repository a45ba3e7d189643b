//! The storefront, by plain requests: nothing here runs a script.

mod account;
pub mod admin;
mod checkout;
mod feeds;
mod frame;
mod gift_cards;
mod kept;
mod market;
mod menu;
mod order;
mod provider;
mod purchase;
mod saved_cards;
