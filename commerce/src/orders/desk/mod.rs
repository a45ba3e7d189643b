//! The order's desk: how staff find orders, what they write about them among themselves, and what they correct.

mod contact;
mod list;
mod notes;
mod search;
mod shipping_address;
mod tags;

pub(crate) use self::shipping_address::refuse_other_place;
pub use self::{
    contact::{ContactUpdate, update_contact},
    list::{OrderFilter, OrderSort, count, list},
    notes::{add as add_note, delete as delete_note, notes_of, restore as restore_note, update as update_note},
    search::fill_missing,
    shipping_address::{ShippingAddressUpdate, update_shipping_address},
    tags::{add as add_tags, remove as remove_tags, tags_of},
};
pub(crate) use search::{write as make_findable, write_new as make_new_findable};
