//! Parcels: what goes into one and from where, by which numbers it is followed, when it leaves, and what its carrier tells
//! of it until it has arrived.
//!
//! `state` is the pure machine. A parcel changes while its order is locked. What was told of one is kept
//! (`events`) whether anything follows from it or not: also before anybody here knew the number.

mod by_hand;
mod call_off;
mod change;
mod early;
mod events;
pub(in crate::fulfilment) mod goods;
pub(crate) mod hand_over_label;
mod label;
mod leave;
pub mod list;
pub mod load;
mod pack;
mod renumber;
mod send;
mod state;
mod told;
mod webhook;
mod write;

pub use by_hand::{Sighting, say};
pub use call_off::call_off;
pub(in crate::fulfilment) use call_off::unpack;
pub use change::{ShipmentChange, change};
pub(crate) use early::{follow_early, forget};
pub use goods::ParcelLine;
pub(in crate::fulfilment) use label::Label;
pub use label::{Package, Tracking};
pub(in crate::fulfilment) use leave::close_all;
pub use pack::{Pack, pack};
pub(in crate::fulfilment) use pack::{checked_key, make};
pub use send::send;
pub(in crate::fulfilment) use told::data_of;
pub use webhook::{CarrierWebhookRefused, webhook};
pub(crate) use write::forget_labels;
pub(in crate::fulfilment) use write::{label_anew, of_order};
