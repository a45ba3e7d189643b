//! Where the shop sends to, by whom, for how much and how fast, and whose tax is due there.
//!
//! Which zone an address lies in, what a method costs for a basket, when it arrives and which taxes are due
//! are pure: [`zone`], [`offer`], [`estimate`], [`tax::treatment`]. Staff furnish it by [`zones`], [`methods`]
//! and [`tax`]; the commands that set up a shop use the same functions within their own transaction.

mod change;
mod check;
mod convert;
pub mod draft;
pub mod estimate;
mod fields;
mod kept;
pub mod methods;
pub mod offer;
pub mod place;
mod postal;
mod reached;
pub mod shipping;
pub mod tax;
pub mod zone;
pub mod zones;

pub(crate) use kept::KeptDelivery;
pub use place::Destination;
pub use reached::Reached;
