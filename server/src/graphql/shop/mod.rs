//! The shop itself.

pub mod object;
pub mod query;
pub mod shipping_offer;
pub mod test_payment_token;
