//! Browsers that are told of an order, where its shopper has asked for it on the order's page: of the same as customers are
//! told in the shop.
//!
//! `subscribe` keeps which browsers, `send` is the job that tells one of them. A message may come twice: browsers show one of
//! the same tag in the place of the other.

mod reach;
mod send;
mod subscribe;

pub(crate) use self::send::run;
pub use self::{
    reach::{Reach, reach},
    subscribe::{Subscribe, Unsubscribe, key, subscribe, unsubscribe},
};
