//! What the mails about an order share: the frame of their templates, the order as these show it, and the
//! timeline's entry that they tell of.

mod discounts;
mod entry;
mod view;

#[cfg(test)]
pub(super) use self::view::Pickup;
pub(super) use self::{
    entry::Entry,
    view::{DownloadView, Line, OrderView, address_lines},
};
