//! From a cart to an order: placing the order, which is the first step of the saga.

pub mod approval;
mod buy_now;
pub mod drafts;
mod new_order;
mod of_draft;
mod place_order;
mod refuse;
mod reserve;
mod words;
mod write;

pub use buy_now::{BuyLine, BuyNow, Goods, buy_now};
pub use place_order::{PlaceOrder, Placed, place_order};
