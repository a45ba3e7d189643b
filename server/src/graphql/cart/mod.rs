//! The basket: its object, and what changes it.

pub mod adjustment;
pub mod cost;
pub mod credit;
pub mod discount;
pub mod line;
pub mod mutation;
pub mod object;
pub mod problem;
pub mod query;
pub mod shipping_option;
