//! Catalogs, and what stands in them.

mod contents;
mod whole;

pub use contents::CatalogContentsMutation;
pub use whole::CatalogMutation;
