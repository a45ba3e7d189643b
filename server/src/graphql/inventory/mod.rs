//! Stock: levels, and every change of them.

pub mod mutation;
pub mod query;
pub mod stock_alert;
pub mod stock_entry;
pub mod stock_level;
