//! What prices were, and for how long: kept by (variant, currency) in the transaction that writes a product's listing rows
//! (`record`), and so wherever a price changes, whoever changes it; a write that changes nothing is none.
//! Of a reduced price it gives what the Union's directive on price indications asks for (`lowest`), which then stands
//! beside the price itself.

mod forget;
mod list;
mod lowest;
pub(in crate::catalog) mod record;

pub(crate) use forget::forget;
pub use list::history;
