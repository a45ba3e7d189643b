//! Sets of products across categories, picked by hand or by a rule.

pub mod connection;
pub mod mutation;
pub mod object;
pub mod query;
pub mod rule;
