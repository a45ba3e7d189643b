//! The storefront, by plain requests: nothing here runs a script.

mod account;
mod admin;
mod feeds;
mod frame;
mod gift_cards;
mod kept;
mod provider;
mod purchase;
