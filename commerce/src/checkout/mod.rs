//! From a cart to an order: what shipping and tax apply, and placing the order, which is the
//! first step of the saga.

mod buy_now;
mod place_order;
pub mod shipping;
pub mod tax;
mod write;

pub use buy_now::{BuyLine, BuyNow, Goods, buy_now};
pub use place_order::{PlaceOrder, Placed, place_order};
