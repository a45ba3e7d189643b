//! The storefront, by plain requests: nothing here runs a script.

mod frame;
mod purchase;
