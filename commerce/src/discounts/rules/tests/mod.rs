//! What discounts come to.

mod baskets;
mod properties;
mod setting;

pub(crate) use setting::row;
