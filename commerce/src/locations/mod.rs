//! Where stock lies and where goods may be picked up. Stock is taken from the first location that has it,
//! in the order that staff give them.

mod check;
mod create;
mod delete;
mod find;
mod reorder;
mod restore;
mod row;
mod update;

pub use create::{LocationCreate, create, create_in};
pub use delete::{delete, delete_in};
pub use find::{all, by_id, by_ids, list};
pub use reorder::{reorder, reorder_in};
pub use restore::restore;
pub use update::{LocationUpdate, update, update_in};
