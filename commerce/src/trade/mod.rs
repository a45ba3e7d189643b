//! Who buys by terms of their own: groups of customers and companies, and the catalogs that say what these pay and which
//! goods they are sold. Nothing is asked for any of it in a shop that has none (`Profile::trade`).

pub mod catalogs;
mod deals;
pub mod groups;
mod named;
pub mod quantity_prices;
pub mod terms;

pub use deals::{deals, listed, quantity_prices_of};
pub use named::NamedFilter;
