//! Prices in the currencies of the shop's price lists: rows of `price` beside those in its own currency, so that lists,
//! carts and search read all of them alike. Staff fix some (`fix`); the others follow from the rate (`derive`), in the
//! transaction that writes a product's listing rows, and so wherever a price in the shop's own currency changes.

pub(in crate::catalog) mod derive;
mod fix;
mod load;

pub use fix::{ListPrice, PRICES_MAX, fix};
pub use load::of_variants;
