//! Staff change a product or a price.

mod price;
mod product;
pub(super) mod row;

pub(crate) use self::row::tell_updated;
pub(super) use self::row::{locked, write};
pub use self::{
    price::{PriceUpdate, set_price},
    product::{ProductUpdate, update},
};
