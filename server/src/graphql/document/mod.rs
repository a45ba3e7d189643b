//! Invoices, credit notes and delivery notes.

pub mod mutation;
pub mod object;
pub mod query;
pub mod settings;
