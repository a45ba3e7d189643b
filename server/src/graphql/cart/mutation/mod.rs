//! What is in the basket ([`goods`]), and who buys and where it goes ([`delivery`]).

mod cart_ref;
pub mod credit;
pub mod delivery;
pub mod discount;
pub mod goods;
pub mod market;
