//! Goods on their way from one location to another, or from a supplier: drafted, shipped (they leave the origin),
//! and received, in part or whole; what does not come goes back or is missing. What a supplier sends is on its
//! way as soon as somebody says so.
//!
//! A transfer changes while its row is locked, at the version that staff saw. Each unit that leaves, comes or
//! goes back is an entry of the ledger that names the transfer.

mod close;
mod create;
mod find;
mod lines;
mod receive;
mod row;
mod ship;
mod update;

pub use close::{Rest, TransferClose, close};
pub use create::{TransferCreate, create};
pub use find::{TransferFilter, by_id, by_ids, incoming_of, lines_of, list};
pub use lines::{LINES_MAX, Units};
pub use receive::{TransferReceive, receive};
pub use ship::ship;
pub use update::{TransferUpdate, update};
