//! Exports products as the CSV that [`import`](super::import) reads: Shopify's columns, and a few of our own
//! for what that has none for.
//!
//! Importing an export into the same shop changes nothing, and importing it into an empty shop makes the same
//! catalogue, whose export is the same to the byte. Products come in the order in which they were created; one
//! that has no variant is left out, for the file has rows for variants only. A price is in the shop's currency,
//! stock is what lies at the location that an import counts at, and a picture of the shop's own store is named
//! by its full address.

mod layout;
mod load;
mod rows;

pub(crate) use self::{layout::Layout, rows::page};
