//! What staff correct of an order that costs nothing: where its mails go, and its goods. Another address is another version of
//! the order, as an edit's is.

mod contact;
mod shipping_address;

pub(in crate::fulfilment) use self::shipping_address::refuse_other_place;
pub use self::{
    contact::{ContactUpdate, update_contact},
    shipping_address::{ShippingAddressUpdate, update_shipping_address},
};
