//! Stock: levels, and every change of them.

pub mod availability;
pub mod backorder;
pub mod count;
pub mod mutation;
pub mod policy;
pub mod query;
pub mod stock_alert;
pub mod stock_entry;
pub mod stock_level;
pub mod transfer;
