//! What discounts come to.

mod baskets;
mod build;
mod properties;
mod reports;
mod setting;
mod why;

pub(crate) use setting::row;
