//! The shop itself.

pub mod context;
pub mod file;
pub mod mutation;
pub mod object;
pub mod policy;
pub mod query;
pub mod shipping_offer;
pub mod test_payment_token;
