//! The storefront, by plain requests: nothing here runs a script.

mod account;
mod frame;
mod purchase;
