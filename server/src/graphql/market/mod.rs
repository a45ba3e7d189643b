//! Where the shop sells in which currency, and how prices are made in those that are not its own.

pub mod goods;
pub mod list_price;
pub mod mutation;
pub mod object;
pub mod price_list;
pub mod query;
pub mod questions;
